import { describe, expect, test } from 'vitest';
import type { PromotionRule } from './promotion-rule.ts';
import { ALL, aLine, aCart, aPromotion, percent, evaluate } from './test-carts.ts';

describe('near misses', () => {
  test('says what is missing, in both languages', () => {
    const { nearMisses } = evaluate(aCart([aLine('a')]), [
      aPromotion('p', { kind: 'amount_off', amounts: { EUR: 300 }, minimumSpend: { EUR: 1_250 }, scope: ALL }),
    ]);
    expect(nearMisses).toMatchObject([{ promotionId: 'p', missingMinor: 250, missingQuantity: null, actual: 1_000, required: 1_250 }]);
    expect(nearMisses[0]?.message).toEqual({
      en: 'Add €2.50 more: €3.00 off everything from €12.50',
      zh: '再加 €2.50：全部商品满 €12.50 立减 €3.00',
    });
  });

  test('counts what other promotions take: after 10% the missing 2.50 is 2.78', () => {
    const cart = aCart([aLine('a')]);
    const promotions = [
      aPromotion('q', percent(1_000), { priority: 1 }),
      aPromotion('p', { kind: 'amount_off', amounts: { EUR: 300 }, minimumSpend: { EUR: 1_150 }, scope: ALL }),
    ];
    expect(evaluate(cart, promotions).nearMisses).toMatchObject([{ promotionId: 'p', missingMinor: 278 }]); // 900 + 278 − 28 = 1,150
  });

  test('names the lacking piece of a bundle, the units of a group, the next tier', () => {
    const promotions = [
      aPromotion('b', { kind: 'bundle_price', pieces: [{ sku: 'A', quantity: 2 }], prices: { EUR: 1_500 } }),
      aPromotion('g', { kind: 'buy_x_get_y', buyQuantity: 1, getQuantity: 1, basisPoints: 5_000, scope: ALL }),
      aPromotion(
        't',
        {
          kind: 'spend_x_get_y_off',
          currency: 'EUR',
          tiers: [
            { spendMinor: 500, reward: { unit: 'amount', amountMinor: 50 } },
            { spendMinor: 1_500, reward: { unit: 'amount', amountMinor: 200 } },
          ],
          scope: ALL,
        },
        { priority: 9 },
      ),
    ];
    const { nearMisses } = evaluate(aCart([aLine('a')]), promotions);
    expect(
      nearMisses.map(({ promotionId, missingMinor, missingQuantity, sku }) => [promotionId, missingMinor, missingQuantity, sku]),
    ).toEqual([
      ['t', 500, null, null],
      ['b', null, 1, 'A'],
      ['g', null, 1, 'A'],
    ]);
  });

  test('keeps silent where adding would not help', () => {
    const rule: PromotionRule = { kind: 'amount_off', amounts: { EUR: 300 }, minimumSpend: { EUR: 1_250 }, scope: ALL };
    expect(evaluate(aCart([aLine('a')]), [aPromotion('p', rule, { remainingBudgetMinor: 0 })]).nearMisses).toEqual([]);
    expect(evaluate(aCart([aLine('a', { costMinor: 1_000 })]), [aPromotion('p', rule)]).nearMisses).toEqual([]);
    expect(
      evaluate(aCart([aLine('a')]), [aPromotion('p', rule), aPromotion('x', percent(100), { exclusive: true, priority: 1 })]).nearMisses,
    ).toEqual([]);
  });
});
