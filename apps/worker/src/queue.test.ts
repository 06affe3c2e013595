import {
  advanceCampaigns,
  type JobHandler,
  type JobQueue,
  openJobQueue,
  type QueueConnection,
  startWorkers,
  trainModels,
  type WorkerPool,
} from '@promolift/jobs';
import { createTestDatabase } from '@promolift/testing';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { startTestRedis, until } from './test-queues.ts';

const redis = await startTestRedis();
const run = `t${process.pid.toString(36)}${Date.now().toString(36)}`;
let count = 0;
const aTick = (): { tick: string } => ({ tick: `${run}-${(count += 1)}` });

const backends = [{ name: 'PostgreSQL', isRedis: false }, ...(redis ? [{ name: 'Redis', isRedis: true }] : [])];
if (!redis) console.info('skipped: the queue on Redis, because there is no redis-server and no REDIS_URL');
afterAll(() => redis?.stop());

describe.each(backends)('the queue on $name', ({ isRedis }) => {
  let connection: QueueConnection;
  let queue: JobQueue;
  let dropDatabase: () => Promise<void>;
  let pool: WorkerPool | undefined;
  const faults: string[] = [];
  const givenUp: unknown[] = [];

  beforeAll(async () => {
    const database = await createTestDatabase();
    dropDatabase = database.stop;
    connection = { databaseUrl: database.url, redisUrl: isRedis ? redis?.url : undefined };
    queue = openJobQueue(connection, () => undefined);
  });
  afterEach(async () => {
    await pool?.close();
    pool = undefined;
    faults.length = 0;
    givenUp.length = 0;
  });
  afterAll(async () => {
    await queue.close();
    await dropDatabase();
  });
  const consume = (handle: JobHandler): void => {
    pool = startWorkers({
      connection,
      concurrency: { routine: 4, import: 1, training: 1 },
      handle,
      onFault: (fault) => faults.push(fault.message),
      onGivenUp: (payload) => givenUp.push(payload),
    });
  };

  test('a job arrives with its contract and parsed payload', async () => {
    const seen: unknown[] = [];
    const payload = aTick();
    consume(async (contract, arrived, delivery) => void seen.push([contract.name, arrived, delivery]));
    await queue.enqueue(advanceCampaigns, { ...payload, extra: 'dropped' });
    await until('the job', () => seen.length > 0);
    expect(seen).toEqual([['advance-campaigns', payload, { attempt: 1, isLastAttempt: true }]]);
  });

  test('enqueued twice before it runs, it runs once', async () => {
    const seen: unknown[] = [];
    const payload = aTick();
    const marker = aTick();
    await queue.enqueue(advanceCampaigns, payload);
    await queue.enqueueNamed('advance-campaigns', payload);
    expect((await queue.waitingCounts()).routine).toBe(1);
    await queue.enqueue(advanceCampaigns, marker);
    consume(async (_contract, arrived) => void seen.push(arrived));
    await until('both jobs', () => seen.length >= 2);
    expect(seen).toEqual([payload, marker]);
  });

  test('finished, the same id may run again', async () => {
    let runs = 0;
    const payload = aTick();
    consume(async () => void (runs += 1));
    await queue.enqueue(advanceCampaigns, payload);
    await until('the first run', () => runs === 1);
    await until('a second run', async () => {
      await queue.enqueue(advanceCampaigns, payload);
      return runs >= 2;
    });
  });

  test('a fault is tried again, and the last attempt knows that it is the last', async () => {
    const deliveries: { attempt: number; isLastAttempt: boolean }[] = [];
    consume(async (_contract, _payload, delivery) => {
      deliveries.push(delivery);
      if (!delivery.isLastAttempt) throw new Error('not this time');
    });
    await queue.enqueue(trainModels, { jobRunId: crypto.randomUUID() });
    await until('two attempts', () => deliveries.length === 2);
    expect(deliveries).toEqual([
      { attempt: 1, isLastAttempt: false },
      { attempt: 2, isLastAttempt: true },
    ]);
    expect(faults).toEqual(['not this time']);
  });

  test('only when no attempt is left a job is given up', async () => {
    const payload = { jobRunId: crypto.randomUUID() };
    consume(async () => {
      throw new Error('never works');
    });
    await queue.enqueue(trainModels, payload);
    await until('the first fault', () => faults.length === 1);
    expect(givenUp).toEqual([]);
    await until('giving up', () => givenUp.length > 0);
    expect(faults).toHaveLength(2);
    expect(givenUp).toEqual([payload]);
  });

  test('a payload that does not fit never enters the queue', async () => {
    await expect(queue.enqueue(trainModels, { jobRunId: 'not an id' })).rejects.toThrow();
    await expect(queue.enqueueNamed('send-newsletter', {})).rejects.toThrow('no job contract');
    expect(await queue.waitingCounts()).toEqual({ routine: 0, import: 0, training: 0 });
  });
});
