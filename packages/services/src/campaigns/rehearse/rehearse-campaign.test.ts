import type { CampaignContentInput, PromotionRule } from '@promolift/domain';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { placeOrder } from '../../promotions/place-order.ts';
import { endAll, goLive, openTestShop, type TestShop } from '../../promotions/test-campaign.ts';
import { describeCampaign, rehearseCampaign } from './rehearse-campaign.ts';

let shop: TestShop;
const ALL = { kind: 'all' } as const;
const FROM_20: PromotionRule = {
  kind: 'spend_x_get_y_off',
  currency: 'EUR',
  tiers: [{ spendMinor: 2_000, reward: { unit: 'percent', basisPoints: 1_000 } }],
  scope: ALL,
};

/** Three orders of 10.00, 20.00 and 50.00, each snack costing 1.00, an hour ago. */
beforeAll(async () => {
  shop = await openTestShop();
  await shop.pool.query("insert into settings (key, value) values ('shop', $1)", [
    JSON.stringify({ currency: 'EUR', maxDepthBasisPoints: 9_000 }),
  ]);
  for (const quantity of [1, 2, 5]) {
    const externalId = `past-${quantity}`;
    const placed = await placeOrder(shop.deps(), {
      idempotencyKey: externalId,
      externalId,
      currency: 'EUR',
      lines: [{ sku: 'S-0', quantity }],
      userExternalId: `u-${quantity}`,
    });
    expect(placed.ok).toBe(true);
  }
  shop.clock.advance(3_600_000);
});
afterEach(() => endAll(shop));
afterAll(() => shop.stop());

const contentOf = (rule: PromotionRule, change: Partial<CampaignContentInput> = {}): CampaignContentInput => ({
  name: 'Draft',
  promotions: [{ id: 'promotion-1', rule }],
  audience: { segmentKeys: 'all' },
  schedule: { startsAt: '2026-03-11T00:00:00Z', endsAt: '2026-03-18T00:00:00Z', timeZone: 'UTC' },
  budget: { budgetMinor: 100_000, currency: 'EUR' },
  ...change,
});
async function rehearse(content: CampaignContentInput, campaignId: string | null = null, after = 0) {
  const result = await rehearseCampaign(shop.deps(), { content, campaignId, after });
  if (!result.ok) throw new Error(result.refusal.message);
  return result.value;
}

test('touched carts, cost and margin are those of the orders', async () => {
  expect(await rehearse(contentOf(FROM_20))).toMatchObject({
    cartCount: 3,
    cartTotal: 3,
    next: null,
    touchedCount: 2,
    discountMinor: 200 + 500,
    marginBeforeMinor: 1_800 + 4_500,
    marginAfterMinor: 1_800 + 4_500 - 700,
    refused: [{ reason: 'BELOW_THRESHOLD', cartCount: 1 }],
    collisions: [],
    examples: [
      { subtotalMinor: 5_000, savingMinor: 500, skus: ['S-0'] },
      { subtotalMinor: 2_000, savingMinor: 200, skus: ['S-0'] },
    ],
  });
});

test('slices add up and end', async () => {
  expect(await rehearse(contentOf(FROM_20), null, 1)).toMatchObject({ cartCount: 2, cartTotal: 3, next: null });
  expect(await rehearse(contentOf(FROM_20), null, 3)).toMatchObject({ cartCount: 0, touchedCount: 0, next: null });
});

test.each([
  ['beside another', { priority: 9 }, 'both_apply'],
  ['exclusive and first', { exclusive: true, priority: 9 }, 'other_gives_way'],
  ['exclusive and second', { exclusive: true, priority: 0 }, 'this_gives_way'],
] as const)('what it collides with: %s', async (_, change, outcome) => {
  const other = await goLive(shop, { rules: [{ kind: 'percent_off', basisPoints: 500, scope: ALL }], priority: 5 });
  const within = { schedule: { startsAt: '2026-03-10T14:00:00Z', endsAt: '2026-03-18T00:00:00Z', timeZone: 'UTC' } };
  expect((await rehearse(contentOf(FROM_20, { ...change, ...within }))).collisions).toEqual([{ campaignId: other, outcome, cartCount: 2 }]);
  const later = { schedule: { startsAt: '2026-04-11T00:00:00Z', endsAt: '2026-04-18T00:00:00Z', timeZone: 'UTC' } };
  expect((await rehearse(contentOf(FROM_20, { ...change, ...later }))).collisions).toEqual([]);
  expect((await rehearse(contentOf(FROM_20, { ...change, ...within }), other)).collisions).toEqual([]);
});

test('where the other leaves too little for a threshold, this one gives way', async () => {
  const other = await goLive(shop, { rules: [{ kind: 'percent_off', basisPoints: 500, scope: ALL }], priority: 5 });
  const within = { schedule: { startsAt: '2026-03-10T14:00:00Z', endsAt: '2026-03-18T00:00:00Z', timeZone: 'UTC' } };
  expect((await rehearse(contentOf(FROM_20, within))).collisions).toEqual(
    expect.arrayContaining([
      { campaignId: other, outcome: 'this_gives_way', cartCount: 1 },
      { campaignId: other, outcome: 'both_apply', cartCount: 1 },
    ]),
  );
});

test('what the past does not tell is counted, not guessed', async () => {
  const promotions = [{ id: 'promotion-1', rule: FROM_20, condition: { kind: 'first_order' as const } }];
  expect(await rehearse(contentOf(FROM_20, { promotions }))).toMatchObject({ touchedCount: 0, unknownCount: 3 });
});

test('a code is taken as typed, and a limit of the shop that binds is told', async () => {
  const code: PromotionRule = {
    kind: 'coupon',
    code: 'HELLO',
    basisPoints: 9_500,
    maximumAmounts: { EUR: 100_000 },
    scope: ALL,
    minimumSpend: null,
  };
  expect(await rehearse(contentOf(code))).toMatchObject({ touchedCount: 3, limited: [{ cartCount: 3 }] });
});

test('what shoppers will read and what the campaign may not do, before it is saved', async () => {
  const described = await describeCampaign(shop.deps(), { content: contentOf(FROM_20), campaignId: null });
  if (!described.ok) throw new Error(described.refusal.message);
  expect(described.value.sentences).toEqual([expect.objectContaining({ en: expect.stringContaining('10%') })]);
  expect(described.value.guardrails.map(({ code }) => code)).toContain('PRICE_LAW');
  expect(await describeCampaign(shop.deps(), { content: { ...contentOf(FROM_20), name: '' }, campaignId: null })).toMatchObject({
    ok: false,
    refusal: { kind: 'INVALID_CONTENT', field: ['content', 'name'] },
  });
});
