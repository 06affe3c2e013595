import { newId, type PromotionRule } from '@promolift/domain';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { evaluateCart } from '../promotions/evaluate-cart.ts';
import { endAll, goLive, openTestShop, type TestShop } from '../promotions/test-campaign.ts';
import { killCampaign, pauseCampaign, resumeCampaign } from './run-campaign.ts';
import { createCampaign } from './write-campaign.ts';

let shop: TestShop;
beforeAll(async () => {
  shop = await openTestShop();
  await shop.pool.query('insert into settings (key, value) values (\'shop\', \'{"currency":"EUR"}\')');
});
afterEach(() => endAll(shop));
afterAll(() => shop.stop());

const TEN: PromotionRule = { kind: 'percent_off', basisPoints: 1_000, scope: { kind: 'all' } };
const SCHEDULE = { startsAt: '2026-03-11T00:00:00Z', endsAt: '2026-03-12T00:00:00Z', timeZone: 'Europe/Berlin' };
const create = (changes: { rule?: object; schedule?: object; budgetMinor?: unknown }) =>
  createCampaign(shop.deps(), {
    idempotencyKey: newId(),
    content: {
      name: 'Test',
      promotions: [{ id: newId(), rule: changes.rule ?? TEN }],
      audience: { segmentKeys: 'all' },
      budget: { budgetMinor: changes.budgetMinor ?? 1_000, currency: 'EUR' },
      schedule: { ...SCHEDULE, ...changes.schedule },
    },
  });
const kept = async () => (await shop.pool.query<{ count: number }>('select count(*)::int from campaigns')).rows[0]?.count;

describe('a campaign', () => {
  test.each([10_001, -500, '50', 33.5, null])('of %j basis points is refused with its field, and nothing is kept', async (basisPoints) => {
    const before = await kept();
    const refused = await create({ rule: { ...TEN, basisPoints } });
    expect(refused).toMatchObject({
      ok: false,
      refusal: { kind: 'INVALID_CONTENT', field: expect.arrayContaining(['content', 'promotions']) },
    });
    expect(await kept()).toBe(before);
  });

  test('of NaN basis points is no content at all', async () => {
    const before = await kept();
    await expect(create({ rule: { ...TEN, basisPoints: Number.NaN } })).rejects.toThrow('NaN');
    expect(await kept()).toBe(before);
  });

  test.each([
    ['that is over before it starts', { startsAt: '2026-03-01T00:00:00Z', endsAt: '2026-03-02T00:00:00Z' }, 'WINDOW_PASSED'],
    ['that ends before it starts', { startsAt: SCHEDULE.endsAt, endsAt: SCHEDULE.startsAt }, 'INVALID_CONTENT'],
    ['of a hundred years', { endsAt: '2126-03-11T00:00:00Z' }, 'WINDOW_TOO_LONG'],
    ['on a clock that does not exist', { timeZone: 'Mars/Olympus' }, 'INVALID_CONTENT'],
    ['without an offset', { startsAt: '2026-03-11T00:00:00' }, 'INVALID_CONTENT'],
  ])('%s is refused', async (_, schedule, kind) => {
    expect(await create({ schedule })).toMatchObject({ ok: false, refusal: { kind } });
  });

  test.each([0, -1, 0.5, '1000', 2 ** 53])('with a budget of %j is refused', async (budgetMinor) => {
    expect(await create({ budgetMinor })).toMatchObject({ ok: false, refusal: { kind: 'INVALID_CONTENT' } });
  });

  test('that was stopped stays stopped, whoever presses again or wants it back', async () => {
    const id = await goLive(shop, { rules: [TEN] });
    expect((await killCampaign(shop.deps(), { id })).ok).toBe(true);
    expect(await killCampaign(shop.deps(), { id })).toMatchObject({ ok: false, refusal: { kind: 'wrong-status' } });
    const { rows } = await shop.pool.query<{ version: number }>('select lock_version::int as version from campaigns where id = $1', [id]);
    for (const expectedVersion of [1, rows[0]?.version ?? 0])
      for (const step of [pauseCampaign, resumeCampaign]) expect((await step(shop.deps(), { id, expectedVersion })).ok).toBe(false);
    await expect(shop.pool.query("update campaigns set status = 'live', is_killed = true where id = $1", [id])).resolves.toBeDefined();
    const priced = await evaluateCart(shop.deps(), { currency: 'EUR', lines: [{ sku: 'S-0', quantity: 1 }] });
    expect(priced.ok && priced.value.evaluation.applied).toEqual([]);
  });
});

describe('a product', () => {
  test.each([
    ['without a cost', 'cost_minor = null'],
    ['without a cost and with a floor of 0', 'cost_minor = null, floor_minor = 0'],
    ['without a cost and with a floor', 'cost_minor = null, floor_minor = 500'],
  ])('%s gets no promotion, never a price of next to nothing', async (_, change) => {
    await goLive(shop, { rules: [TEN] });
    await shop.pool.query(`update products set cost_minor = 100, floor_minor = null; update products set ${change} where sku = 'S-0'`);
    const priced = await evaluateCart(shop.deps(), { currency: 'EUR', lines: [{ sku: 'S-0', quantity: 1 }] });
    expect(priced.ok && [priced.value.evaluation.totals.totalMinor, priced.value.evaluation.rejected[0]?.reason]).toEqual([
      1_000,
      'COST_UNKNOWN',
    ]);
  });

  test('whose price falls below a fixed discount costs its floor, never less than nothing', async () => {
    await shop.pool.query("update products set cost_minor = 0, floor_minor = null, price_minor = 40 where sku = 'S-1'");
    await goLive(shop, { rules: [{ kind: 'amount_off', amounts: { EUR: 500 }, minimumSpend: null, scope: { kind: 'all' } }], priority: 1 });
    await goLive(shop, { rules: [TEN] });
    const priced = await evaluateCart(shop.deps(), { currency: 'EUR', lines: [{ sku: 'S-1', quantity: 3 }] });
    const total = priced.ok ? priced.value.evaluation.totals.totalMinor : -1;
    // 30% is the deepest this shop allows.
    expect(total).toBe(84);
  });
});
