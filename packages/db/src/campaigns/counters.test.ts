import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { startTestDatabase, type TestDatabase } from '../testing/test-database.ts';
import type { LimitCounter } from '@promolift/domain';
import { removeGuard } from '../testing/remove-guard.ts';
import { commit, refund, release, releaseExpired, reserve, type CounterResult, type Reservation } from './counters.ts';
import { ledgerDifferences } from './ledger-differences.ts';

const at = new Date('2026-03-10T12:00:00Z');
const later = new Date('2026-03-10T12:15:00Z');
let database: TestDatabase;
beforeAll(async () => {
  database = await startTestDatabase();
});
afterAll(() => database.stop());
afterEach(async () => expect(await ledgerDifferences(database.db.pool)).toEqual([]));

async function liveCampaign(is: { budgetMinor?: number; limit?: number | null; codeLimit?: number } = {}) {
  const { pool } = database.db;
  const id = crypto.randomUUID();
  const managerId = crypto.randomUUID();
  await pool.query("insert into managers (id, email, name, password_hash, role) values ($1, $2, 'Ana', 'x', 'approver')", [
    managerId,
    `${managerId}@shop.example`,
  ]);
  await pool.query("insert into campaigns (id, name, origin) values ($1, 'Spring', 'ai')", [id]);
  await pool.query("insert into campaign_versions (campaign_id, version, content, content_hash) values ($1, 1, '{}', 'h')", [id]);
  await pool.query(
    "insert into approvals (id, campaign_id, version, content_hash, manager_id, decision) values (uuid_v7(), $1, 1, 'h', $2, 'approve')",
    [id, managerId],
  );
  await pool.query("update campaigns set status = 'live', live_version = 1 where id = $1", [id]);
  await pool.query("insert into campaign_counters (campaign_id, currency, budget_minor, redemption_limit) values ($1, 'EUR', $2, $3)", [
    id,
    is.budgetMinor ?? 1_000_000,
    is.limit ?? null,
  ]);
  const codeId = crypto.randomUUID();
  if (is.codeLimit !== undefined) {
    const promotionId = crypto.randomUUID();
    await pool.query("insert into promotions (id, campaign_id, version, position, kind, rule) values ($1, $2, 1, 0, 'percent_off', '{}')", [
      promotionId,
      id,
    ]);
    await pool.query('insert into codes (id, campaign_id, promotion_id, code, use_limit) values ($1, $2, $3, $4, $5)', [
      codeId,
      id,
      promotionId,
      codeId,
      is.codeLimit,
    ]);
  }
  return { id, codeId };
}

const wish = (campaignId: string, n: number, is: Partial<Reservation> = {}): Reservation => ({
  campaignId,
  campaignVersion: 1,
  userKey: `user-${n}`,
  amountMinor: 100,
  limits: [],
  at,
  expiresAt: later,
  idempotencyKey: `key-${n}`,
  ...is,
});
const perUser = (userKey: string, maxUses: number | null): LimitCounter[] => [
  { key: `user|none|${userKey}`, refusal: 'USER_LIMIT_REACHED', maxUses, maxMinor: null, maxUnits: null },
];
const storm = (count: number, make: (n: number) => Reservation) =>
  Promise.all(Array.from({ length: count }, (_, n) => reserve(database.db.pool, make(n))));
const kinds = (results: CounterResult[]) => {
  const counts: Record<string, number> = {};
  for (const result of results) {
    const kind = result.ok ? 'ok' : result.refusal.kind;
    counts[kind] = (counts[kind] ?? 0) + 1;
  }
  return counts;
};
const counters = async (id: string) =>
  (
    await database.db.pool.query(
      `select reserved_minor, spent_minor, reserved_uses, used,
    (select coalesce(sum(amount_minor) filter (where kind in ('reserve', 'release')), 0)::int from ledger_entries where campaign_id = $1) as ledger_minor
   from campaign_counters where campaign_id = $1`,
      [id],
    )
  ).rows[0];

test('200 at once for 10 uses: exactly 10', async () => {
  const { id } = await liveCampaign({ limit: 10 });
  expect(kinds(await storm(200, (n) => wish(id, n)))).toEqual({ ok: 10, LIMIT_REACHED: 190 });
  expect(await counters(id)).toEqual({ reserved_minor: 1_000, spent_minor: 0, reserved_uses: 10, used: 0, ledger_minor: 1_000 });
});

