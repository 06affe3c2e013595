import { ledgerDifferences } from '@promolift/db';
import type { PromotionRule, ShopRow } from '@promolift/domain';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { importRows } from '../activity/import-rows.ts';
import { flushDecisions } from '../shared/record-decision.ts';
import { placeOrder } from './place-order.ts';
import { redeem, reserveOffer } from './redemptions.ts';
import { endAll, goLive, openTestShop, type TestShop } from './test-campaign.ts';
import { cancelOrder, returnItems } from './undo-order.ts';

let shop: TestShop;
beforeAll(async () => {
  shop = await openTestShop();
});
afterEach(async () => {
  expect(await ledgerDifferences(shop.pool)).toEqual([]);
  await endAll(shop);
});
afterAll(() => shop.stop());

const about = (...skus: string[]): PromotionRule => ({ kind: 'percent_off', basisPoints: 1_000, scope: { kind: 'skus', skus } });
const AT = new Date('2026-03-10T12:05:00Z');
type Line = { sku: string; quantity: number; discountMinor?: number };

/** Reserves the campaign's promotion for these lines, then redeems it for an order of the shop's own. */
async function redeemed(campaignId: string, order: string, user: string, lines: readonly Line[]): Promise<string> {
  const promotion = await shop.pool.query<{ id: string }>('select id from promotions where campaign_id = $1', [campaignId]);
  const cart = { currency: 'EUR', userExternalId: user, lines: lines.map(({ sku, quantity }) => ({ sku, quantity })) };
  const held = await reserveOffer(shop.deps(), {
    idempotencyKey: `r-${order}`,
    campaignId,
    promotionId: promotion.rows[0]!.id,
    cart,
    timeToLiveSeconds: 600,
  });
  if (!held.ok) throw new Error(held.refusal.kind);
  await flushDecisions(shop.deps());
  const spent = await redeem(shop.deps(), {
    idempotencyKey: order,
    redemptionId: held.value.redemptionId,
    orderExternalId: order,
  });
  expect(spent.ok).toBe(true);
  return held.value.redemptionId;
}

const orderRows = (externalId: string, user: string, lines: readonly Line[], status: 'placed' | 'cancelled' = 'placed'): ShopRow[] => [
  {
    kind: 'order',
    externalId,
    userExternalId: user,
    anonymousId: null,
    at: AT,
    currency: 'EUR',
    channel: null,
    country: null,
    shippingMinor: 0,
    status,
  },
  ...lines.map(({ sku, quantity, discountMinor = 0 }, index) => ({
    kind: 'orderLine' as const,
    orderExternalId: externalId,
    lineNumber: index + 1,
    sku,
    quantity,
    unitPriceMinor: 1_000,
    discountMinor,
    costMinor: 100,
  })),
];
const returnRow = (order: string, externalId: string, sku: string, quantity: number): ShopRow => ({
  kind: 'return',
  externalId,
  orderExternalId: order,
  userExternalId: null,
  sku,
  quantity,
  refundMinor: 900 * quantity,
  currency: 'EUR',
  at: AT,
});

async function imported(...rows: ShopRow[]) {
  const stream = async function* () {
    yield rows;
  };
  return importRows(shop.deps(), stream(), { source: 'test' });
}
async function state(redemptionId: string) {
  const { rows } = await shop.pool.query(
    `select r.order_id = o.id as "isLinked", r.refunded_minor::int refunded, r.is_use_returned "isUseReturned", c.spent_minor::int spent, c.used
     from redemptions r join campaign_counters c using (campaign_id) left join orders o on o.external_id = r.order_external_id where r.id = $1`,
    [redemptionId],
  );
  return rows[0];
}
const entries = async (id: string) =>
  (await shop.pool.query<{ n: number }>('select count(*)::int n from ledger_entries where redemption_id = $1', [id])).rows[0]?.n;

test('redeem, then the order comes by import with a return: the share of what came back is given back, once, however often it is imported', async () => {
  const id = await goLive(shop, { rules: [about('S-1')] });
  const lines = [
    { sku: 'S-1', quantity: 3, discountMinor: 300 },
    { sku: 'S-2', quantity: 2 },
  ];
  const redemption = await redeemed(id, 'late-1', 'u-1', lines);
  expect(await state(redemption)).toEqual({ isLinked: null, refunded: 0, isUseReturned: false, spent: 300, used: 1 });
  const rows = [...orderRows('late-1', 'u-1', lines), returnRow('late-1', 'b-1', 'S-1', 1), returnRow('late-1', 'b-2', 'S-2', 2)];
  await imported(...rows);
  expect(await state(redemption)).toEqual({ isLinked: true, refunded: 100, isUseReturned: false, spent: 200, used: 1 });
  const before = await entries(redemption);
  const again = await imported(...rows);
  expect(again).toMatchObject({ orders: 0, orderLines: 0, returns: 0 });
  expect([await state(redemption), await entries(redemption)]).toEqual([expect.objectContaining({ refunded: 100, spent: 200 }), before]);
  // A later import brings the rest back, and no unit more can come back by hand.
  await imported(returnRow('late-1', 'b-3', 'S-1', 2));
  expect(await state(redemption)).toMatchObject({ refunded: 300, spent: 0, used: 1 });
  const more = await returnItems(shop.deps(), { idempotencyKey: 'm', orderExternalId: 'late-1', lines: [{ lineNumber: 1, quantity: 1 }] });
  expect(more).toMatchObject({ ok: false, refusal: { kind: 'TOO_MANY_UNITS' } });
});

