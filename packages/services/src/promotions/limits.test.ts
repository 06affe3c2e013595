import { createHash } from 'node:crypto';
import { ledgerDifferences, saveSharedBudget, sharedBudgets } from '@promolift/db';
import type { PromotionRule } from '@promolift/domain';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { eraseUser } from '../users/erase-user.ts';
import { type OrderRequest, placeOrder } from './place-order.ts';
import { releaseRedemption, reserveOffer } from './redemptions.ts';
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

const TEN_OFF: PromotionRule = { kind: 'percent_off', basisPoints: 1_000, scope: { kind: 'all' } };
const FLASH: PromotionRule = { kind: 'flash_sale', basisPoints: 2_000, stockCapUnits: 5, scope: { kind: 'all' } };
const guestKey = (email: string) => createHash('sha256').update(email).digest('hex');

let orders = 0;
async function place(request: Partial<OrderRequest> = {}) {
  orders += 1;
  const externalId = `order-${orders}`;
  const lines = [{ sku: 'S-0', quantity: 1 }];
  return placeOrder(shop.deps(), { idempotencyKey: externalId, externalId, currency: 'EUR', lines, ...request });
}
/** What the order saves: amounts, or why not. */
async function outcome(request: Partial<OrderRequest> = {}): Promise<(number | string)[]> {
  const placed = await place(request);
  if (!placed.ok) return [placed.refusal.kind];
  const { applied = [], rejected = [] } = placed.value.evaluated?.evaluation ?? {};
  return [...applied.map(({ amountMinor }) => amountMinor), ...rejected.map(({ reason }) => reason)];
}
const cancel = (externalId: string) => cancelOrder(shop.deps(), { idempotencyKey: `cancel-${externalId}`, externalId });

test('once per user and day of the zone: a new day starts anew, a cancelled order gives the use back', async () => {
  await goLive(shop, { rules: [TEN_OFF], limits: [{ per: ['user'], period: 'day', maxUses: 1 }] });
  expect(await outcome({ userExternalId: 'u-1' })).toEqual([100]);
  expect(await outcome({ userExternalId: 'u-1' })).toEqual(['USER_LIMIT_REACHED']);
  expect(await outcome({ userExternalId: 'u-2' })).toEqual([100]);
  await cancel(`order-${orders - 2}`);
  expect(await outcome({ userExternalId: 'u-1' })).toEqual([100]);
  shop.clock.advance(12 * 3_600_000 - 1);
  expect(await outcome({ userExternalId: 'u-1' })).toEqual(['USER_LIMIT_REACHED']);
  shop.clock.advance(1);
  expect(await outcome({ userExternalId: 'u-1' })).toEqual([100]);
  shop.clock.advance(-12 * 3_600_000);
});

test('a guest is the same guest with a new cookie and after signing in', async () => {
  await goLive(shop, { rules: [TEN_OFF], maxPerUser: 1 });
  const ana = { guestKey: guestKey('ana@shop.example') };
  expect(await outcome({ anonymousId: 'cookie-1', ...ana })).toEqual([100]);
  expect(await outcome({ anonymousId: 'cookie-2', ...ana })).toEqual(['USER_LIMIT_REACHED']);
  expect(await outcome({ userExternalId: 'u-3', ...ana })).toEqual(['USER_LIMIT_REACHED']);
  expect(await outcome({ anonymousId: 'cookie-1' })).toEqual(['USER_LIMIT_REACHED']);
  expect(await outcome({ userExternalId: 'u-3' })).toEqual([100]);
  await expect(place({ guestKey: 'ana@shop.example' })).rejects.toMatchObject({ code: 'BAD_USER_INPUT', field: ['guestKey'] });
});

test('a limit per guest asks for more than a cookie', async () => {
  await goLive(shop, { rules: [TEN_OFF], limits: [{ per: ['guest'], maxUses: 1 }] });
  expect(await outcome({ anonymousId: 'cookie-3' })).toEqual(['GUEST_KEY_REQUIRED']);
  expect(await outcome({ anonymousId: 'cookie-3', guestKey: guestKey('bo@shop.example') })).toEqual([100]);
  expect(await outcome({ anonymousId: 'cookie-4', guestKey: guestKey('bo@shop.example') })).toEqual(['USER_LIMIT_REACHED']);
  expect(await outcome({ userExternalId: 'u-4' })).toEqual([100]);
});

test('a cart of nobody gets nothing that is limited per user, in the cart or when reserved, and everything else', async () => {
  const limits = [{ per: ['user' as const], period: 'day' as const, maxMinor: 500 }];
  const ids = [await goLive(shop, { rules: [TEN_OFF], maxPerUser: 1 }), await goLive(shop, { rules: [TEN_OFF], limits })];
  expect(await outcome()).toEqual(['SHOPPER_REQUIRED', 'SHOPPER_REQUIRED']);
  expect(await outcome({ guestKey: guestKey('cy@shop.example') })).toEqual([100, 90]);
  for (const campaignId of ids) {
    const { rows } = await shop.pool.query<{ id: string }>('select id from promotions where campaign_id = $1', [campaignId]);
    const promotionId = rows[0]?.id ?? '';
    const cart = { currency: 'EUR', lines: [{ sku: 'S-0', quantity: 1 }] };
    const wish = { idempotencyKey: campaignId, campaignId, promotionId, cart, timeToLiveSeconds: 60 };
    expect(await reserveOffer(shop.deps(), wish)).toMatchObject({ ok: false, refusal: { kind: 'SHOPPER_REQUIRED' } });
  }
  await endAll(shop);
  await goLive(shop, { rules: [TEN_OFF], limits: [{ per: ['code'], maxUses: 1 }] });
  expect(await outcome()).toEqual([100]);
});

