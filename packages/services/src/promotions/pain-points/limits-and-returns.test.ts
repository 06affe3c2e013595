import { ledgerDifferences, releaseExpired } from '@promolift/db';
import { newId } from '@promolift/domain';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { aBatch, linesOf } from '../codes/test-codes.ts';
import { releaseRedemption, reserveOffer } from '../redemptions.ts';
import { endAll, goLive, openTestShop, type TestShop } from '../test-campaign.ts';
import { cancelOrder, returnItems } from '../undo-order.ts';
import { amountOff, counted, guestKey, outcome, percentOff, place, placed, priced, promotionOf } from './test-orders.ts';

let shop: TestShop;
beforeAll(async () => {
  shop = await openTestShop();
});
afterEach(async () => {
  expect(await ledgerDifferences(shop.pool)).toEqual([]);
  await endAll(shop);
});
afterAll(() => shop.stop());

const cancel = (externalId: string, idempotencyKey: string = newId()) => cancelOrder(shop.deps(), { idempotencyKey, externalId });
const giveBack = (orderExternalId: string, quantity: number) =>
  returnItems(shop.deps(), { idempotencyKey: newId(), orderExternalId, lines: [{ lineNumber: 1, quantity }] });
const times = <T>(count: number, run: (n: number) => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: count }, (_, n) => run(n)));

test('limits are raced past: of 60 orders at once for 7 uses, and of 30 with one code, 7 and 1 get it, by the last cent of the counter', async () => {
  const campaignId = await goLive(shop, { rules: [percentOff(1_000)], maxRedemptions: 7 });
  const orders = await times(60, (n) => place(shop, { userExternalId: `u-${n}` }));
  const savings = orders.map((order) => (order.ok && order.value.evaluated?.evaluation.totals.discountMinor) || 0);
  expect(savings.filter((minor) => minor > 0)).toEqual(Array(7).fill(100));
  expect(await counted(shop, campaignId)).toEqual({ uses: 7, minor: 700 });
  await expect(shop.pool.query('update campaign_counters set used = used + 1 where campaign_id = $1', [campaignId])).rejects.toMatchObject({
    code: '23514',
  });
  await endAll(shop);
  const coded = await goLive(shop, { rules: [percentOff(1_000)], needsCode: true });
  const [code = ''] = (await linesOf(shop, await aBatch(shop, coded, { variant: 'open', size: 5 }))).slice(-1);
  await times(30, (n) => place(shop, { userExternalId: `u-${n}`, codes: [code] }));
  expect(await counted(shop, coded)).toEqual({ uses: 1, minor: 100 });
});

test('give-back is broken: what is cancelled twice at once, returned after the end or never paid comes back exactly once, while others take it', async () => {
  const campaignId = await goLive(shop, { rules: [percentOff(1_000)], maxRedemptions: 10 });
  const first = await times(10, (n) => placed(shop, { userExternalId: `u-${n}` }));
  const [cancels, later] = await Promise.all([
    Promise.all(first.flatMap(({ externalId }) => [cancel(externalId), cancel(externalId)])),
    times(20, (n) => place(shop, { userExternalId: `u-${20 + n}` })),
  ]);
  expect(cancels.map((answer) => (answer.ok ? 'ok' : answer.refusal.kind)).sort()).toEqual([
    ...Array(10).fill('ALREADY_CANCELLED'),
    ...Array(10).fill('ok'),
  ]);
  const taken = later.filter((answer) => answer.ok && answer.value.redemptionIds.length > 0).length;
  expect(await counted(shop, campaignId)).toEqual({ uses: taken, minor: 100 * taken });
  const last = await placed(shop, { userExternalId: 'u-50', lines: [{ sku: 'S-1', quantity: 2 }] }).catch(() => null);
  await endAll(shop);
  const over = await counted(shop, campaignId);
  if (last && last.redemptionIds.length > 0) {
    await giveBack(last.externalId, 1);
    expect(await counted(shop, campaignId)).toEqual({ uses: over.uses, minor: over.minor - 100 });
    await cancel(last.externalId);
    expect(await counted(shop, campaignId)).toEqual({ uses: over.uses - 1, minor: over.minor - 200 });
  }
});

