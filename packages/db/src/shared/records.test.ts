import { afterAll, beforeAll, expect, test } from 'vitest';
import { appendAudit, verifyAudit } from '../staff/audit.ts';
import { startTestDatabase, type TestDatabase } from '../testing/test-database.ts';
import { answerIdempotencyKey, claimIdempotencyKey, dropIdempotencyKey } from './idempotency.ts';
import { appendOutbox, takeOutbox } from './outbox.ts';
import { getSetting, setSetting } from './settings.ts';

const at = new Date('2026-03-10T12:00:00.123Z');
let database: TestDatabase;
beforeAll(async () => {
  database = await startTestDatabase();
});
afterAll(() => database.stop());

test('40 audit entries at once make one chain; a change and a removal are found', async () => {
  const { pool } = database.db;
  await Promise.all(
    Array.from({ length: 40 }, (_, n) =>
      appendAudit(n % 2 === 0 ? pool : database.db.em(), { at, actorKind: 'system', action: `step-${n}`, details: { n, why: "it's ?" } }),
    ),
  );
  expect(await verifyAudit(pool)).toEqual({ entries: 40, brokenSeq: null });
  await expect(pool.query("update audit_entries set action = 'forged'")).rejects.toThrow('append-only');
  await expect(pool.query('delete from audit_entries')).rejects.toThrow('append-only');
  await expect(pool.query('truncate audit_entries')).rejects.toThrow('append-only');
  const client = await pool.connect();
  await client.query("set session_replication_role = 'replica'");
  await client.query("update audit_entries set details = '{}' where seq = 7");
  expect(await verifyAudit(client)).toEqual({ entries: 40, brokenSeq: 7 });
  await client.query('delete from audit_entries where seq between 3 and 7');
  expect(await verifyAudit(client)).toEqual({ entries: 35, brokenSeq: 8 });
  client.release(true);
});

test('the outbox gives each entry to one dispatcher, and a failed one again', async () => {
  const { pool } = database.db;
  await Promise.all(Array.from({ length: 20 }, (_, n) => appendOutbox(pool, { jobName: 'train', payload: { n } })));
  const em = database.db.em();
  await expect(
    em.transactional(async (inner) => {
      await appendOutbox(inner, { jobName: 'never', payload: {} });
      throw new Error('undone');
    }),
  ).rejects.toThrow('undone');
  const seen: string[] = [];
  let hasFailed = false;
  // Each takes its entries before either gives any away: a failed one must not be free again for the other.
  const takers = new Set<string>();
  let haveBoth = (): void => undefined;
  const bothTook = new Promise<void>((resolve) => {
    haveBoth = resolve;
  });
  const dispatchOf =
    (taker: string) =>
    async ({ id }: { id: string }) => {
      if (takers.add(taker).size === 2) haveBoth();
      await bothTook;
      if (!hasFailed) {
        hasFailed = true;
        throw new Error('queue away');
      }
      seen.push(id);
    };
  const results = await Promise.all([takeOutbox(pool, 12, dispatchOf('a')), takeOutbox(pool, 12, dispatchOf('b'))]);
  expect(results.reduce((sum, result) => sum + result.dispatched, 0)).toBe(19);
  expect(await takeOutbox(pool, 12, dispatchOf('a'))).toEqual({ dispatched: 1, failed: 0 });
  expect(new Set(seen).size).toBe(20);
});

test('a setting is written only over the version that was read', async () => {
  const { pool } = database.db;
  const write = (value: unknown, expectedVersion: number) => setSetting(pool, { key: 'holdout', value, expectedVersion, at, by: null });
  expect(await getSetting(pool, 'holdout')).toBeUndefined();
  expect(await Promise.all([write(1_000, 0), write(2_000, 0)])).toContain(undefined);
  expect(await write({ basisPoints: 500 }, 1)).toBe(2);
  expect(await write(900, 1)).toBeUndefined();
  expect(await getSetting(database.db.em(), 'holdout')).toEqual({ value: { basisPoints: 500 }, lockVersion: 2 });
});

test('an idempotency key answers once, and refuses another body', async () => {
  const { pool } = database.db;
  const key = { actor: 'a', operation: 'redeem', key: 'k' };
  const claim = (bodyHash: string) => claimIdempotencyKey(pool, { ...key, bodyHash });
  expect((await Promise.all([claim('h'), claim('h')])).map(({ state }) => state).sort()).toEqual(['claimed', 'in_progress']);
  await dropIdempotencyKey(pool, key);
  expect(await claim('h')).toEqual({ state: 'claimed' });
  await answerIdempotencyKey(pool, key, { id: 1 });
  await dropIdempotencyKey(pool, key);
  expect(await claim('h')).toEqual({ state: 'answered', response: { id: 1 } });
  expect(await claim('other')).toEqual({ state: 'mismatch' });
});
