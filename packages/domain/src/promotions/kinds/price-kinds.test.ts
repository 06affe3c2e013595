import { describe, expect, test } from 'vitest';
import { PromotionRule, promotionSentence, ruleDepthBasisPoints } from '../promotion-rule.ts';
import { ALL, aCart, aLine, aPromotion, evaluate, finals, reasons } from '../test-carts.ts';

const isValid = (rule: unknown) => PromotionRule.safeParse(rule).success;

describe('fixed price', () => {
  const rule: PromotionRule = { kind: 'fixed_price', prices: { EUR: 700 }, scope: ALL };

  test('every unit costs it; what is cheaper already stays', () => {
    const cart = aCart([aLine('a', { quantity: 3 }), aLine('b', { unitPriceMinor: 699 }), aLine('c', { unitPriceMinor: 700 })]);
    expect(finals(cart, [aPromotion('p', rule)])).toEqual([2_100, 699, 700]);
    expect(reasons(aCart([aLine('c', { unitPriceMinor: 700 })]), [aPromotion('p', rule)])).toEqual([['p', 'NO_SAVING']]);
  });

  test('another currency has no price', () => {
    const dollars = aPromotion('p', rule, { currency: 'USD' });
    expect(evaluate(aCart([aLine('a')], { currency: 'USD' }), [dollars]).rejected).toMatchObject([
      { reason: 'WRONG_CURRENCY', required: 'EUR', actual: 'USD' },
    ]);
  });

  test('depth and words', () => {
    expect(ruleDepthBasisPoints(rule, 'A', { currency: 'EUR', priceOf: () => 1_000 })).toBe(3_000);
    expect(ruleDepthBasisPoints(rule, 'A', { currency: 'EUR', priceOf: () => null })).toBe(0);
    expect(promotionSentence(rule)).toEqual({ en: 'everything for €7.00 each', zh: '全部商品一口价 €7.00' });
  });
});

describe('volume price', () => {
  const rule = (countedBy: 'product' | 'scope'): PromotionRule => ({
    kind: 'volume_price',
    volumeTiers: [
      { quantity: 3, prices: { EUR: 900 } },
      { quantity: 6, prices: { EUR: 800 } },
    ],
    countedBy,
    scope: ALL,
  });

  test.each([
    [2, 2_000],
    [3, 2_700],
    [5, 4_500],
    [6, 4_800],
    [7, 5_600],
  ])('%i units cost %i', (quantity, expected) => {
    expect(finals(aCart([aLine('a', { quantity })]), [aPromotion('p', rule('product'))])).toEqual([expected]);
  });

  test('units of one product count over its lines; several products count together only where the rule says so', () => {
    const two = aCart([aLine('a', { sku: 'A', quantity: 2 }), aLine('b', { sku: 'A' }), aLine('c', { quantity: 3 })]);
    expect(finals(two, [aPromotion('p', rule('product'))])).toEqual([1_800, 900, 2_700]);
    expect(finals(two, [aPromotion('p', rule('scope'))])).toEqual([1_600, 800, 2_400]);
  });

  test('says what is missing to the first price and to the next', () => {
    const hints = (quantity: number) => evaluate(aCart([aLine('a', { quantity })]), [aPromotion('p', rule('product'))]).nearMisses;
    expect(hints(2)).toMatchObject([{ missingQuantity: 1, sku: 'A', required: 3 }]);
    expect(hints(4)).toMatchObject([{ missingQuantity: 2, sku: 'A', required: 6 }]);
    expect(hints(6)).toEqual([]);
    expect(reasons(aCart([aLine('a', { quantity: 2 })]), [aPromotion('p', rule('product'))])).toEqual([['p', 'TOO_FEW_UNITS']]);
  });

  test('prices must fall while quantities rise, in the same currencies', () => {
    const tiers = (...prices: [number, Record<string, number>][]) => ({
      ...rule('scope'),
      volumeTiers: prices.map(([quantity, amounts]) => ({ quantity, prices: amounts })),
    });
    expect(isValid(tiers([3, { EUR: 900 }], [6, { EUR: 899 }]))).toBe(true);
    expect(isValid(tiers([3, { EUR: 900 }], [6, { EUR: 900 }]))).toBe(false);
    expect(isValid(tiers([3, { EUR: 900 }], [3, { EUR: 800 }]))).toBe(false);
    expect(isValid(tiers([3, { EUR: 900 }], [6, { USD: 800 }]))).toBe(false);
    expect(isValid(tiers([3, { EUR: 900 }], [6, { EUR: 800, USD: 800 }]))).toBe(false);
  });
});