test('an order that arrives cancelled, or is cancelled by a later import, gives discount and use back', async () => {
  const id = await goLive(shop, { rules: [about('S-1')], maxPerUser: 1 });
  const lines = [{ sku: 'S-1', quantity: 1, discountMinor: 100 }];
  const first = await redeemed(id, 'late-2', 'u-2', lines);
  await imported(...orderRows('late-2', 'u-2', lines, 'cancelled'));
  expect(await state(first)).toEqual({ isLinked: true, refunded: 100, isUseReturned: true, spent: 0, used: 0 });
  const second = await redeemed(id, 'late-3', 'u-2', lines);
  await imported(...orderRows('late-3', 'u-2', lines));
  expect(await state(second)).toMatchObject({ isLinked: true, spent: 100, used: 1 });
  for (let times = 0; times < 2; times += 1) await imported(...orderRows('late-3', 'u-2', lines, 'cancelled'));
  expect(await state(second)).toMatchObject({ refunded: 100, isUseReturned: true, spent: 0, used: 0 });
});

test('redeemed after the order was imported: cancelled and returned like any other', async () => {
  const id = await goLive(shop, { rules: [about('S-1', 'S-3')] });
  const lines = [
    { sku: 'S-1', quantity: 2, discountMinor: 200 },
    { sku: 'S-3', quantity: 1, discountMinor: 100 },
  ];
  await imported(...orderRows('early-1', 'u-3', lines), returnRow('early-1', 'b-4', 'S-3', 1));
  const redemption = await redeemed(id, 'early-1', 'u-3', lines);
  expect(await state(redemption)).toMatchObject({ isLinked: true, refunded: 100, spent: 200 });
  const back = await returnItems(shop.deps(), {
    idempotencyKey: 'back-1',
    orderExternalId: 'early-1',
    lines: [{ lineNumber: 1, quantity: 1 }],
  });
  expect(back).toMatchObject({ ok: true, value: { refundMinor: 900, discountGivenBackMinor: 100 } });
  const cancelled = await cancelOrder(shop.deps(), { idempotencyKey: 'c-1', externalId: 'early-1' });
  expect(cancelled).toMatchObject({ ok: true, value: { releasedIds: [redemption] } });
  expect(await state(redemption)).toMatchObject({ refunded: 300, isUseReturned: true, spent: 0, used: 0 });
});

test('an order placed here later under the same key is linked when it is placed', async () => {
  const id = await goLive(shop, { rules: [about('S-1')] });
  const redemption = await redeemed(id, 'placed-1', 'u-4', [{ sku: 'S-1', quantity: 1 }]);
  await endAll(shop);
  const lines = [{ sku: 'S-1', quantity: 1 }];
  const order = { idempotencyKey: 'p-1', externalId: 'placed-1', currency: 'EUR', userExternalId: 'u-4', lines };
  expect((await placeOrder(shop.deps(), order)).ok).toBe(true);
  expect(await state(redemption)).toMatchObject({ isLinked: true, spent: 100 });
  await cancelOrder(shop.deps(), { idempotencyKey: 'c-2', externalId: 'placed-1' });
  expect(await state(redemption)).toMatchObject({ spent: 0, used: 0 });
});

test('while an order is being imported it is redeemed: whichever ends later links the two', async () => {
  const id = await goLive(shop, { rules: [about('S-1')] });
  const lines = [{ sku: 'S-1', quantity: 1, discountMinor: 100 }];
  for (let round = 0; round < 10; round += 1) {
    const order = `meanwhile-${round}`;
    const [redemption] = await Promise.all([
      redeemed(id, order, `u-${20 + round}`, lines),
      imported(...orderRows(order, `u-${20 + round}`, lines, 'cancelled')),
    ]);
    expect(await state(redemption)).toMatchObject({ isLinked: true, refunded: 100, isUseReturned: true });
  }
});
