import { describe, expect, test } from 'vitest';
import { isHeldOut } from '../shared/hashing.ts';
import type { CartLine } from './cart.ts';
import { Cart } from './cart.ts';
import { evaluateCart } from './evaluate-cart.ts';
import type { EvaluationContext, LivePromotion } from './live-promotion.ts';
import { PromotionRule } from './promotion-rule.ts';
import type { Scope } from './scope.ts';

const NOW = new Date('2026-03-01T12:00:00Z');
const ALL = { kind: 'all' } as const;

const aLine = (id: string, changes: Partial<CartLine> = {}): CartLine => ({
  id,
  sku: id.toUpperCase(),
  quantity: 1,
  unitPriceMinor: 1_000,
  costMinor: 100,
  floorMinor: null,
  categoryKeys: ['snacks'],
  stock: null,
  ...changes,
});
const aCart = (lines: CartLine[], changes: Partial<Cart> = {}): Cart => Cart.parse({ currency: 'EUR', lines, ...changes });
const aPromotion = (id: string, rule: PromotionRule, changes: Partial<LivePromotion> = {}): LivePromotion => ({
  campaignId: `c-${id}`,
  campaignVersion: 1,
  promotionId: id,
  rule: PromotionRule.parse(rule),
  priority: 0,
  exclusive: false,
  audience: { kind: 'all' },
  startsAt: new Date('2026-03-01T00:00:00Z'),
  endsAt: new Date('2026-03-08T00:00:00Z'),
  timeZone: 'UTC',
  holdout: { salt: 's', basisPoints: 0 },
  currency: 'EUR',
  maxDiscountMinor: null,
  remainingBudgetMinor: null,
  onBudgetShort: 'partial',
  remainingUses: null,
  remainingUserUses: null,
  remainingUnits: null,
  requiredCodes: null,
  gift: null,
  isKilled: false,
  ...changes,
});
const aContext = (
  changes: { now?: Date; user?: Partial<EvaluationContext['user']>; settings?: Partial<EvaluationContext['settings']> } = {},
): EvaluationContext => ({
  now: changes.now ?? NOW,
  user: { key: 'user:1', segmentKeys: [], ...changes.user },
  settings: { maxDepthBasisPoints: 10_000, marginFloorBasisPoints: 0, rounding: 'half-even', ...changes.settings },
});
const percent = (basisPoints: number, scope: Scope = ALL): PromotionRule => ({ kind: 'percent_off', basisPoints, scope });
const evaluate = (cart: Cart, promotions: LivePromotion[], context = aContext()) => evaluateCart(cart, promotions, context);
const saved = (cart: Cart, promotions: LivePromotion[], context = aContext()) =>
  evaluate(cart, promotions, context).applied.map(({ promotionId, amountMinor }) => [promotionId, amountMinor]);
const reasons = (cart: Cart, promotions: LivePromotion[], context = aContext()) =>
  evaluate(cart, promotions, context).rejected.map(({ promotionId, reason }) => [promotionId, reason]);
const finals = (cart: Cart, promotions: LivePromotion[], context = aContext()) =>
  evaluate(cart, promotions, context).lines.map(({ finalMinor }) => finalMinor);

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

describe('gifts', () => {
  const rule: PromotionRule = { kind: 'free_gift', giftSku: 'MUG', giftQuantity: 1, minimumSpend: { EUR: 1_000 }, scope: ALL };
  const gift = { sku: 'MUG', name: 'Mug', stock: 1, costMinor: 300 };
  const cart = aCart([aLine('a')]);

  test('is given once, costs the budget, and is never revenue', () => {
    const { gifts, totals, applied } = evaluate(cart, [aPromotion('p', rule, { gift }), aPromotion('q', rule, { gift })]);
    expect(gifts).toEqual([{ sku: 'MUG', name: 'Mug', quantity: 1, costMinor: 300, promotionId: 'p', campaignId: 'c-p' }]);
    expect(totals).toMatchObject({ subtotalMinor: 1_000, discountMinor: 0, totalMinor: 1_000, giftCostMinor: 300 });
    expect(applied).toMatchObject([{ amountMinor: 0, budgetMinor: 300 }]);
  });

  test.each<[string, Partial<LivePromotion>, string]>([
    ['no stock', { gift: { ...gift, stock: 0 } }, 'GIFT_OUT_OF_STOCK'],
    ['unknown gift', { gift: null }, 'GIFT_OUT_OF_STOCK'],
    ['unknown cost', { gift: { ...gift, costMinor: null } }, 'COST_UNKNOWN'],
    ['budget one unit short', { gift, remainingBudgetMinor: 299 }, 'BUDGET_EXHAUSTED'],
    ['margin of 900 cannot pay for 901', { gift: { ...gift, costMinor: 901 } }, 'BELOW_FLOOR'],
  ])('%s', (_, changes, reason) => {
    expect(reasons(cart, [aPromotion('p', rule, changes)])).toEqual([['p', reason]]);
  });

  test('a later discount cannot take the margin that pays for the gift', () => {
    expect(saved(cart, [aPromotion('p', rule, { gift, priority: 1 }), aPromotion('q', percent(10_000))])).toEqual([
      ['p', 0],
      ['q', 600],
    ]);
  });
});

