import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { isAlive } from '../shared/processes.ts';
import { runningUp, takeUpLock } from './lock.ts';

let home: string;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'promolift lock '));
});
afterEach(() => rm(home, { recursive: true, force: true }));

const holder = (pid: number, children: { pid: number; mark: string }[] = []) =>
  writeFile(join(home, 'up.lock'), JSON.stringify({ pid, startedAt: '2026-03-10T12:00:00Z', children }));
const sleeper = (mark: string) => spawn(process.execPath, ['-e', 'setTimeout(() => {}, 60000)', mark], { stdio: 'ignore' });
const dead = async (): Promise<number> => {
  const child = spawn(process.execPath, ['-e', '0'], { stdio: 'ignore' });
  await new Promise((resolve) => child.once('exit', resolve));
  return child.pid ?? 0;
};

test('taken, noted, released', async () => {
  const lock = await takeUpLock(home);
  await lock.noteChildren([{ pid: 4_242, mark: 'api' }]);
  expect(JSON.parse(await readFile(join(home, 'up.lock'), 'utf8'))).toMatchObject({
    pid: process.pid,
    children: [{ pid: 4_242, mark: 'api' }],
  });
  await lock.release();
  await expect(readFile(join(home, 'up.lock'))).rejects.toThrow('ENOENT');
});

test('a second start says who runs already', async () => {
  const other = sleeper('apps/cli/src/main.ts');
  await holder(other.pid ?? 0);
  await expect(takeUpLock(home)).rejects.toThrow(`process ${other.pid}`);
  expect(await runningUp(home)).toMatchObject({ pid: other.pid });
  other.kill('SIGKILL');
});

test('a lock of a killed start is taken over, and its orphans are ended', async () => {
  const orphan = sleeper('apps/worker/src/main.ts');
  await holder(await dead(), [{ pid: orphan.pid ?? 0, mark: 'apps/worker/src/main.ts' }]);
  orphan.once('spawn', () => undefined);
  setTimeout(() => orphan.kill('SIGTERM'), 200);
  const lock = await takeUpLock(home);
  expect(isAlive(orphan.pid ?? 0)).toBe(false);
  await lock.release();
});

test('a process id that was used again by a stranger blocks nothing and is left alone', async () => {
  const stranger = sleeper('somebody-elses-program');
  await holder(stranger.pid ?? 0, [{ pid: stranger.pid ?? 0, mark: 'apps/api/dist/main.js' }]);
  const lock = await takeUpLock(home);
  expect(isAlive(stranger.pid ?? 0)).toBe(true);
  stranger.kill('SIGKILL');
  await lock.release();
});

test('a lock that was cut off while being written is stale', async () => {
  await writeFile(join(home, 'up.lock'), '{"pid": 12');
  await (await takeUpLock(home)).release();
});
