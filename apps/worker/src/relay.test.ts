import { appendOutbox } from '@promolift/db';
import { advanceCampaigns, type JobQueue, openJobQueue, startWorkers } from '@promolift/jobs';
import { startTestDatabase, type TestDatabase } from '@promolift/testing';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { relayOutbox } from './relay.ts';
import { until } from './test-queues.ts';

let database: TestDatabase;
let queue: JobQueue;
const faults: unknown[] = [];
const heard = (fault: unknown): void => void faults.push(fault);

beforeAll(async () => {
  database = await startTestDatabase();
  queue = openJobQueue({ databaseUrl: database.url }, () => undefined);
});
beforeEach(async () => {
  faults.length = 0;
  await database.db.pool.query('delete from outbox');
});
afterAll(async () => {
  await queue.close();
  await database.stop();
});

const request = (tick: string): Promise<unknown> =>
  database.db.pool.query("insert into outbox (id, job_name, payload) values (gen_random_uuid(), 'advance-campaigns', $1)", [{ tick }]);
const undispatched = async (): Promise<number> =>
  (await database.db.pool.query('select from outbox where dispatched_at is null')).rowCount ?? 0;

test('what was rolled back is never sent', async () => {
  const em = database.db.em();
  await expect(
    em.transactional(async (inside) => {
      await appendOutbox(inside, { jobName: 'advance-campaigns', payload: { tick: 'rolled-back' } });
      throw new Error('undo');
    }),
  ).rejects.toThrow('undo');
  expect(await relayOutbox(database.db.pool, queue, heard)).toBe(0);
});

test('what was committed is sent once', async () => {
  await request('once');
  expect(await relayOutbox(database.db.pool, queue, heard)).toBe(1);
  expect(await relayOutbox(database.db.pool, queue, heard)).toBe(0);
  expect((await queue.waitingCounts()).routine).toBe(1);
});

test('killed between sending and marking, the row is sent again and the job still runs once', async () => {
  await request('killed');
  const dies: JobQueue = {
    ...queue,
    enqueueNamed: async (name, payload) => {
      await queue.enqueueNamed(name, payload);
      throw new Error('killed');
    },
  };
  expect(await relayOutbox(database.db.pool, dies, heard)).toBe(0);
  expect(await undispatched()).toBe(1);
  expect(await relayOutbox(database.db.pool, queue, heard)).toBe(1);
  const ticks: { name: string; payload: unknown }[] = [];
  const workers = startWorkers({
    connection: { databaseUrl: database.url },
    concurrency: { routine: 1, import: 1, training: 1 },
    onFault: () => undefined,
    handle: async (contract, payload) => void ticks.push({ name: contract.name, payload }),
  });
  await until('the jobs of this file', async () => (await queue.waitingCounts()).routine === 0 && ticks.length >= 2);
  await workers.close();
  expect(ticks.filter(({ payload }) => JSON.stringify(payload).includes('killed'))).toEqual([
    { name: advanceCampaigns.name, payload: { tick: 'killed' } },
  ]);
});

test('two relays at the same moment do not send a row twice', async () => {
  for (let n = 0; n < 20; n += 1) await request(`shared-${n}`);
  const sent = await Promise.all([relayOutbox(database.db.pool, queue, heard), relayOutbox(database.db.pool, queue, heard)]);
  expect(sent[0] + sent[1]).toBe(20);
});

test('a row that no contract knows does not hold up the others', async () => {
  await database.db.pool.query("insert into outbox (id, job_name, payload) values (gen_random_uuid(), 'send-newsletter', '{}')");
  await request('behind-it');
  expect(await relayOutbox(database.db.pool, queue, heard)).toBe(1);
  expect(await undispatched()).toBe(1);
  expect(await relayOutbox(database.db.pool, queue, heard)).toBe(0);
  expect(faults.map(String)).toEqual([expect.stringContaining('no job contract named "send-newsletter"')]);
});