describe('limits', () => {
  const cart = aCart([aLine('a'), aLine('b')]);

  test('15% and 15% under a limit of 20% give 20%', () => {
    const { totals, applied } = evaluate(
      cart,
      [aPromotion('p', percent(1_500)), aPromotion('q', percent(1_500))],
      aContext({ settings: { maxDepthBasisPoints: 2_000 } }),
    );
    expect(totals.discountMinor).toBe(400);
    expect(applied.map(({ limitedBy }) => limitedBy)).toEqual([null, 'DEPTH']);
  });

  test('10% and then 20% from 20.00: the first leaves 18.00, so the second is rejected', () => {
    const second: PromotionRule = {
      kind: 'spend_x_get_y_off',
      currency: 'EUR',
      tiers: [{ spendMinor: 2_000, reward: { unit: 'percent', basisPoints: 2_000 } }],
      scope: ALL,
    };
    expect(saved(cart, [aPromotion('p', percent(1_000), { priority: 2 }), aPromotion('q', second)])).toEqual([['p', 200]]);
    expect(saved(cart, [aPromotion('p', percent(1_000)), aPromotion('q', second, { priority: 2 })])).toEqual([
      ['q', 400],
      ['p', 160],
    ]);
  });

  test('the floor is the larger of own floor and cost with margin: 950 ÷ 0.95 = 1,000', () => {
    const settings = { marginFloorBasisPoints: 500 };
    const lines = [
      aLine('a', { unitPriceMinor: 1_200, costMinor: 950 }),
      aLine('b', { unitPriceMinor: 1_200, costMinor: 1, floorMinor: 1_100 }),
    ];
    expect(finals(aCart(lines), [aPromotion('p', percent(5_000))], aContext({ settings }))).toEqual([1_000, 1_100]);
  });

  test('a price below its floor already is left alone', () => {
    expect(reasons(aCart([aLine('a', { costMinor: 1_001 })]), [aPromotion('p', percent(1_000))])).toEqual([['p', 'BELOW_FLOOR']]);
  });

  test('a percentage does not move to another line, an amount does', () => {
    const lines = [aLine('a', { costMinor: 990 }), aLine('b', { costMinor: 0 })];
    expect(finals(aCart(lines), [aPromotion('p', percent(1_000))])).toEqual([990, 900]);
    expect(finals(aCart(lines), [aPromotion('p', { kind: 'amount_off', amounts: { EUR: 200 }, minimumSpend: null, scope: ALL })])).toEqual([
      990, 810,
    ]);
  });

  test('an unknown cost is never discounted', () => {
    expect(finals(aCart([aLine('a', { costMinor: null }), aLine('b')]), [aPromotion('p', percent(1_000))])).toEqual([1_000, 900]);
    expect(reasons(aCart([aLine('a', { costMinor: null })]), [aPromotion('p', percent(1_000))])).toEqual([['p', 'COST_UNKNOWN']]);
  });

  test('a short budget gives the rest or nothing, and promotions of one campaign share it', () => {
    expect(saved(cart, [aPromotion('p', percent(1_000), { remainingBudgetMinor: 150 })])).toEqual([['p', 150]]);
    expect(reasons(cart, [aPromotion('p', percent(1_000), { remainingBudgetMinor: 199, onBudgetShort: 'refuse' })])).toEqual([
      ['p', 'BUDGET_EXHAUSTED'],
    ]);
    expect(saved(cart, [aPromotion('p', percent(1_000), { remainingBudgetMinor: 200, onBudgetShort: 'refuse' })])).toEqual([['p', 200]]);
    const shared = { campaignId: 'c', remainingBudgetMinor: 250 };
    expect(saved(cart, [aPromotion('p', percent(1_000), shared), aPromotion('q', percent(1_000), shared)])).toEqual([
      ['p', 200],
      ['q', 50],
    ]);
  });

  test('at most so much per cart', () => {
    expect(saved(cart, [aPromotion('p', percent(1_000), { maxDiscountMinor: 70 })])).toEqual([['p', 70]]);
  });

  test('exclusive means alone, save for its own campaign', () => {
    const exclusive = { exclusive: true, campaignId: 'x' };
    expect(saved(cart, [aPromotion('p', percent(1_000), { ...exclusive, priority: 1 }), aPromotion('q', percent(1_000))])).toEqual([
      ['p', 200],
    ]);
    expect(reasons(cart, [aPromotion('p', percent(1_000), exclusive), aPromotion('q', percent(1_000), { priority: 1 })])).toEqual([
      ['p', 'CANNOT_COMBINE'],
    ]);
    expect(saved(cart, [aPromotion('p', percent(1_000), exclusive), aPromotion('q', percent(1_000), exclusive)])).toEqual([
      ['p', 200],
      ['q', 180],
    ]);
  });
});