test('give-back is broken: a payment that was refused and a shopper who never came back burn nothing', async () => {
  const campaignId = await goLive(shop, { rules: [percentOff(1_000)], maxRedemptions: 1 });
  const cart = { currency: 'EUR', userExternalId: 'u-1', lines: [{ sku: 'S-0', quantity: 1 }] };
  const promotionId = await promotionOf(shop, campaignId);
  const reserve = () => reserveOffer(shop.deps(), { idempotencyKey: newId(), campaignId, promotionId, cart, timeToLiveSeconds: 600 });
  const expire = (afterMs: number) => releaseExpired(shop.pool, new Date(shop.clock.now().getTime() + afterMs));
  const refused = await reserve();
  if (!refused.ok) throw new Error(refused.refusal.message);
  await releaseRedemption(shop.deps(), { idempotencyKey: newId(), redemptionId: refused.value.redemptionId });
  expect((await reserve()).ok).toBe(true);
  await expire(599_999);
  expect(await counted(shop, campaignId)).toEqual({ uses: 1, minor: 100 });
  await expire(600_000);
  expect(await counted(shop, campaignId)).toEqual({ uses: 0, minor: 0 });
});

test('returns invalidate discounts: any way back refunds what was paid, never the full price for what was cheaper, and each campaign gets its own', async () => {
  const spend = await goLive(shop, { rules: [amountOff({ EUR: 400 }, { EUR: 3_000 })], priority: 2 });
  const ten = await goLive(shop, { rules: [percentOff(1_000)], priority: 1 });
  // 30.00 − 4.00 − 2.60 = 23.40, 7.80 a piece.
  for (const pieces of [[3], [2, 1], [1, 1, 1]]) {
    const { externalId, evaluation } = await placed(shop, { lines: [{ sku: 'S-0', quantity: 3 }] });
    expect(evaluation.totals.totalMinor).toBe(2_340);
    let refunded = 0;
    for (const units of pieces) {
      const returned = await giveBack(externalId, units);
      if (!returned.ok) throw new Error(returned.refusal.message);
      // The kept pieces keep their discount: what came back is its share of what was paid, not the price on the shelf.
      expect(returned.value.refundMinor).toBe(780 * units);
      refunded += returned.value.refundMinor;
    }
    expect(refunded).toBe(2_340);
    expect(await giveBack(externalId, 1)).toMatchObject({ refusal: { kind: 'TOO_MANY_UNITS' } });
  }
  expect([(await counted(shop, spend)).minor, (await counted(shop, ten)).minor]).toEqual([0, 0]);
});

test('guests defeat per-customer limits: neither a new cookie nor signing in starts anew, and a guest without a key is refused, not a crash', async () => {
  await goLive(shop, { rules: [percentOff(1_000)], maxPerUser: 1 });
  const ana = guestKey('ana@shop.example');
  const tries = await times(12, (n) => outcome(shop, { anonymousId: `cookie-${n}`, guestKey: ana }));
  expect(tries.filter(([first]) => first === 100)).toHaveLength(1);
  expect(await outcome(shop, { userExternalId: 'u-60', guestKey: ana })).toEqual(['USER_LIMIT_REACHED']);
  await endAll(shop);
  await goLive(shop, { rules: [percentOff(1_000)], limits: [{ per: ['guest'], maxUses: 1 }] });
  for (const nobody of [{}, { anonymousId: 'cookie' }])
    expect((await priced(shop, nobody)).evaluation.rejected).toMatchObject([{ reason: 'GUEST_KEY_REQUIRED', failing: 'guestKey' }]);
});