test('300 at once with mixed amounts never exceed the budget, and the ledger agrees', async () => {
  const { id } = await liveCampaign({ budgetMinor: 50_000 });
  const amount = (n: number) => 1 + ((n * 7_919) % 997);
  const results = await storm(300, (n) => wish(id, n, { amountMinor: amount(n) }));
  const reserved = results.reduce((sum, result, n) => sum + (result.ok ? amount(n) : 0), 0);
  const smallestRefused = Math.min(...results.flatMap((result, n) => (result.ok ? [] : [amount(n)])));
  expect(Object.keys(kinds(results)).sort()).toEqual(['BUDGET_EXHAUSTED', 'ok']);
  expect(reserved).toBeLessThanOrEqual(50_000);
  expect(reserved + smallestRefused).toBeGreaterThan(50_000);
  expect(await counters(id)).toMatchObject({ reserved_minor: reserved, ledger_minor: reserved });
});

test('60 at once by 3 users with 2 uses each: exactly 6', async () => {
  const { id } = await liveCampaign();
  expect(kinds(await storm(60, (n) => wish(id, n, { limits: perUser(`user-${n % 3}`, 2) })))).toEqual({
    ok: 6,
    USER_LIMIT_REACHED: 54,
  });
  expect(await counters(id)).toMatchObject({ reserved_uses: 6, ledger_minor: 600 });
});

test('a code with 3 uses, 40 at once: exactly 3', async () => {
  const { id, codeId } = await liveCampaign({ codeLimit: 3 });
  expect(kinds(await storm(40, (n) => wish(id, n, { codeId })))).toEqual({ ok: 3, CODE_LIMIT_REACHED: 37 });
});

test('one idempotency key 30 times at once is one reservation', async () => {
  const { id } = await liveCampaign();
  const results = await storm(30, () => wish(id, 1));
  expect(new Set(results.map((result) => (result.ok ? result.value.redemptionId : result.refusal.kind))).size).toBe(1);
  expect(await counters(id)).toMatchObject({ reserved_uses: 1, ledger_minor: 100 });
});

test('without the guard the storm oversells: the tests above can fail', async () => {
  const { pool } = database.db;
  const putBack = [await removeGuard(pool, 'check: redemption limit'), await removeGuard(pool, 'guard: redemption limit')];
  const { id } = await liveCampaign({ limit: 10 });
  expect(kinds(await storm(50, (n) => wish(id, n)))).toEqual({ ok: 50 });
  await pool.query('update campaign_counters set redemption_limit = null where campaign_id = $1', [id]);
  for (const put of putBack.reverse()) await put();
});

/** Two uses of a limit of one, the second begun while the first is not yet committed. */
async function overlap() {
  const { id } = await liveCampaign({ limit: 1 });
  const first = await database.db.pool.connect();
  await first.query('begin');
  const results = [await reserve(first, wish(id, 1))];
  const second = reserve(database.db.pool, wish(id, 2));
  const isWaiting = "select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'";
  while ((await database.db.pool.query(isWaiting)).rowCount === 0) await new Promise((done) => setTimeout(done, 5));
  await first.query('commit');
  first.release();
  const kind = kinds([...results, await second]);
  await database.db.pool.query('update campaign_counters set redemption_limit = null where campaign_id = $1', [id]);
  return kind;
}

test('the guard reads the row after waiting for it; without the lock two get the last use', async () => {
  const putBack = [await removeGuard(database.db.pool, 'check: redemption limit')];
  expect(await overlap()).toEqual({ ok: 1, LIMIT_REACHED: 1 });
  putBack.push(await removeGuard(database.db.pool, 'lock: campaign counter'));
  expect(await overlap()).toEqual({ ok: 2 });
  for (const put of putBack.reverse()) await put();
});

test('reserve, commit, refund in parts: counters follow, each step once', async () => {
  const { pool } = database.db;
  const { id, codeId } = await liveCampaign({ budgetMinor: 100, codeLimit: 1 });
  const first = await reserve(pool, wish(id, 1, { codeId }));
  if (!first.ok) throw new Error(first.refusal.message);
  const { redemptionId } = first.value;
  const refundId = crypto.randomUUID();
  expect(await refund(pool, { redemptionId, at, amountMinor: 1, returnsUse: true, refundId })).toMatchObject({
    refusal: { kind: 'NOT_COMMITTED' },
  });
  expect(await commit(pool, { redemptionId, at, amountMinor: 101 })).toMatchObject({ refusal: { kind: 'BUDGET_EXHAUSTED' } });
  expect(await commit(pool, { redemptionId, at: later })).toMatchObject({ refusal: { kind: 'EXPIRED' } });
  expect(await commit(pool, { redemptionId, at, amountMinor: 90 })).toMatchObject({ ok: true, value: { isRepeat: false } });
  expect(await commit(pool, { redemptionId, at })).toMatchObject({ ok: true, value: { isRepeat: true } });
  expect(await release(pool, { redemptionId, at })).toMatchObject({ refusal: { kind: 'ALREADY_COMMITTED' } });
  expect(await counters(id)).toMatchObject({ reserved_minor: 0, spent_minor: 90, reserved_uses: 0, used: 1 });
  await refund(pool, { redemptionId, at, amountMinor: 40, returnsUse: true, refundId });
  expect(await refund(pool, { redemptionId, at, amountMinor: 40, returnsUse: true, refundId })).toMatchObject({
    value: { isRepeat: true },
  });
  expect(await refund(pool, { redemptionId, at, amountMinor: 51, returnsUse: true, refundId: crypto.randomUUID() })).toMatchObject({
    refusal: { kind: 'REFUND_ABOVE_AMOUNT' },
  });
  expect(await counters(id)).toMatchObject({ spent_minor: 50, used: 1 });
  await refund(pool, { redemptionId, at, amountMinor: 50, returnsUse: true, refundId: crypto.randomUUID() });
  expect(await counters(id)).toMatchObject({ spent_minor: 0, used: 0 });
  expect((await pool.query('select used from codes where id = $1', [codeId])).rows).toEqual([{ used: 0 }]);
});