describe('who and when', () => {
  const cart = aCart([aLine('a')]);

  test.each<[string, Partial<LivePromotion>, string]>([
    ['killed', { isKilled: true }, 'KILLED'],
    ['one ms before the start', { startsAt: new Date(NOW.getTime() + 1) }, 'NOT_STARTED'],
    ['at the end', { endsAt: NOW }, 'ENDED'],
    ['other currency', { currency: 'JPY' }, 'WRONG_CURRENCY'],
    ['other segment', { audience: { kind: 'segments', segmentKeys: ['loyal'] } }, 'NOT_IN_AUDIENCE'],
    ['held out', { holdout: { salt: 's', basisPoints: 10_000 } }, 'HELD_OUT'],
    ['needs a code', { requiredCodes: ['X'] }, 'CODE_REQUIRED'],
    ['user limit', { remainingUserUses: 0 }, 'USER_LIMIT_REACHED'],
    ['used up', { remainingUses: 0 }, 'USES_EXHAUSTED'],
    ['no budget', { remainingBudgetMinor: 0 }, 'BUDGET_EXHAUSTED'],
    ['two true reasons give the first', { isKilled: true, endsAt: NOW, remainingUses: 0 }, 'KILLED'],
  ])('%s', (_, changes, reason) => {
    expect(reasons(cart, [aPromotion('p', percent(1_000), changes)])).toEqual([['p', reason]]);
  });

  test('applies from its first instant until just before its end', () => {
    expect(saved(cart, [aPromotion('p', percent(1_000), { startsAt: NOW, endsAt: new Date(NOW.getTime() + 1) })])).toEqual([['p', 100]]);
  });

  test('held-out users get nothing, typed code or not; others do; nobody known is outside', () => {
    const coded = aPromotion(
      'p',
      { kind: 'coupon', code: 'SPRING', basisPoints: 1_000, maximumAmounts: { EUR: 900 }, minimumSpend: null, scope: ALL },
      { holdout: { salt: 'abc', basisPoints: 1_000 } },
    );
    const typed = aCart([aLine('a')], { codes: ['SPRING'] });
    for (let index = 0; index < 200; index += 1) {
      const key = `user:${index}`;
      const expected = isHeldOut('abc', key, 1_000) ? [['p', 'HELD_OUT']] : [];
      expect(reasons(typed, [coded], aContext({ user: { key } }))).toEqual(expected);
    }
    expect(reasons(typed, [coded], aContext({ user: { key: null } }))).toEqual([]);
    expect(reasons(typed, [coded], aContext({ user: { key: null, heldOutOfCampaignIds: ['c-p'] } }))).toEqual([['p', 'HELD_OUT']]);
  });

  test('the shop-wide kill switch stops everything', () => {
    expect(reasons(cart, [aPromotion('p', percent(1_000))], aContext({ settings: { killSwitch: true } }))).toEqual([['p', 'KILLED']]);
  });
});

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

test.each<[string, unknown]>([
  ['quantity 0', [aLine('a', { quantity: 0 })]],
  ['negative price', [aLine('a', { unitPriceMinor: -1 })]],
  ['half a minor unit', [aLine('a', { unitPriceMinor: 0.5 })]],
  ['a line id twice', [aLine('a'), aLine('a')]],
])('a cart with %s is refused', (_, lines) => {
  expect(Cart.safeParse({ currency: 'EUR', lines }).success).toBe(false);
  expect(Cart.safeParse({ currency: 'EURO', lines: [] }).success).toBe(false);
});
