import type { PromotionRule } from '@promolift/domain';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { decisionSteps, isReplayIdentical } from './decision-steps.ts';
import { evaluateCart } from './evaluate-cart.ts';
import { findDecision } from './explain-decision.ts';
import { offersFor } from './offers.ts';
import { placeOrder } from './place-order.ts';
import { goLive, openTestShop, type TestShop } from './test-campaign.ts';
import { eraseUser } from '../users/erase-user.ts';

let shop: TestShop;
beforeAll(async () => {
  shop = await openTestShop();
}, 60_000);
afterAll(() => shop.stop());

const SKUS: PromotionRule = { kind: 'percent_off', basisPoints: 1_500, scope: { kind: 'skus', skus: ['S-7', 'S-1', 'S-2', 'S-3', 'S-4'] } };
const SPEND: PromotionRule = {
  kind: 'spend_x_get_y_off',
  currency: 'EUR',
  tiers: [{ spendMinor: 4_000, reward: { unit: 'amount', amountMinor: 500 } }],
  scope: { kind: 'categories', categoryKeys: ['snacks'] },
};
const GIFT: PromotionRule = { kind: 'free_gift', giftSku: 'S-9', giftQuantity: 1, minimumSpend: { EUR: 100_000 }, scope: { kind: 'all' } };

test('shoppers read names, never keys; a decision replays byte for byte after names, budgets and uses have changed', async () => {
  await goLive(shop, { rules: [SKUS, GIFT], maxPerUser: 5, maxRedemptions: 50 });
  await goLive(shop, { rules: [SPEND] });
  const cart = {
    currency: 'EUR',
    userExternalId: 'u-1',
    codes: ['nope'],
    lines: [
      { sku: 'S-1', quantity: 2 },
      { sku: 'S-5', quantity: 1 },
    ],
  };
  const evaluated = await evaluateCart(shop.deps(), cart);
  if (!evaluated.ok) throw new Error(evaluated.refusal.message);
  const { evaluation, decisionId } = evaluated.value;
  const offers = await offersFor(shop.deps(), { userExternalId: 'u-1', anonymousId: null });
  expect(evaluation.applied[0]?.message).toEqual({ en: '15% off Snack 7, Snack 1 and 3 more', zh: 'Snack 7、Snack 1等 5 项立减 15%' });
  const said = JSON.stringify(
    [evaluation.applied, evaluation.rejected, evaluation.nearMisses, evaluation.codes, offers.offers].map((part) =>
      part.map((one) => ('message' in one ? one.message : one.sentence)),
    ),
  );
  expect(said).toContain('Salty snacks');
  expect(said).toContain('Free Snack 9');
  expect(said).not.toMatch(/S-\d|snacks from|"snacks/);
  expect(evaluation.codes).toMatchObject([{ code: 'NOPE', status: 'UNKNOWN', promotionId: null }]);

  const spent = await placeOrder(shop.deps(), { ...cart, idempotencyKey: 'spend', externalId: 'spend' });
  expect(spent.ok).toBe(true);
  await shop.pool.query("update products set name = 'Renamed', price_minor = 1");
  for (const id of [decisionId, offers.decisionId, spent.ok ? (spent.value.evaluated?.decisionId ?? '') : '']) {
    const decision = await findDecision(shop.deps(), id);
    if (!decision) throw new Error('no decision');
    expect(isReplayIdentical(decision, shop.deps().secrets)).toBe(true);
    expect(decisionSteps(decision).map(({ label }) => label.en)).toContain('15% off Snack 7, Snack 1 and 3 more');
    expect(JSON.stringify(decision)).not.toContain('salt of tests');
    const forged = { ...decision, input: { ...decision.input, promotions: [] } };
    expect(isReplayIdentical(forged, shop.deps().secrets)).toBe(false);
  }
});

test('a decision about a shopper who was erased is found and says that it cannot be made again', async () => {
  const cart = { currency: 'EUR', userExternalId: 'u-2', lines: [{ sku: 'S-1', quantity: 1 }] };
  const evaluated = await evaluateCart(shop.deps(), cart);
  const offers = await offersFor(shop.deps(), { userExternalId: 'u-2', anonymousId: null });
  await eraseUser(shop.deps(), 'u-2');
  for (const id of [evaluated.ok ? evaluated.value.decisionId : '', offers.decisionId]) {
    const decision = await findDecision(shop.deps(), id);
    if (!decision) throw new Error('no decision');
    expect(decisionSteps(decision)).toEqual([]);
    expect(isReplayIdentical(decision, shop.deps().secrets)).toBe(false);
  }
});

test('a text that the database cannot keep costs no other shopper their decision', async () => {
  const cart = { currency: 'EUR', lines: [{ sku: 'S-1', quantity: 1 }] };
  const good = await evaluateCart(shop.deps(), { ...cart, userExternalId: 'u-3' });
  await evaluateCart(shop.deps(), { ...cart, paymentMethod: 'nul\0' });
  expect(good.ok && (await findDecision(shop.deps(), good.value.decisionId))).toMatchObject({ kind: 'evaluate_cart' });
});
