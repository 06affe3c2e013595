import { startTestDatabase, type TestDatabase } from '@promolift/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Deps } from './deps.ts';
import { withIdempotency } from './idempotency.ts';
import { depsFor } from './installation.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await startTestDatabase();
});
afterAll(() => database.stop());

const deps = (name = 'test'): Deps =>
  depsFor(
    {
      database: database.db,
      clock: { now: () => new Date() },
      homeDirectory: '.',
      log: { info: () => undefined, warn: () => undefined, error: () => undefined },
      secrets: { pseudonymKey: Buffer.alloc(32), encryptionKey: Buffer.alloc(32), holdoutSalt: 'salt' },
    },
    { kind: 'system', name },
  );

const counter = () => {
  let runs = 0;
  return {
    run: async () => {
      runs += 1;
      return { runs };
    },
    count: () => runs,
  };
};

test('50 at once with one key run once; the others get the same answer or IN_PROGRESS', async () => {
  const { run, count } = counter();
  const answers = await Promise.allSettled(
    Array.from({ length: 50 }, () => withIdempotency(deps(), { operation: 'spend', key: 'k1', body: { amount: 5 } }, run)),
  );
  for (const answer of answers)
    expect(answer.status === 'fulfilled' ? answer.value : answer.reason).toMatchObject(
      answer.status === 'fulfilled' ? { runs: 1 } : { code: 'IN_PROGRESS' },
    );
  expect(count()).toBe(1);
  expect(await withIdempotency(deps(), { operation: 'spend', key: 'k1', body: { amount: 5 } }, run)).toEqual({ runs: 1 });
});

test('another body is a mismatch; another actor or operation is another key', async () => {
  const { run } = counter();
  await withIdempotency(deps(), { operation: 'a', key: 'k2', body: 1 }, run);
  await expect(withIdempotency(deps(), { operation: 'a', key: 'k2', body: 2 }, run)).rejects.toMatchObject({
    code: 'IDEMPOTENCY_MISMATCH',
  });
  expect(await withIdempotency(deps(), { operation: 'b', key: 'k2', body: 2 }, run)).toEqual({ runs: 2 });
  expect(await withIdempotency(deps('other'), { operation: 'a', key: 'k2', body: 2 }, run)).toEqual({ runs: 3 });
});

test('a throw or an answer that is not kept leaves the key free, and nothing of the run stays', async () => {
  const request = { operation: 'a', key: 'k3', body: 1 };
  const fail = async ({ em }: Deps) => {
    await em.execute("insert into settings (key, value) values ('left-over', '1')");
    throw new Error('no');
  };
  await expect(withIdempotency(deps(), request, fail)).rejects.toThrow('no');
  expect((await database.db.pool.query("select 1 from settings where key = 'left-over'")).rowCount).toBe(0);
  expect(
    await withIdempotency(
      deps(),
      request,
      async () => ({ ok: false }),
      ({ ok }) => ok,
    ),
  ).toEqual({ ok: false });
  expect(
    await withIdempotency(
      deps(),
      request,
      async () => ({ ok: true }),
      ({ ok }) => ok,
    ),
  ).toEqual({ ok: true });
});

test('a run that died is taken over after a minute, not before', async () => {
  const { run } = counter();
  const request = { operation: 'a', key: 'k4', body: 1 };
  const strand = (ageSeconds: number) =>
    database.db.pool.query("update idempotency_keys set response = null, created_at = now() - make_interval(secs => $1) where key = 'k4'", [
      ageSeconds,
    ]);
  await withIdempotency(deps(), request, run);
  await strand(50);
  await expect(withIdempotency(deps(), request, run)).rejects.toMatchObject({ code: 'IN_PROGRESS' });
  await strand(61);
  expect(await withIdempotency(deps(), request, run)).toEqual({ runs: 2 });
});
