import { releaseExpired } from '@promolift/db';
import type { PromotionRule } from '@promolift/domain';
import { removeGuard } from '@promolift/testing';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type OrderRequest, placeOrder } from './place-order.ts';
import { reserveOffer } from './redemptions.ts';
import { endAll, goLive, openTestShop, type TestShop } from './test-campaign.ts';
import { cancelOrder } from './undo-order.ts';

let shop: TestShop;
beforeAll(async () => {
  shop = await openTestShop();
}, 60_000);
afterEach(() => endAll(shop));
afterAll(() => shop.stop());

const TEN_OFF: PromotionRule = { kind: 'percent_off', basisPoints: 1_000, scope: { kind: 'all' } };
const couponOf = (code: string): PromotionRule => ({
  kind: 'coupon',
  code,
  basisPoints: 1_000,
  maximumAmounts: { EUR: 100_000 },
  minimumSpend: null,
  scope: { kind: 'all' },
});

let orders = 0;
const place = (n: number, request: Partial<OrderRequest> = {}) => {
  orders += 1;
  const externalId = `order-${orders}`;
  return placeOrder(shop.deps(), {
    idempotencyKey: externalId,
    externalId,
    currency: 'EUR',
    userExternalId: `u-${n}`,
    lines: [{ sku: 'S-0', quantity: 1 }],
    ...request,
  });
};
const storm = async (count: number, request: (n: number) => Partial<OrderRequest>) => {
  const results = await Promise.all(Array.from({ length: count }, (_, n) => place(n, request(n))));
  return {
    placed: results.flatMap((result) => (result.ok ? [result.value] : [])),
    refused: results.flatMap((result) => (result.ok ? [] : [result.refusal.kind])),
  };
};
const counter = async (id: string) =>
  (
    await shop.pool.query<Record<string, number>>(
      `select c.spent_minor, c.reserved_minor, c.used, c.reserved_uses,
         (select coalesce(sum(amount_minor), 0)::bigint from ledger_entries where campaign_id = $1 and kind in ('commit', 'refund')) ledger_minor,
         (select coalesce(sum(amount_minor), 0)::bigint from redemptions where campaign_id = $1 and status = 'committed') redeemed_minor,
         (select coalesce(sum(o.discount_minor), 0)::bigint from orders o where o.id in (select order_id from redemptions where campaign_id = $1)) discount_minor
       from campaign_counters c where c.campaign_id = $1`,
      [id],
    )
  ).rows[0];

test('200 orders at once for 10 uses: exactly 10 are placed, the others are told why', async () => {
  const id = await goLive(shop, { rules: [TEN_OFF], maxRedemptions: 10 });
  const { placed, refused } = await storm(200, () => ({ expectedTotalMinor: 900 }));
  expect(placed).toHaveLength(10);
  expect([...new Set(refused)].filter((kind) => kind !== 'PRICE_CHANGED')).toEqual(['LIMIT_REACHED']);
  expect(await counter(id)).toEqual({
    used: 10,
    reserved_uses: 0,
    reserved_minor: 0,
    spent_minor: 1_000,
    ledger_minor: 1_000,
    redeemed_minor: 1_000,
    discount_minor: 1_000,
  });
}, 30_000);

test('the same storm sells more than 10 when the statement does not look: the test above can fail', async () => {
  const putBack = [await removeGuard(shop.pool, 'check: redemption limit'), await removeGuard(shop.pool, 'guard: redemption limit')];
  const id = await goLive(shop, { rules: [TEN_OFF], maxRedemptions: 10 });
  const { placed } = await storm(200, () => ({ expectedTotalMinor: 900 }));
  expect(placed.length).toBeGreaterThan(10);
  expect((await counter(id))?.used).toBe(placed.length);
  await shop.pool.query('update campaign_counters set redemption_limit = null where campaign_id = $1', [id]);
  for (const put of putBack.reverse()) await put();
}, 30_000);

test('100 orders of mixed amounts never exceed the budget; what is granted is spent, to the last cent', async () => {
  const budgetMinor = 20_000;
  const id = await goLive(shop, { rules: [TEN_OFF], budgetMinor });
  const { placed, refused } = await storm(100, (n) => ({ lines: [{ sku: `S-${n % 10}`, quantity: 1 + ((n * 7_919) % 13) }] }));
  const after = await counter(id);
  expect(after?.spent_minor).toBeLessThanOrEqual(budgetMinor);
  expect(after).toMatchObject({
    reserved_minor: 0,
    ledger_minor: after?.spent_minor,
    redeemed_minor: after?.spent_minor,
    discount_minor: after?.spent_minor,
  });
  expect([...new Set(refused)].every((kind) => kind === 'BUDGET_EXHAUSTED')).toBe(true);
  const granted = placed.flatMap(({ evaluated }) => evaluated?.evaluation.applied.map(({ budgetMinor: amount }) => amount) ?? []);
  expect(granted.reduce((sum, amount) => sum + amount, 0)).toBe(after?.spent_minor);
  const left = budgetMinor - (after?.spent_minor ?? 0);
  if (left > 0) {
    const last = await place(150, { lines: [{ sku: 'S-1', quantity: 500 }] });
    expect(last.ok && last.value.evaluated?.evaluation.applied).toMatchObject([{ amountMinor: left, limitedBy: 'BUDGET' }]);
  }
  expect(await counter(id)).toMatchObject({ spent_minor: budgetMinor, discount_minor: budgetMinor });
}, 30_000);

