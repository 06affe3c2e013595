import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { findLibrary, LinkRefusal } from './link-native.ts';

async function aFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'promolift-library-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

test('a folder without the library is refused by the file it lacks', async () => {
  const folder = await aFolder();
  await expect(findLibrary(folder)).rejects.toThrow(`${folder} has no libtensorflow_cc.so.2`);
  await writeFile(join(folder, 'libtensorflow_cc.so.2'), '');
  await writeFile(join(folder, 'libtensorflow_framework.so.2'), '');
  await expect(findLibrary(folder)).rejects.toThrow('has no include/tensorflow/c/c_api.h');
  await mkdir(join(folder, 'include/tensorflow/c'), { recursive: true });
  await writeFile(join(folder, 'include/tensorflow/c/c_api.h'), '');
  expect(await findLibrary(folder)).toBe(folder);
});

test('a Python that is absent or imports no tensorflow is named', async () => {
  const absent = join(await aFolder(), 'python');
  await expect(findLibrary(undefined, absent)).rejects.toThrow(LinkRefusal);
  await expect(findLibrary(undefined, absent)).rejects.toThrow(`${absent} imports no tensorflow`);
});
