import type { LimitCounter } from '@promolift/domain';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestDatabase, type TestDatabase } from '../testing/test-database.ts';
import { changeTotals } from './budgets.ts';
import { commit, refund, release, reserve, spend, type CounterResult, type Reservation } from './counters.ts';
import { ledgerDifferences } from './ledger-differences.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await startTestDatabase();
});
afterAll(() => database.stop());

const NOON = Date.parse('2026-03-10T12:00:00Z');
const PER_USER = 2;
const UNITS = 12;

/** What is true, kept by hand: each use with its amounts, and nothing that is summed up. */
type Use = {
  status: 'reserved' | 'committed' | 'released';
  user: number;
  units: number;
  amount: number;
  refunded: number;
  isReturned: boolean;
  expiresMs: number;
};
class Model {
  budget = 1_000;
  limit: number | null = 6;
  nowMs = NOON;
  readonly uses = new Map<string, Use>();
  readonly byKey = new Map<string, string>();

  private live = () => [...this.uses.values()].filter((use) => use.status !== 'released');
  money = () => this.live().reduce((sum, use) => sum + use.amount - use.refunded, 0);
  count = () => this.live().filter(({ isReturned }) => !isReturned).length;
  ofUser = (user: number) => this.live().filter((use) => use.user === user && !use.isReturned).length;
  units = () => this.live().reduce((sum, use) => sum + (use.isReturned ? 0 : use.units), 0);

  reserve(user: number, amount: number, units: number): string {
    if (this.limit !== null && this.count() >= this.limit) return 'LIMIT_REACHED';
    if (this.money() + amount > this.budget) return 'BUDGET_EXHAUSTED';
    // Of two limits that refuse, the first by key speaks: `units|` before `user|`.
    if (this.units() + units > UNITS) return 'UNITS_EXHAUSTED';
    return this.ofUser(user) >= PER_USER ? 'USER_LIMIT_REACHED' : 'ok';
  }

  commit(use: Use, amount: number | undefined): string {
    if (use.status === 'committed') return 'ok';
    if (use.status === 'released') return 'ALREADY_RELEASED';
    if (use.expiresMs <= this.nowMs) return 'EXPIRED';
    return this.money() - use.amount + (amount ?? use.amount) > this.budget ? 'BUDGET_EXHAUSTED' : 'ok';
  }

  refund(use: Use, amount: number, returnsUse: boolean): string {
    if (use.status === 'released') return 'ALREADY_RELEASED';
    if (use.status === 'reserved') return 'NOT_COMMITTED';
    const isWhole = use.refunded + amount === use.amount;
    const givesSomething = amount > 0 || (returnsUse && isWhole && !use.isReturned);
    return use.refunded + amount > use.amount || !givesSomething ? 'REFUND_ABOVE_AMOUNT' : 'ok';
  }
}

const amounts = fc.integer({ min: 0, max: 250 });
/** `rest` = all that is left of it. */
const refunds = fc.oneof(amounts, fc.constant('rest' as const));
const step = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('reserve' as const),
      user: fc.nat(2),
      amount: amounts,
      units: fc.nat(6),
      isSpent: fc.boolean(),
      key: fc.nat(40),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('commit' as const), which: fc.nat(3), amount: fc.option(amounts, { nil: undefined }) }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('release' as const), which: fc.nat(3) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('refund' as const), which: fc.nat(3), amount: refunds, returnsUse: fc.boolean() }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('totals' as const), budget: fc.integer({ min: 0, max: 1_500 }), limit: fc.option(fc.nat(8)) }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('wait' as const), minutes: fc.integer({ min: 1, max: 20 }) }) },
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

async function take(one: Step, model: Model, campaignId: string): Promise<void> {
  const { pool } = database.db;
  const at = new Date(model.nowMs);
  const kindOf = (result: CounterResult) => (result.ok ? 'ok' : result.refusal.kind);
  // One of the last few: what has just changed is where mistakes are.
  const picked = [...model.uses].at('which' in one ? -1 - (one.which % Math.max(1, model.uses.size)) : 0);
  switch (one.do) {
    case 'wait':
      model.nowMs += one.minutes * 60_000;
      return;
    case 'totals': {
      const fits = model.money() <= one.budget && (one.limit === null || model.count() <= one.limit);
      expect(await changeTotals(pool, campaignId, { budgetMinor: one.budget, redemptionLimit: one.limit })).toBe(fits);
      if (fits) Object.assign(model, { budget: one.budget, limit: one.limit });
      return;
    }
    case 'reserve': {
      const known = model.byKey.get(`${one.key}`);
      const expected = known ? 'ok' : model.reserve(one.user, one.amount, one.units);
      const expiresMs = model.nowMs + 900_000;
      const result = await (one.isSpent && !known ? spend : reserve)(pool, reservation(campaignId, one, at, new Date(expiresMs)));
      expect(kindOf(result)).toBe(expected);
      if (!result.ok || known) return;
      model.byKey.set(`${one.key}`, result.value.redemptionId);
      const { user, amount, units } = one;
      model.uses.set(result.value.redemptionId, {
        status: one.isSpent ? 'committed' : 'reserved',
        user,
        units,
        amount,
        refunded: 0,
        isReturned: false,
        expiresMs,
      });
      return;
    }
    default:
      if (picked) await change(one, picked, model, at, kindOf);
  }
}

