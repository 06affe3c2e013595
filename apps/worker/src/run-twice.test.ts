import { trainModels } from '@promolift/jobs';
import { AppError } from '@promolift/domain';
import { cancelJob, type Deps, depsFor, findJob, requestJob, runJob } from '@promolift/services';
import { startTestDatabase, type TestDatabase } from '@promolift/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { recordGivenUp } from './record-given-up.ts';

let database: TestDatabase;
const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

beforeAll(async () => {
  database = await startTestDatabase();
  await database.db.pool.query('create table effects (job_run_id uuid, by text)');
});
afterAll(() => database.stop());

const aDeps = (): Deps =>
  depsFor(
    {
      database: database.db,
      clock: { now: () => new Date() },
      secrets: { pseudonymKey: Buffer.alloc(32), encryptionKey: Buffer.alloc(32), holdoutSalt: 'salt-of-the-test' },
      homeDirectory: '/nowhere',
      log: silent,
    },
    { kind: 'system', name: 'test' },
  );
const aJob = async (): Promise<string> => (await requestJob(aDeps(), trainModels, { note: 'test' })).id;
const statusOf = async (id: string): Promise<string | undefined> => (await findJob(aDeps(), id))?.status;
const effectsOf = async (id: string): Promise<string[]> =>
  (await database.db.pool.query<{ by: string }>('select by from effects where job_run_id = $1', [id])).rows.map(({ by }) => by);
const effect = (id: string, by: string): Promise<unknown> => database.db.pool.query('insert into effects values ($1, $2)', [id, by]);

test('delivered again after it succeeded, a job does nothing', async () => {
  const id = await aJob();
  for (const by of ['first', 'second'])
    await runJob(aDeps(), id, true, async () => {
      await effect(id, by);
      return { by };
    });
  expect(await effectsOf(id)).toEqual(['first']);
  expect((await findJob(aDeps(), id))?.result).toEqual({ by: 'first' });
});

test('a run that was overtaken keeps nothing: one effect, the later one', async () => {
  const id = await aJob();
  let overtaken = (): void => undefined;
  const untilOvertaken = new Promise<void>((resolve) => {
    overtaken = resolve;
  });
  const slow = runJob(aDeps(), id, true, async ({ assertCurrent }) => {
    await untilOvertaken;
    await assertCurrent();
    await effect(id, 'slow');
    return { by: 'slow' };
  });
  await expect.poll(() => statusOf(id)).toBe('running');
  await runJob(aDeps(), id, true, async ({ assertCurrent }) => {
    overtaken();
    await slow;
    await assertCurrent();
    await effect(id, 'fast');
    return { by: 'fast' };
  });
  expect(await effectsOf(id)).toEqual(['fast']);
  expect((await findJob(aDeps(), id))?.result).toEqual({ by: 'fast' });
});

test('a fault of ours is thrown on for a retry and recorded at the last attempt', async () => {
  const id = await aJob();
  const fails = async (): Promise<never> => {
    throw new Error('the disk is full');
  };
  await expect(runJob(aDeps(), id, false, fails)).rejects.toThrow('the disk is full');
  expect(await statusOf(id)).toBe('running');
  await runJob(aDeps(), id, true, fails);
  expect(await findJob(aDeps(), id)).toMatchObject({
    status: 'failed',
    error: { message: 'the disk is full', code: 'INTERNAL' },
    attempt: 2,
  });
});

test('a fault of the caller is final at the first attempt', async () => {
  const id = await aJob();
  await runJob(aDeps(), id, false, async () => {
    throw new AppError('BAD_USER_INPUT', 'no such column');
  });
  expect(await findJob(aDeps(), id)).toMatchObject({ status: 'failed', error: { code: 'BAD_USER_INPUT' } });
});

test('cancelled before it starts, it never runs; cancelled while it runs, it stops at its next report', async () => {
  const waiting = await aJob();
  await cancelJob(aDeps(), waiting);
  await runJob(aDeps(), waiting, true, async () => {
    await effect(waiting, 'must not');
    return {};
  });
  expect(await statusOf(waiting)).toBe('cancelled');

  const running = await aJob();
  await runJob(aDeps(), running, true, async ({ progress }) => {
    await cancelJob(aDeps(), running);
    await progress.report(0.5, 'Half-way');
    await effect(running, 'must not');
    return {};
  });
  expect(await statusOf(running)).toBe('cancelled');
  expect([...(await effectsOf(waiting)), ...(await effectsOf(running))]).toEqual([]);
});

test('progress never goes back and the log keeps its last lines', async () => {
  const id = await aJob();
  await runJob(aDeps(), id, true, async ({ progress }) => {
    await progress.report(0.6, 'Fitting', 'first line');
    await progress.report(0.4, 'Scoring', 'second line');
    return {};
  });
  expect(await findJob(aDeps(), id)).toMatchObject({
    status: 'succeeded',
    progress: 1,
    stage: 'Scoring',
    log: ['first line', 'second line'],
  });
});

test('a job whose process crashed is recorded as failed, and a late run of it keeps nothing', async () => {
  const id = await aJob();
  await runJob(aDeps(), id, true, async ({ assertCurrent }) => {
    await recordGivenUp(database.db.pool, { jobRunId: id }, new Error('ended with SIGKILL'));
    await assertCurrent();
    await effect(id, 'must not');
    return {};
  });
  expect(await findJob(aDeps(), id)).toMatchObject({ status: 'failed', error: { message: 'ended with SIGKILL', code: 'INTERNAL' } });
  expect(await effectsOf(id)).toEqual([]);
  await expect(recordGivenUp(database.db.pool, { tick: 'none' }, new Error('x'))).resolves.toBeUndefined();
});