test('a limit on money gives what is left of it, or refuses, by setting', async () => {
  const limits = [{ per: ['user' as const], period: 'week' as const, maxMinor: 150 }];
  await goLive(shop, { rules: [TEN_OFF], limits });
  expect(await outcome({ userExternalId: 'u-5' })).toEqual([100]);
  const second = await place({ userExternalId: 'u-5' });
  expect(second.ok && second.value.evaluated?.evaluation.applied).toMatchObject([
    { amountMinor: 50, desiredMinor: 100, limitedBy: 'BUDGET' },
  ]);
  expect(await outcome({ userExternalId: 'u-5' })).toEqual(['BUDGET_EXHAUSTED']);
  await endAll(shop);
  await goLive(shop, { rules: [TEN_OFF], limits, onBudgetShort: 'refuse' });
  expect([await outcome({ userExternalId: 'u-5' }), await outcome({ userExternalId: 'u-5' })]).toEqual([[100], ['BUDGET_EXHAUSTED']]);
});

test('a shared budget: two campaigns draw on it also in one order, and give back to it after both have ended', async () => {
  await saveSharedBudget(shop.pool, { key: 'spring', name: 'Spring', currency: 'EUR', budgetMinor: 250 });
  for (const priority of [1, 2])
    await goLive(shop, { rules: [TEN_OFF], sharedBudgetKey: 'spring', budgetMinor: 10_000, maxPerCartMinor: 100, priority });
  expect(await outcome()).toEqual([100, 90]);
  expect(await outcome()).toEqual([60, 'BUDGET_EXHAUSTED']);
  expect((await sharedBudgets(shop.pool))[0]).toMatchObject({ spentMinor: 250, reservedMinor: 0 });
  await endAll(shop);
  await cancel(`order-${orders - 1}`);
  expect((await sharedBudgets(shop.pool))[0]).toMatchObject({ spentMinor: 60 });
  expect(await saveSharedBudget(shop.pool, { key: 'spring', name: 'Spring', currency: 'EUR', budgetMinor: 59 })).toBeUndefined();
});

test('units of a flash sale are set aside with the reservation and come back with it, not with a return', async () => {
  const campaignId = await goLive(shop, { rules: [FLASH] });
  const { rows } = await shop.pool.query<{ id: string }>('select id from promotions where campaign_id = $1', [campaignId]);
  const promotionId = rows[0]?.id ?? '';
  const units = async () =>
    (await shop.pool.query('select units from limit_counters where key = $1', [`units|${promotionId}`])).rows[0]?.units;
  const cart = { currency: 'EUR', userExternalId: 'u-6', lines: [{ sku: 'S-0', quantity: 3 }] };
  const hold = (key: string) => reserveOffer(shop.deps(), { idempotencyKey: key, campaignId, promotionId, cart, timeToLiveSeconds: 600 });
  const first = await hold('flash-1');
  if (!first.ok) throw new Error(first.refusal.message);
  expect(await units()).toBe(3);
  expect(await outcome({ userExternalId: 'u-7', lines: [{ sku: 'S-0', quantity: 4 }] })).toEqual([400]);
  expect(await units()).toBe(5);
  expect(await outcome({ userExternalId: 'u-8' })).toEqual(['UNITS_EXHAUSTED']);
  await releaseRedemption(shop.deps(), { idempotencyKey: 'flash-2', redemptionId: first.value.redemptionId });
  expect(await units()).toBe(2);
  await returnItems(shop.deps(), {
    idempotencyKey: 'flash-3',
    orderExternalId: `order-${orders - 1}`,
    lines: [{ lineNumber: 1, quantity: 1 }],
  });
  expect(await units()).toBe(2);
  await cancel(`order-${orders - 1}`);
  expect(await units()).toBe(0);
});

test('an erased person stands behind no counter, and the counters still add up', async () => {
  await goLive(shop, { rules: [TEN_OFF], maxPerUser: 3, limits: [{ per: ['user'], period: 'year', maxMinor: 500 }] });
  const { rows } = await shop.pool.query<{ id: string }>("select id from users where external_id = 'u-9'");
  await place({ userExternalId: 'u-9', guestKey: guestKey('cy@shop.example') });
  const named = async () =>
    (
      await shop.pool.query<{ count: number }>(
        "select count(*)::int count from limit_counters where key like '%user:' || $1 || '%' or key like '%guest:%' and uses > 0 and campaign_id in (select id from campaigns where status = 'live')",
        [rows[0]?.id],
      )
    ).rows[0]?.count;
  expect(await named()).toBe(4);
  await eraseUser(shop.deps(), 'u-9');
  expect(await named()).toBe(0);
  await cancel(`order-${orders}`);
});
