import { ledgerDifferences } from '@promolift/db';
import { newId } from '@promolift/domain';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { evaluateCart } from '../evaluate-cart.ts';
import { redeem, releaseRedemption, reserveOffer } from '../redemptions.ts';
import { endAll, goLive, openTestShop, type TestShop } from '../test-campaign.ts';
import { cancelOrder, returnItems } from '../undo-order.ts';
import { counted, percentOff, place, placed, promotionOf } from './test-orders.ts';

let shop: TestShop;
beforeAll(async () => {
  shop = await openTestShop();
});
afterEach(async () => {
  expect(await ledgerDifferences(shop.pool)).toEqual([]);
  await endAll(shop);
});
afterAll(() => shop.stop());

const cart = { currency: 'EUR', userExternalId: 'u-1', lines: [{ sku: 'S-0', quantity: 1 }] };
const nothingKept = async () => {
  const { rows } = await shop.pool.query('select (select count(*) from orders)::int orders, (select count(*) from redemptions)::int uses');
  return JSON.stringify(rows);
};

describe('redemption', () => {
  test('a limit of one for each customer, 50 carts of one customer at once: one', async () => {
    const campaignId = await goLive(shop, { rules: [percentOff(1_000)], maxPerUser: 1 });
    const orders = await Promise.all(Array.from({ length: 50 }, () => place(shop, { userExternalId: 'u-2' })));
    expect(orders.filter((order) => order.ok && order.value.redemptionIds.length > 0)).toHaveLength(1);
    expect(await counted(shop, campaignId)).toEqual({ uses: 1, minor: 100 });
  });

  test.each(['', ' ', 'a b', 'x'.repeat(256), 'schlüssel', '钥匙', 'line\nbreak'])(
    'the key %j is refused and nothing is written',
    async (idempotencyKey) => {
      const before = await nothingKept();
      await expect(place(shop, { idempotencyKey })).rejects.toMatchObject({ code: 'BAD_USER_INPUT', field: ['idempotencyKey'] });
      await expect(cancelOrder(shop.deps(), { idempotencyKey, externalId: 'x' })).rejects.toMatchObject({ code: 'BAD_USER_INPUT' });
      expect(await nothingKept()).toBe(before);
    },
  );

  test('a key of 255 signs is one', async () => {
    expect((await place(shop, { idempotencyKey: 'k'.repeat(255) })).ok).toBe(true);
  });

  test('an abandoned reservation may be spent until its time is over, and not at that instant', async () => {
    const campaignId = await goLive(shop, { rules: [percentOff(1_000)] });
    const promotionId = await promotionOf(shop, campaignId);
    const hold = async () => {
      const held = await reserveOffer(shop.deps(), { idempotencyKey: newId(), campaignId, promotionId, cart, timeToLiveSeconds: 60 });
      if (!held.ok) throw new Error(held.refusal.message);
      return { redemptionId: held.value.redemptionId, idempotencyKey: newId(), orderExternalId: newId() };
    };
    const [inTime, late] = [await hold(), await hold()];
    shop.clock.advance(59_999);
    expect((await redeem(shop.deps(), inTime)).ok).toBe(true);
    shop.clock.advance(1);
    expect(await redeem(shop.deps(), late)).toMatchObject({ ok: false, refusal: { kind: 'EXPIRED' } });
    shop.clock.advance(-60_000);
    await releaseRedemption(shop.deps(), { idempotencyKey: newId(), redemptionId: late.redemptionId });
    expect(await counted(shop, campaignId)).toEqual({ uses: 1, minor: 100 });
  });

  test.each([
    ['a negative quantity', { lines: [{ sku: 'S-0', quantity: -1 }] }],
    ['no quantity', { lines: [{ sku: 'S-0', quantity: 0 }] }],
    ['a quantity of 1e9', { lines: [{ sku: 'S-0', quantity: 1e9 }] }],
    ['half a unit', { lines: [{ sku: 'S-0', quantity: 0.5 }] }],
    ['a tax above all', { lines: [{ sku: 'S-0', quantity: 1, taxBasisPoints: 10_001 }] }],
    ['shipping of −1', { shippingMinor: -1 }],
    ['shipping with three decimals', { shippingMinor: 4.905 }],
    ['an unknown currency', { currency: 'EURO' }],
    ['another currency', { currency: 'USD' }],
    ['an unknown product', { lines: [{ sku: 'NO-SUCH', quantity: 1 }] }],
  ])('%s is refused with its reason, in the cart and in the order, and nothing is written', async (_, wrong) => {
    await goLive(shop, { rules: [percentOff(1_000)] });
    const before = await nothingKept();
    const kinds = /^(INVALID_CART|WRONG_CURRENCY|UNKNOWN_SKU)$/;
    expect(await evaluateCart(shop.deps(), { ...cart, ...wrong })).toMatchObject({
      ok: false,
      refusal: { kind: expect.stringMatching(kinds) },
    });
    expect(await place(shop, wrong)).toMatchObject({ ok: false, refusal: { kind: expect.stringMatching(kinds) } });
    expect(await nothingKept()).toBe(before);
  });

  test('a report on what does not exist is not found, and nothing is counted', async () => {
    const before = await nothingKept();
    const unknown = { idempotencyKey: newId(), redemptionId: newId(), orderExternalId: 'x' };
    await expect(redeem(shop.deps(), unknown)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(releaseRedemption(shop.deps(), unknown)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(cancelOrder(shop.deps(), { idempotencyKey: newId(), externalId: 'none' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(await nothingKept()).toBe(before);
  });

  test('two of three items back: their part of the discount returns to the budget, once', async () => {
    const campaignId = await goLive(shop, { rules: [percentOff(3_333)] });
    await shop.pool.query("update products set price_minor = 1001 where sku = 'S-7'");
    const { externalId } = await placed(shop, { lines: [{ sku: 'S-7', quantity: 3 }] });
    const spent = (await counted(shop, campaignId)).minor;
    // The shop allows no more than 30%: 3 × 10.01 × 30% is 9.00 down to the cent.
    expect(spent).toBe(900);
    const back = { idempotencyKey: newId(), orderExternalId: externalId, lines: [{ lineNumber: 1, quantity: 2 }] };
    const [first, again] = [await returnItems(shop.deps(), back), await returnItems(shop.deps(), back)];
    expect(again).toEqual(first);
    expect((await counted(shop, campaignId)).minor).toBe(300);
  });
});