describe('reduced shipping', () => {
  const cart = aCart([aLine('a', { quantity: 2 })], { shippingMinor: 490 });
  const off = (rule: object, shop = cart) =>
    evaluate(shop, [aPromotion('p', PromotionRule.parse({ kind: 'reduced_shipping', scope: ALL, ...rule }))]);

  test.each<[string, object, number]>([
    ['half of it', { basisPoints: 5_000 }, 245],
    ['half of it, at most 2.00', { basisPoints: 5_000, maximumAmounts: { EUR: 200 } }, 200],
    ['3.00', { amounts: { EUR: 300 } }, 300],
    ['more than it costs', { amounts: { EUR: 900 } }, 490],
    ['from 20.00, reached exactly', { amounts: { EUR: 300 }, minimumSpend: { EUR: 2_000 } }, 300],
  ])('%s', (_, rule, expected) => {
    const { totals } = off(rule);
    expect(totals).toMatchObject({ shippingDiscountMinor: expected, discountMinor: 0, totalMinor: 2_490 - expected });
  });

  test.each<[string, object, string]>([
    ['below the minimum', { amounts: { EUR: 300 }, minimumSpend: { EUR: 2_001 } }, 'BELOW_THRESHOLD'],
    ['amount of another currency', { amounts: { USD: 300 } }, 'WRONG_CURRENCY'],
    ['maximum of another currency', { basisPoints: 100, maximumAmounts: { USD: 300 } }, 'WRONG_CURRENCY'],
    ['rounded to nothing', { basisPoints: 1 }, 'NO_SAVING'],
  ])('%s', (_, rule, reason) => {
    expect(off(rule).rejected.map((rejected) => rejected.reason)).toEqual([reason]);
  });

  test('needs a percentage or amounts, not both', () => {
    const kind = { kind: 'reduced_shipping', scope: ALL };
    expect(isValid(kind)).toBe(false);
    expect(isValid({ ...kind, basisPoints: 1, amounts: { EUR: 1 } })).toBe(false);
    expect(isValid({ ...kind, amounts: { EUR: 1 }, maximumAmounts: { EUR: 1 } })).toBe(false);
  });
});

describe('spend more, save more in two currencies', () => {
  const tier = (spendMinor: number, amountMinor: number) => ({ spendMinor, reward: { unit: 'amount' as const, amountMinor } });
  const rule: PromotionRule = {
    kind: 'spend_x_get_y_off',
    currency: 'EUR',
    tiers: [tier(1_000, 100)],
    otherTiers: { JPY: [tier(500, 70)] },
    scope: ALL,
  };

  test('each cart gets the tiers of its own currency; without any there is no discount', () => {
    const saves = (currency: string) => evaluate(aCart([aLine('a')], { currency }), [aPromotion('p', rule, { currency })]);
    expect(saves('EUR').totals.discountMinor).toBe(100);
    expect(saves('JPY').totals.discountMinor).toBe(70);
    expect(saves('USD').rejected).toMatchObject([{ reason: 'WRONG_CURRENCY', required: 'EUR,JPY', actual: 'USD' }]);
    expect(promotionSentence(rule).en).toBe('¥70 off from ¥500, €1.00 off from €10.00 of everything');
  });
});
