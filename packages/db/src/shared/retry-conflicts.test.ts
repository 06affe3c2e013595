import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestDatabase, type TestDatabase } from '../testing/test-database.ts';
import { claimIdempotencyKey, sweepIdempotencyKeys } from './idempotency.ts';
import { retryConflicts, sqlState } from './retry-conflicts.ts';
import { runSql } from './sql.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await startTestDatabase();
  await database.db.pool.query("insert into settings (key, value) values ('a', '0'), ('b', '0')");
});
afterAll(() => database.stop());

/** Raises both, the second only when `bothStarted`: two of these in opposite orders meet in a deadlock. */
function raise(keys: readonly [string, string], bothStarted: Promise<void>, started: () => void) {
  let runs = 0;
  const transaction = () =>
    database.db.em().transactional(async (em) => {
      runs += 1;
      const up = (key: string) =>
        runSql(em, "update settings set value = to_jsonb(value::text::int + 1) where key = $1 and value <> 'null'", [key]);
      await up(keys[0]);
      started();
      await bothStarted;
      await up(keys[1]);
    });
  return { transaction, runs: () => runs };
}

async function meet(retry: <T>(work: () => Promise<T>) => Promise<T>) {
  let waiting = 2;
  const { promise, resolve } = Promise.withResolvers<void>();
  const started = () => {
    waiting -= 1;
    if (waiting <= 0) resolve();
  };
  const pair = [raise(['a', 'b'], promise, started), raise(['b', 'a'], promise, started)];
  const answers = await Promise.allSettled(pair.map(({ transaction }) => retry(transaction)));
  return { answers, runs: pair.reduce((sum, { runs }) => sum + runs(), 0) };
}

test('a deadlock is a fault of neither: the one that was undone runs again', async () => {
  const { answers, runs } = await meet((work) => retryConflicts(work, () => 0));
  expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled']);
  expect(runs).toBe(3);
  expect((await database.db.pool.query("select value from settings where key in ('a', 'b')")).rows).toEqual([{ value: 2 }, { value: 2 }]);
});

test('without the retry one of the two fails with 40P01: the test above can fail', async () => {
  const { answers } = await meet((work) => work());
  const failed = answers.flatMap((answer) => (answer.status === 'rejected' ? [sqlState(answer.reason)] : []));
  expect(failed).toEqual(['40P01']);
});

test('it gives up after five retries, and retries nothing else', async () => {
  const failing = (code: string) => {
    let runs = 0;
    const work = () => {
      runs += 1;
      return Promise.reject(Object.assign(new Error('no'), { code }));
    };
    return { work, runs: () => runs };
  };
  const [conflict, other] = [failing('40001'), failing('23514')];
  await expect(retryConflicts(conflict.work, () => 0)).rejects.toThrow('no');
  await expect(retryConflicts(other.work, () => 0)).rejects.toThrow('no');
  expect([conflict.runs(), other.runs()]).toEqual([6, 1]);
});

test('idempotency keys are kept for 30 days and no longer', async () => {
  const { pool } = database.db;
  for (const [key, age] of [
    ['young', '29 days 23 hours'],
    ['old', '30 days 1 hour'],
  ] as const) {
    await claimIdempotencyKey(pool, { actor: 'a', operation: 'o', key, bodyHash: 'h' });
    await pool.query('update idempotency_keys set created_at = now() - $2::interval where key = $1', [key, age]);
  }
  expect(await sweepIdempotencyKeys(pool)).toBe(1);
  expect((await pool.query('select key from idempotency_keys')).rows).toEqual([{ key: 'young' }]);
});