test('expired reservations are released and free their use; also inside an EntityManager', async () => {
  const { id } = await liveCampaign({ limit: 1 });
  const em = database.db.em();
  expect(await reserve(em, wish(id, 1, { limits: perUser('user-1', 1) }))).toMatchObject({ ok: true });
  expect(await reserve(em, wish(id, 2))).toMatchObject({ refusal: { kind: 'LIMIT_REACHED' } });
  const released = await releaseExpired(em, later);
  expect(released.length).toBeGreaterThan(0);
  expect(await release(em, { redemptionId: released[0] ?? '', at: later })).toMatchObject({ refusal: { kind: 'ALREADY_RELEASED' } });
  expect(await counters(id)).toMatchObject({ reserved_uses: 0, ledger_minor: 0 });
  expect(await reserve(em, wish(id, 1, { idempotencyKey: 'again', limits: perUser('user-1', 1) }))).toMatchObject({ ok: true });
});

test('a killed, an ended and another version of a campaign refuse', async () => {
  const { id } = await liveCampaign();
  const { pool } = database.db;
  expect(await reserve(pool, wish(id, 1, { campaignVersion: 2 }))).toMatchObject({ refusal: { kind: 'NOT_LIVE' } });
  await pool.query('update campaigns set ends_at = $2 where id = $1', [id, at]);
  expect(await reserve(pool, wish(id, 1))).toMatchObject({ refusal: { kind: 'NOT_LIVE' } });
  await pool.query('update campaigns set ends_at = null, is_killed = true where id = $1', [id]);
  expect(await reserve(pool, wish(id, 1))).toMatchObject({ refusal: { kind: 'KILLED' } });
  expect(await reserve(pool, wish(crypto.randomUUID(), 1))).toMatchObject({ refusal: { kind: 'NOT_LIVE' } });
});

test('whoever waits longer than three seconds may try again with the same key', async () => {
  const { id } = await liveCampaign();
  const holder = await database.db.pool.connect();
  await holder.query('begin');
  await holder.query('select 1 from campaign_counters where campaign_id = $1 for update', [id]);
  const startedMs = performance.now();
  await expect(reserve(database.db.pool, wish(id, 1))).rejects.toMatchObject({ code: 'RATE_LIMITED', retryAfterSeconds: 1 });
  await expect(database.db.em().transactional((em) => reserve(em, wish(id, 1)))).rejects.toMatchObject({ code: 'RATE_LIMITED' });
  expect(performance.now() - startedMs).toBeLessThan(9_000);
  await holder.query('commit');
  holder.release();
  expect(await reserve(database.db.pool, wish(id, 1))).toMatchObject({ ok: true, value: { isRepeat: false } });
});

test('a campaign that is busy does not keep the expired reservations of others', async () => {
  const { pool } = database.db;
  const [busy, free] = [await liveCampaign(), await liveCampaign()];
  await releaseExpired(pool, later);
  for (const n of [1, 2]) await reserve(pool, wish(busy.id, n, { expiresAt: new Date(at.getTime() + n) }));
  const other = await reserve(pool, wish(free.id, 3));
  const holder = await pool.connect();
  try {
    await holder.query('begin');
    await holder.query('select 1 from campaign_counters where campaign_id = $1 for update', [busy.id]);
    expect(await releaseExpired(pool, later)).toEqual(other.ok ? [other.value.redemptionId] : []);
  } finally {
    await holder.query('rollback');
    holder.release();
  }
  expect(await releaseExpired(pool, later)).toHaveLength(2);
}, 20_000);