test('a code with one use, 20 orders at once: exactly one, and its redemption names the code', async () => {
  const id = await goLive(shop, { rules: [couponOf('ONCE')], codeLimit: 1 });
  const { placed, refused } = await storm(20, () => ({ codes: [' once '], expectedTotalMinor: 900 }));
  expect(placed).toHaveLength(1);
  expect([...new Set(refused)].filter((kind) => kind !== 'PRICE_CHANGED')).toEqual(['CODE_LIMIT_REACHED']);
  const { rows } = await shop.pool.query(
    'select k.code, k.used from redemptions r join codes k on k.id = r.code_id where r.campaign_id = $1',
    [id],
  );
  expect(rows).toEqual([{ code: 'ONCE', used: 1 }]);
  const later = await place(50, { codes: ['ONCE'] });
  expect(later.ok && later.value.evaluated?.evaluation.codes).toMatchObject([
    { code: 'ONCE', status: 'REJECTED', reason: 'USES_EXHAUSTED' },
  ]);
}, 30_000);

test("a reservation is its shopper's alone: it holds the last use for them, and others are refused", async () => {
  const campaignId = await goLive(shop, { rules: [couponOf('MINE')], codeLimit: 1, maxRedemptions: 1, maxPerUser: 1 });
  const promotionId =
    (await shop.pool.query<{ id: string }>('select id from promotions where campaign_id = $1', [campaignId])).rows[0]?.id ?? '';
  const cart = { currency: 'EUR', userExternalId: 'u-1', lines: [{ sku: 'S-0', quantity: 1 }], codes: ['MINE'] };
  const browser = {
    ...shop.deps(),
    actor: { kind: 'key', id: 'k', name: 'k', principal: { kind: 'key', apiKeyId: 'k', keyKind: 'storefront_publishable' } } as const,
  };
  const long = { campaignId, promotionId, cart, timeToLiveSeconds: 1_801 };
  await expect(reserveOffer(browser, { ...long, idempotencyKey: 'too-long' })).rejects.toMatchObject({ code: 'BAD_USER_INPUT' });
  const reserved = await reserveOffer(shop.deps(), { idempotencyKey: 'mine', campaignId, promotionId, cart, timeToLiveSeconds: 600 });
  if (!reserved.ok) throw new Error(reserved.refusal.message);
  const wish = { codes: ['MINE'], reservationIds: [reserved.value.redemptionId], expectedTotalMinor: 900 };
  const before = (await shop.pool.query('select count(*) from orders')).rows;
  expect(await place(2, wish)).toMatchObject({ ok: false, refusal: { kind: 'RESERVATION_NOT_FOUND', field: ['reservationIds', '0'] } });
  expect(await place(1, { ...wish, userExternalId: null, anonymousId: 'u-1' })).toMatchObject({
    refusal: { kind: 'RESERVATION_NOT_FOUND' },
  });
  expect(await place(1, { ...wish, reservationIds: [crypto.randomUUID()] })).toMatchObject({ refusal: { kind: 'RESERVATION_NOT_FOUND' } });
  expect((await shop.pool.query('select count(*) from orders')).rows).toEqual(before);
  expect(await place(1, wish)).toMatchObject({ ok: true, value: { redemptionIds: [reserved.value.redemptionId] } });
  expect(await counter(campaignId)).toMatchObject({ used: 1, reserved_uses: 0, spent_minor: 100, discount_minor: 100 });
});

test('a reservation that expired and was not swept yet is made anew by the same guards, for its shopper first', async () => {
  const campaignId = await goLive(shop, { rules: [couponOf('LATE')], codeLimit: 1, maxRedemptions: 1, maxPerUser: 1, budgetMinor: 100 });
  const { rows } = await shop.pool.query<{ id: string }>('select id from promotions where campaign_id = $1', [campaignId]);
  const cart = { currency: 'EUR', userExternalId: 'u-1', lines: [{ sku: 'S-0', quantity: 1 }], codes: ['LATE'] };
  const hold = async (idempotencyKey: string) => {
    const promotionId = rows[0]?.id ?? '';
    const reserved = await reserveOffer(shop.deps(), { idempotencyKey, campaignId, promotionId, cart, timeToLiveSeconds: 60 });
    if (!reserved.ok) throw new Error(reserved.refusal.kind);
    return reserved.value.redemptionId;
  };
  const first = await hold('late');
  shop.clock.advance(60_000);
  const placed = await place(1, { codes: ['LATE'], reservationIds: [first], expectedTotalMinor: 900 });
  expect(placed.ok && placed.value.redemptionIds).not.toContain(first);
  expect(placed.ok && placed.value.redemptionIds).toHaveLength(1);
  expect(await counter(campaignId)).toMatchObject({ used: 1, reserved_uses: 0, reserved_minor: 0, spent_minor: 100 });
  // Swept and taken by another meanwhile: refused, and nothing is written.
  await cancelOrder(shop.deps(), { idempotencyKey: 'c-late', externalId: (await lastOrder()) ?? '' });
  const second = await hold('late-again');
  shop.clock.advance(60_000);
  await releaseExpired(shop.pool, shop.clock.now());
  expect((await place(2, { codes: ['LATE'], expectedTotalMinor: 900 })).ok).toBe(true);
  expect(await place(1, { codes: ['LATE'], reservationIds: [second], expectedTotalMinor: 900 })).toMatchObject({
    ok: false,
    refusal: { kind: 'PRICE_CHANGED' },
  });
  expect(await counter(campaignId)).toMatchObject({ used: 1, reserved_uses: 0, spent_minor: 100 });
  shop.clock.advance(-120_000);
});

const lastOrder = async () =>
  (await shop.pool.query<{ external_id: string }>('select external_id from orders order by created_at desc limit 1')).rows[0]?.external_id;
