import { describe, expect, test } from 'vitest';
import { isHeldOut } from '../shared/hashing.ts';
import { Cart } from './cart.ts';
import type { LivePromotion } from './live-promotion.ts';
import type { PromotionRule } from './promotion-rule.ts';
import { NOW, ALL, aLine, aCart, aPromotion, aContext, percent, evaluate, saved, reasons, finals } from './test-carts.ts';

describe('gifts', () => {
  const rule: PromotionRule = { kind: 'free_gift', giftSku: 'MUG', giftQuantity: 1, minimumSpend: { EUR: 1_000 }, scope: ALL };
  const gift = { sku: 'MUG', name: 'Mug', stock: 1, costMinor: 300 };
  const cart = aCart([aLine('a')]);

  test('is given once, costs the budget, and is never revenue', () => {
    const { gifts, totals, applied } = evaluate(cart, [aPromotion('p', rule, { gifts: [gift] }), aPromotion('q', rule, { gifts: [gift] })]);
    expect(gifts).toEqual([{ sku: 'MUG', name: 'Mug', quantity: 1, costMinor: 300, promotionId: 'p', campaignId: 'c-p' }]);
    expect(totals).toMatchObject({ subtotalMinor: 1_000, discountMinor: 0, totalMinor: 1_000, giftCostMinor: 300 });
    expect(applied).toMatchObject([{ amountMinor: 0, budgetMinor: 300 }]);
  });

  test.each<[string, Partial<LivePromotion>, string]>([
    ['no stock', { gifts: [{ ...gift, stock: 0 }] }, 'GIFT_OUT_OF_STOCK'],
    ['unknown gift', { gifts: [] }, 'GIFT_OUT_OF_STOCK'],
    ['unknown cost', { gifts: [{ ...gift, costMinor: null }] }, 'COST_UNKNOWN'],
    ['budget one unit short', { gifts: [gift], remainingBudgetMinor: 299 }, 'BUDGET_EXHAUSTED'],
    ['margin of 900 cannot pay for 901', { gifts: [{ ...gift, costMinor: 901 }] }, 'BELOW_FLOOR'],
  ])('%s', (_, changes, reason) => {
    expect(reasons(cart, [aPromotion('p', rule, changes)])).toEqual([['p', reason]]);
  });

  test('a later discount cannot take the margin that pays for the gift', () => {
    expect(saved(cart, [aPromotion('p', rule, { gifts: [gift], priority: 1 }), aPromotion('q', percent(10_000))])).toEqual([
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

test.each<[string, unknown]>([
  ['quantity 0', [aLine('a', { quantity: 0 })]],
  ['negative price', [aLine('a', { unitPriceMinor: -1 })]],
  ['half a minor unit', [aLine('a', { unitPriceMinor: 0.5 })]],
  ['a line id twice', [aLine('a'), aLine('a')]],
])('a cart with %s is refused', (_, lines) => {
  expect(Cart.safeParse({ currency: 'EUR', lines }).success).toBe(false);
  expect(Cart.safeParse({ currency: 'EURO', lines: [] }).success).toBe(false);
});
