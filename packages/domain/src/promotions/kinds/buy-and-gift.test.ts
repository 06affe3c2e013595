import { describe, expect, test } from 'vitest';
import { namedInSentence, PromotionRule, promotionSentence, ruleDepthBasisPoints } from '../promotion-rule.ts';
import { ALL, aCart, aLine, aPromotion, evaluate, finals, reasons } from '../test-carts.ts';

type Mode = 'cheapest' | 'dearest' | 'same' | 'set';

describe('buy some, get some', () => {
  const rule = (mode: Mode | undefined, skus?: string[]): PromotionRule => ({
    kind: 'buy_x_get_y',
    buyQuantity: 2,
    getQuantity: 1,
    basisPoints: 5_000,
    ...(mode && { mode }),
    scope: skus ? { kind: 'skus', skus } : ALL,
  });
  const costless = { costMinor: 0 };
  const cart = aCart([
    aLine('a', { ...costless, quantity: 3, unitPriceMinor: 1_000 }),
    aLine('b', { ...costless, quantity: 2, unitPriceMinor: 600 }),
    aLine('c', { ...costless, unitPriceMinor: 200 }),
  ]);

  // Six units make two groups; three A make one group of the same product; one A, B and C make one set.
  test.each<[string, PromotionRule, number[]]>([
    ['no mode: the cheapest', rule(undefined), [3_000, 900, 100]],
    ['the cheapest', rule('cheapest'), [3_000, 900, 100]],
    ['the dearest', rule('dearest'), [2_000, 1_200, 200]],
    ['the same product', rule('same'), [2_500, 1_200, 200]],
    ['a set', rule('set', ['A', 'B', 'C']), [3_000, 1_200, 100]],
  ])('%s', (_, wanted, expected) => {
    expect(finals(cart, [aPromotion('p', wanted)])).toEqual(expected);
  });

  test('sets are as many as the scarcest product has units', () => {
    const twice = aCart(cart.lines.map((line) => ({ ...line, quantity: 2 })));
    expect(finals(twice, [aPromotion('p', rule('set', ['A', 'B', 'C']))])).toEqual([2_000, 1_200, 200]);
    const without = aCart(cart.lines.filter(({ sku }) => sku !== 'B'));
    expect(evaluate(without, [aPromotion('p', rule('set', ['A', 'B', 'C']))]).rejected).toMatchObject([
      { reason: 'TOO_FEW_UNITS', required: 3, actual: 2 },
    ]);
  });

  test('of the same product, two of each are too few, and the hint names one', () => {
    const pairs = aCart([aLine('a', { quantity: 2 }), aLine('b')]);
    const seen = evaluate(pairs, [aPromotion('p', rule('same'))]);
    expect(seen.rejected).toMatchObject([{ reason: 'TOO_FEW_UNITS', required: 3, actual: 2 }]);
    expect(seen.nearMisses).toMatchObject([{ missingQuantity: 1, sku: 'A' }]);
  });

  test('a set names as many products as are bought and got', () => {
    expect(PromotionRule.safeParse(rule('set', ['A', 'B'])).success).toBe(false);
    expect(PromotionRule.safeParse(rule('set', ['A', 'B', 'B'])).success).toBe(false);
    expect(PromotionRule.safeParse(rule('set')).success).toBe(false);
  });

  test('depth: the dearest may carry it all; of a set the cheapest carry it', () => {
    const prices = { currency: 'EUR', priceOf: (sku: string) => ({ A: 1_000, B: 600, C: 200 })[sku] ?? null };
    const depth = (mode: Mode, sku: string) => ruleDepthBasisPoints(rule(mode, ['A', 'B', 'C']), sku, prices);
    expect([depth('cheapest', 'A'), depth('same', 'A'), depth('dearest', 'A')]).toEqual([1_667, 1_667, 5_000]);
    expect([depth('set', 'A'), depth('set', 'B'), depth('set', 'C')]).toEqual([0, 0, 5_000]);
  });

  test('words', () => {
    expect(promotionSentence(rule('same')).en).toBe('Buy 2, get 1 at 50% off of the same product: everything');
    expect(promotionSentence(rule('dearest')).zh).toBe('全部商品（最贵的优惠）买 2 后 1 件减 50%');
  });
});

describe('a gift chosen among several', () => {
  const rule: PromotionRule = {
    kind: 'free_gift',
    giftSku: 'MUG',
    otherGiftSkus: ['PEN', 'BAG'],
    giftQuantity: 1,
    minimumSpend: { EUR: 1_000 },
    scope: ALL,
  };
  const supply = (sku: string, stock: number | null, costMinor: number | null = 300) => ({ sku, name: sku, stock, costMinor });
  const gifts = [supply('MUG', 1), supply('PEN', 5, 50), supply('BAG', 0)];
  const given = (chosenGiftSkus: string[] | undefined, supplies = gifts) =>
    evaluate(aCart([aLine('a', { quantity: 2 })], { chosenGiftSkus }), [aPromotion('p', rule, { gifts: supplies })]);

  test.each<[string, string[] | undefined, string]>([
    ['without a choice the first in stock', undefined, 'MUG'],
    ['the chosen one', ['PEN'], 'PEN'],
    ['a choice of something else is none', ['CAR'], 'MUG'],
    ['a choice that is out of stock gives the first in stock', ['BAG'], 'MUG'],
  ])('%s', (_, chosen, expected) => {
    const { gifts: got, totals } = given(chosen);
    expect(got.map(({ sku }) => sku)).toEqual([expected]);
    expect(got[0]?.otherSkus).toEqual([expected === 'MUG' ? 'PEN' : 'MUG']);
    expect(totals).toMatchObject({ totalMinor: 2_000, giftCostMinor: expected === 'MUG' ? 300 : 50 });
  });

  test('unknown costs are passed over, and nothing in stock is no gift', () => {
    expect(given(undefined, [supply('MUG', 1, null), supply('PEN', 1)]).gifts.map(({ sku }) => sku)).toEqual(['PEN']);
    expect(given(undefined, [supply('MUG', 1, null)]).rejected).toMatchObject([{ reason: 'COST_UNKNOWN' }]);
    expect(given(undefined, [supply('MUG', 0), supply('BAG', 0)]).rejected).toMatchObject([
      { reason: 'GIFT_OUT_OF_STOCK', required: 1, actual: 0 },
    ]);
  });

  test('two promotions never give the same piece: the second gives the next', () => {
    const two = [aPromotion('p', rule, { gifts }), aPromotion('q', rule, { gifts })];
    expect(evaluate(aCart([aLine('a', { quantity: 2 })]), two).gifts.map(({ sku, promotionId }) => [promotionId, sku])).toEqual([
      ['p', 'MUG'],
      ['q', 'PEN'],
    ]);
    const mugs = two.map((promotion) => ({ ...promotion, gifts: [supply('MUG', 1)] }));
    expect(reasons(aCart([aLine('a', { quantity: 2 })]), mugs)).toEqual([['q', 'GIFT_OUT_OF_STOCK']]);
  });

  test('words name every choice', () => {
    expect(promotionSentence(rule, { products: { MUG: 'Mug', PEN: 'Pen' } }).en).toBe('Free Mug or Pen or BAG with everything from €10.00');
    expect(namedInSentence(rule).skus).toEqual(['MUG', 'PEN', 'BAG']);
  });
});
