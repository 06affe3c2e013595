import type { CampaignContentInput, PromotionRule } from '@promolift/domain';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { placeOrder } from '../../promotions/place-order.ts';
import { openTestShop, type TestShop } from '../../promotions/test-campaign.ts';
import { type Rehearsal, rehearseCampaign } from './rehearse-campaign.ts';

const ALL = { kind: 'all' } as const;
const TEN: PromotionRule = { kind: 'percent_off', basisPoints: 1_000, scope: ALL };
const CODE: PromotionRule = {
  kind: 'coupon',
  code: 'TEN',
  basisPoints: 1_000,
  maximumAmounts: { EUR: 10_000 },
  scope: ALL,
  minimumSpend: null,
};
const FLASH: PromotionRule = { kind: 'flash_sale', basisPoints: 1_000, stockCapUnits: 8, scope: ALL };
/** Orders of snacks for 10.00: 10% of them is 6 × 1.00 on three days, then 1.00, 2.00 and 5.00 on a fourth. */
const PAST = [
  ['u-1', 1, '2026-03-01T12:00:00Z'],
  ['u-2', 1, '2026-03-01T13:00:00Z'],
  ['u-1', 1, '2026-03-02T12:00:00Z'],
  ['u-2', 1, '2026-03-02T13:00:00Z'],
  ['u-1', 1, '2026-03-03T12:00:00Z'],
  ['u-1', 1, '2026-03-03T13:00:00Z'],
  ['u-1', 1, '2026-03-09T12:00:00Z'],
  ['u-2', 2, '2026-03-09T13:00:00Z'],
  ['u-5', 5, '2026-03-09T14:00:00Z'],
] as const;

let shop: TestShop;
beforeAll(async () => {
  shop = await openTestShop();
  await shop.pool.query("insert into settings (key, value) values ('shop', $1)", [{ currency: 'EUR', maxDepthBasisPoints: 9_000 }]);
  // The newest first, so that the order of arrival is not that of the orders.
  for (const [userExternalId, quantity, at] of PAST.toReversed()) {
    const placed = await placeOrder(shop.deps(), {
      idempotencyKey: at,
      externalId: at,
      currency: 'EUR',
      lines: [{ sku: 'S-0', quantity }],
      userExternalId,
    });
    expect(placed.ok).toBe(true);
    await shop.pool.query('update orders set placed_at = external_id::timestamptz where external_id = $1', [at]);
  }
});
afterAll(() => shop.stop());

const contentOf = (budget: object, rule: PromotionRule = TEN): CampaignContentInput => ({
  name: 'Draft',
  promotions: [{ id: 'promotion-1', rule }],
  audience: { segmentKeys: 'all' },
  schedule: { startsAt: '2026-03-11T00:00:00Z', endsAt: '2026-03-18T00:00:00Z', timeZone: 'UTC' },
  budget: { budgetMinor: 100_000, currency: 'EUR', ...budget },
});
async function rehearse(content: CampaignContentInput, after = 0): Promise<Rehearsal> {
  const result = await rehearseCampaign(shop.deps(), { content, campaignId: null, after });
  if (!result.ok) throw new Error(result.refusal.message);
  return result.value;
}

test.each<[string, CampaignContentInput, number, number]>([
  ['no limit', contentOf({}), 9, 1_400],
  // u-1 and u-2 their first order, u-5 the only one.
  ['once per user', contentOf({ maxPerUser: 1 }), 3, 100 + 100 + 500],
  // All but the second order of u-1 on 3 March.
  ['once per user and day', contentOf({ limits: [{ per: ['user'], period: 'day', maxUses: 1 }] }), 8, 1_300],
  // What is left of the second order, and nothing later.
  ['1.50 per user', contentOf({ limits: [{ per: ['user'], maxMinor: 150 }] }), 5, 100 + 100 + 50 + 50 + 150],
  ['four per code and month', contentOf({ limits: [{ per: ['code'], period: 'month', maxUses: 4 }] }, CODE), 4, 400],
  ['five uses', contentOf({ maxRedemptions: 5 }), 5, 500],
  // Seven times 1.00, then 1.50 of 2.00.
  ['a budget of 8.50', contentOf({ budgetMinor: 850 }), 8, 850],
  ['a budget of 8.50 that gives all or nothing', contentOf({ budgetMinor: 850, onBudgetShort: 'refuse' }), 7, 700],
  // Seven units, then one of two.
  ['a flash sale of 8 units', contentOf({}, FLASH), 8, 800],
])('%s', async (_, content, touchedCount, discountMinor) => {
  expect(await rehearse(content)).toMatchObject({ touchedCount, discountMinor, cartTotal: 9, next: null });
});

test('a slice goes on from what the carts before it got, also in a process that did not play them', async () => {
  const content = contentOf({ maxPerUser: 1 });
  expect(await rehearse(content, 1)).toMatchObject({ touchedCount: 2, discountMinor: 600 });
  expect(await rehearse(content, 3)).toMatchObject({ touchedCount: 1, discountMinor: 500 });
});

test('slices add up to what the limits allow, asked in turn or anew', async () => {
  const large = await openTestShop();
  await large.pool.query("insert into settings (key, value) values ('shop', $1)", [{ currency: 'EUR' }]);
  const first = { idempotencyKey: 'first', externalId: 'first', currency: 'EUR', userExternalId: 'u-1' };
  await placeOrder(large.deps(), { ...first, lines: [{ sku: 'S-0', quantity: 1 }] });
  await large.pool.query(
    `with o as (select * from orders), copies as (select gen_random_uuid() id, n from generate_series(1, 1199) n),
       added as (insert into orders select (jsonb_populate_record(null::orders, to_jsonb(o) || jsonb_build_object('id', c.id,
         'external_id', 'copy-' || c.n, 'placed_at', o.placed_at - c.n * interval '1 second'))).* from o, copies c)
     insert into order_lines select (jsonb_populate_record(null::order_lines, to_jsonb(l) || jsonb_build_object('id', gen_random_uuid(), 'order_id', c.id))).*
     from order_lines l, copies c`,
  );
  large.clock.advance(1_000);
  const play = async (after: number) => {
    const result = await rehearseCampaign(large.deps(), { content: contentOf({ maxRedemptions: 700 }), campaignId: null, after });
    if (!result.ok) throw new Error(result.refusal.message);
    return result.value;
  };
  const inTurn = [await play(0), await play(500), await play(1_000)];
  expect(inTurn.map(({ next }) => next)).toEqual([500, 1_000, null]);
  expect(inTurn.map(({ touchedCount }) => touchedCount)).toEqual([500, 200, 0]);
  expect(await play(500)).toEqual(inTurn[1]);
  await large.stop();
});
