import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openInstallationFile, readInstallationFile, saveInstallationFile } from './installation-file.ts';

const aHome = async (): Promise<string> => {
  const home = await mkdtemp(join(tmpdir(), 'promolift home '));
  onTestFinished(() => rm(home, { recursive: true }));
  return home;
};

test('secrets are made once, differ between installations and are for this account only', async () => {
  const [home, other] = [await aHome(), await aHome()];
  const made = await openInstallationFile(home);
  expect(await openInstallationFile(home)).toEqual(made);
  expect((await openInstallationFile(other)).secrets).not.toEqual(made.secrets);
  expect((await stat(join(home, 'installation.json'))).mode & 0o777).toBe(0o600);
  expect(made.secrets.PSEUDONYM_KEY).toMatch(/^[0-9a-f]{64}$/);
  for (const { password } of made.signIns) expect(password.length).toBeGreaterThanOrEqual(16);
  expect(made.signIns.map(({ role }) => role)).toEqual(['approver', 'approver', 'admin']);
});

test('what is saved is read again; before the first start there is nothing', async () => {
  const home = await aHome();
  expect(await readInstallationFile(home)).toBeUndefined();
  const made = await openInstallationFile(home);
  const changed = { ...made, keys: { publishable: 'pk_x', secret: 'sk_x' } };
  await saveInstallationFile(home, changed);
  expect(await readInstallationFile(home)).toEqual(changed);
});

test('a broken file is never replaced by new secrets', async () => {
  const home = await aHome();
  await writeFile(join(home, 'installation.json'), '{"secrets":');
  await expect(openInstallationFile(home)).rejects.toThrow('put its backup back');
});

test('a reproducible installation repeats its holdout and nothing that protects anybody', async () => {
  const [home, other, third] = [await aHome(), await aHome(), await aHome()];
  const reproducible = { seed: 7, stillAt: '2030-03-04T09:00:00.000Z' };
  const [made, again] = [await openInstallationFile(home, reproducible), await openInstallationFile(other, reproducible)];
  expect(again.secrets.HOLDOUT_SALT).toBe(made.secrets.HOLDOUT_SALT);
  expect((await openInstallationFile(third, { ...reproducible, seed: 8 })).secrets.HOLDOUT_SALT).not.toBe(made.secrets.HOLDOUT_SALT);
  expect(again.secrets.PSEUDONYM_KEY).not.toBe(made.secrets.PSEUDONYM_KEY);
  expect(again.secrets.ENCRYPTION_KEY).not.toBe(made.secrets.ENCRYPTION_KEY);
  expect(again.signIns[0]?.password).not.toBe(made.signIns[0]?.password);
  expect(await openInstallationFile(home)).toEqual(made);
});

test('an installation that runs on chance never becomes reproducible', async () => {
  const home = await aHome();
  await openInstallationFile(home);
  await expect(openInstallationFile(home, { seed: 7, stillAt: '2030-03-04T09:00:00.000Z' })).rejects.toThrow(
    'holds an installation already',
  );
});