async function change(
  one: Extract<Step, { which: number }>,
  [redemptionId, use]: [string, Use],
  model: Model,
  at: Date,
  kindOf: (result: CounterResult) => string,
): Promise<void> {
  const { pool } = database.db;
  if (one.do === 'commit') {
    const expected = model.commit(use, one.amount);
    expect(kindOf(await commit(pool, { redemptionId, at, ...(one.amount !== undefined && { amountMinor: one.amount }) }))).toBe(expected);
    if (expected === 'ok' && use.status === 'reserved') Object.assign(use, { status: 'committed', amount: one.amount ?? use.amount });
  } else if (one.do === 'release') {
    const expected = { reserved: 'ok', committed: 'ALREADY_COMMITTED', released: 'ALREADY_RELEASED' }[use.status];
    expect(kindOf(await release(pool, { redemptionId, at }))).toBe(expected);
    if (expected === 'ok') use.status = 'released';
  } else {
    const { returnsUse } = one;
    const amountMinor = one.amount === 'rest' ? use.amount - use.refunded : one.amount;
    const expected = model.refund(use, amountMinor, returnsUse);
    expect(kindOf(await refund(pool, { redemptionId, at, amountMinor, returnsUse, refundId: crypto.randomUUID() }))).toBe(expected);
    if (expected !== 'ok') return;
    use.refunded += amountMinor;
    use.isReturned ||= returnsUse && use.refunded === use.amount;
  }
}

function reservation(campaignId: string, one: Extract<Step, { do: 'reserve' }>, at: Date, expiresAt: Date): Reservation {
  const none = { maxUses: null, maxMinor: null, maxUnits: null };
  const limits: LimitCounter[] = [
    { ...none, key: 'units|p', refusal: 'UNITS_EXHAUSTED', maxUnits: UNITS },
    { ...none, key: `user|none|user:${one.user}`, refusal: 'USER_LIMIT_REACHED', maxUses: PER_USER },
  ];
  const { amount: amountMinor, units, user, key } = one;
  return { campaignId, campaignVersion: 1, userKey: `user:${user}`, amountMinor, units, limits, at, expiresAt, idempotencyKey: `${key}` };
}

async function liveCampaign(): Promise<string> {
  const [id, manager] = [crypto.randomUUID(), crypto.randomUUID()];
  await database.db.pool.query(`
    insert into managers (id, email, name, password_hash, role) values ('${manager}', '${manager}', 'Ana', 'x', 'approver');
    insert into campaigns (id, name, origin) values ('${id}', 'Spring', 'ai');
    insert into campaign_versions (campaign_id, version, content, content_hash) values ('${id}', 1, '{}', 'h');
    insert into approvals (id, campaign_id, version, content_hash, manager_id, decision) values (uuid_v7(), '${id}', 1, 'h', '${manager}', 'approve');
    update campaigns set status = 'live', live_version = 1 where id = '${id}';
    insert into campaign_counters (campaign_id, currency, budget_minor, redemption_limit) values ('${id}', 'EUR', 1000, 6)`);
  return id;
}

test('any sequence of uses and changes ends as a plain list of uses says, after every step', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 20, maxLength: 60 }), async (steps) => {
      const [campaignId, model] = [await liveCampaign(), new Model()];
      for (const one of steps) {
        await take(one, model, campaignId);
        const { rows } = await database.db.pool.query(
          'select (reserved_minor + spent_minor)::int money, reserved_uses + used uses from campaign_counters where campaign_id = $1',
          [campaignId],
        );
        expect(rows).toEqual([{ money: model.money(), uses: model.count() }]);
      }
      expect(await ledgerDifferences(database.db.pool)).toEqual([]);
    }),
    { numRuns: 80, seed: 5, endOnFailure: true },
  );
});
