import { describe, expect, test } from 'vitest';
import type { LivePromotion } from './live-promotion.ts';
import type { PromotionRule } from './promotion-rule.ts';
import { ALL, aLine, aCart, aPromotion, aContext, percent, evaluate, saved, reasons, finals } from './test-carts.ts';

describe('each kind', () => {
  const two = aCart([aLine('a', { quantity: 2 }), aLine('b', { unitPriceMinor: 500, categoryKeys: ['tea'] })]); // 2,000 + 500

  test.each<[string, PromotionRule, number[]]>([
    ['10% off all', percent(1_000), [1_800, 450]],
    ['10% off one category', percent(1_000, { kind: 'categories', categoryKeys: ['tea'] }), [2_000, 450]],
    ['10% off one sku', percent(1_000, { kind: 'skus', skus: ['A'] }), [1_800, 500]],
    ['5.00 off, spread by value 4:1', { kind: 'amount_off', amounts: { EUR: 500 }, minimumSpend: null, scope: ALL }, [1_600, 400]],
    [
      '5.00 off from 25.00, reached exactly',
      { kind: 'amount_off', amounts: { EUR: 500 }, minimumSpend: { EUR: 2_500 }, scope: ALL },
      [1_600, 400],
    ],
    [
      'the higher tier',
      {
        kind: 'spend_x_get_y_off',
        currency: 'EUR',
        tiers: [
          { spendMinor: 1_000, reward: { unit: 'percent', basisPoints: 500 } },
          { spendMinor: 2_500, reward: { unit: 'percent', basisPoints: 1_000 } },
        ],
        scope: ALL,
      },
      [1_800, 450],
    ],
    [
      'the lower tier',
      {
        kind: 'spend_x_get_y_off',
        currency: 'EUR',
        tiers: [
          { spendMinor: 1_000, reward: { unit: 'amount', amountMinor: 250 } },
          { spendMinor: 2_501, reward: { unit: 'amount', amountMinor: 900 } },
        ],
        scope: ALL,
      },
      [1_800, 450],
    ],
    [
      'A + B together for 12.00: saves 3.00 of one A and one B',
      {
        kind: 'bundle_price',
        pieces: [
          { sku: 'A', quantity: 1 },
          { sku: 'B', quantity: 1 },
        ],
        prices: { EUR: 1_200 },
      },
      [1_800, 400],
    ],
    ['flash sale of one unit: the dearest', { kind: 'flash_sale', basisPoints: 1_000, stockCapUnits: 1, scope: ALL }, [1_900, 500]],
    ['flash sale of all units', { kind: 'flash_sale', basisPoints: 1_000, stockCapUnits: 9, scope: ALL }, [1_800, 450]],
    [
      'pre-sale for 8.00',
      { kind: 'pre_sale', sku: 'A', prices: { EUR: 800 }, launchesAt: '2026-03-02T00:00:00Z', depositBasisPoints: 2_000 },
      [1_600, 500],
    ],
    [
      'buy 2 get 1 free: the cheapest',
      { kind: 'buy_x_get_y', buyQuantity: 2, getQuantity: 1, basisPoints: 10_000, scope: ALL },
      [2_000, 100],
    ],
  ])('%s', (_, rule, expected) => {
    // The cost of 100 a unit is a floor: the free unit of the last row stops there.
    expect(finals(two, [aPromotion('p', rule)])).toEqual(expected);
  });

  test('a coupon gives min(fixed, percent) and needs its code, whatever its case', () => {
    const rule: PromotionRule = {
      kind: 'coupon',
      code: 'Spring',
      basisPoints: 1_000,
      maximumAmounts: { EUR: 200 },
      minimumSpend: null,
      scope: ALL,
    };
    const withCode = (price: number) => aCart([aLine('a', { unitPriceMinor: price })], { codes: [' spring '] });
    expect(saved(withCode(1_999), [aPromotion('p', rule)])).toEqual([['p', 200]]);
    expect(saved(withCode(1_500), [aPromotion('p', rule)])).toEqual([['p', 150]]);
    expect(saved(withCode(5_000), [aPromotion('p', rule)])).toEqual([['p', 200]]);
    expect(reasons(two, [aPromotion('p', rule)])).toEqual([['p', 'CODE_REQUIRED']]);
    expect(evaluate(aCart([aLine('a')], { codes: ['spring', 'SPRING', 'nope'] }), [aPromotion('p', rule)]).codes).toMatchObject([
      { code: 'NOPE', status: 'UNKNOWN', promotionId: null },
      { code: 'SPRING', status: 'APPLIED', promotionId: 'p' },
    ]);
    const heldOut = evaluate(withCode(1_000), [aPromotion('p', rule, { holdout: { salt: 's', basisPoints: 10_000 } })]);
    expect(heldOut.rejected).toMatchObject([{ promotionId: 'p', reason: 'HELD_OUT', code: 'SPRING' }]);
    expect(heldOut.codes).toMatchObject([{ code: 'SPRING', status: 'REJECTED', promotionId: 'p', reason: 'HELD_OUT' }]);
    expect(evaluate(two, [aPromotion('p', rule)]).rejected).toMatchObject([{ reason: 'CODE_REQUIRED', code: null }]);
  });

  test('two promotions of one campaign are two uses: with one left, the second is not had', () => {
    const changes = { campaignId: 'c' };
    const pair = (left: Partial<LivePromotion>) => [
      aPromotion('p', percent(1_000), { ...changes, ...left }),
      aPromotion('q', percent(1_000), { ...changes, ...left }),
    ];
    expect(reasons(two, pair({ remainingUses: 1 }))).toEqual([['q', 'USES_EXHAUSTED']]);
    expect(reasons(two, pair({ remainingUserUses: 1 }))).toEqual([['q', 'USER_LIMIT_REACHED']]);
    expect(reasons(two, pair({ remainingUses: 2, remainingUserUses: 2 }))).toEqual([]);
  });

  test('free shipping takes off the shipping and nothing else', () => {
    const rule: PromotionRule = { kind: 'free_shipping', minimumSpend: { EUR: 2_000 }, scope: ALL };
    const { totals } = evaluate(aCart([aLine('a', { quantity: 2 })], { shippingMinor: 490 }), [aPromotion('p', rule)]);
    expect(totals).toMatchObject({ subtotalMinor: 2_000, discountMinor: 0, shippingDiscountMinor: 490, totalMinor: 2_000 });
    expect(reasons(aCart([aLine('a', { quantity: 2 })]), [aPromotion('p', rule)])).toEqual([['p', 'NO_SHIPPING_TO_PAY']]);
  });

  test('a pre-sale takes a deposit of the final price now and the balance later', () => {
    const rule: PromotionRule = {
      kind: 'pre_sale',
      sku: 'A',
      prices: { EUR: 800 },
      launchesAt: '2026-03-01T12:00:01Z',
      depositBasisPoints: 2_500,
    };
    const { deposits, totals } = evaluate(aCart([aLine('a'), aLine('b')]), [
      aPromotion('p', rule),
      aPromotion('q', percent(1_000), { priority: -1 }),
    ]);
    expect(deposits).toEqual([{ lineId: 'a', promotionId: 'p', depositMinor: 180, balanceMinor: 540 }]); // 800 − 10% = 720
    expect(totals.dueNowMinor).toBe(180 + 900);
    expect(reasons(aCart([aLine('a')]), [aPromotion('p', rule)], aContext({ now: new Date('2026-03-01T12:00:01Z') }))).toEqual([
      ['p', 'LAUNCHED'],
    ]);
  });
});
