import { describe, expect, test } from 'vitest';
import { evaluateCart } from './evaluate-cart.ts';
import { copyState, startState } from './evaluation-state.ts';
import type { LivePromotion } from './live-promotion.ts';
import { PromotionRule } from './promotion-rule.ts';
import { aCart, aContext, aLine, ALL, aPromotion, evaluate, percent } from './test-carts.ts';
import { drawCase } from './test-random-carts.ts';

const off = (amountMinor: number) => ({ kind: 'amount_off', amounts: { EUR: amountMinor }, minimumSpend: null, scope: ALL }) as const;
const best = (mode: 'best_for_shopper' | 'best_for_margin') => aContext({ settings: { promotionGroups: [{ key: 'g', mode }] } });
const given = (result: ReturnType<typeof evaluateCart>) => result.applied.reduce((sum, { budgetMinor }) => sum + budgetMinor, 0);

describe('groups with a best mode', () => {
  test('4,000 carts: the group gives what its best campaign gives alone', () => {
    let contests = 0;
    for (let seed = 0; seed < 4_000; seed += 1) {
      const { cart, promotions, context } = drawCase(seed);
      const mode = seed % 2 === 0 ? 'best_for_shopper' : 'best_for_margin';
      const members = promotions.map((promotion): LivePromotion => ({ ...promotion, group: 'g', exclusive: false }));
      const settings = { ...context.settings, separateGroups: [], promotionGroups: [{ key: 'g', mode } as const] };
      const alone = [...new Set(members.map(({ campaignId }) => campaignId))]
        .map((campaignId) =>
          evaluateCart(
            cart,
            members.filter((one) => one.campaignId === campaignId),
            { ...context, settings },
          ),
        )
        .filter(({ applied }) => applied.length > 0)
        .map(given);
      const together = given(evaluateCart(cart, members, { ...context, settings }));
      if (alone.length > 1) contests += 1;
      const wanted = alone.length === 0 ? 0 : mode === 'best_for_shopper' ? Math.max(...alone) : Math.min(...alone);
      if (together !== wanted) throw new Error(`cart ${seed}: ${mode} gives ${together}, not ${wanted}`);
    }
    expect(contests).toBeGreaterThan(500);
  });

  test('the promotions of one campaign try together: 3.00 and 3.00 beat 5.00', () => {
    const promotions = [
      aPromotion('a1', off(300), { campaignId: 'a', group: 'g' }),
      aPromotion('a2', off(300), { campaignId: 'a', group: 'g' }),
      aPromotion('b', off(500), { priority: 9, group: 'g' }),
    ];
    const result = evaluate(aCart([aLine('x')]), promotions, best('best_for_shopper'));
    expect(result.applied.map(({ promotionId }) => promotionId)).toEqual(['a1', 'a2']);
    expect(result.rejected).toMatchObject([{ promotionId: 'b', reason: 'NOT_BEST_IN_GROUP', required: 600, actual: 500 }]);
  });

  test('ties go by priority, then by id', () => {
    const win = (a: number, b: number) =>
      evaluate(
        aCart([aLine('x')]),
        [aPromotion('b', off(500), { group: 'g', priority: b }), aPromotion('a', off(500), { group: 'g', priority: a })],
        best('best_for_margin'),
      ).applied[0]?.promotionId;
    expect([win(0, 0), win(0, 1), win(1, 0)]).toEqual(['a', 'b', 'a']);
  });

  test('what loses leaves nothing behind: its budget, its line and its deposit are as before', () => {
    const losing = aPromotion('low', percent(1_000), { group: 'g', remainingBudgetMinor: 100, priority: 5 });
    const sameBudget = aPromotion('later', off(60), { campaignId: 'c-low', remainingBudgetMinor: 100 });
    const result = evaluate(
      aCart([aLine('x')]),
      [losing, aPromotion('high', off(200), { group: 'g' }), sameBudget],
      best('best_for_shopper'),
    );
    expect(result.applied.map(({ promotionId, amountMinor }) => [promotionId, amountMinor])).toEqual([
      ['high', 200],
      ['later', 60],
    ]);
  });

  test('a trial shares no container with the cart it is tried on', () => {
    const state = startState(aCart([aLine('x')]), aContext().settings);
    const copy = copyState(state);
    const shared = Object.keys(state).filter((key) => {
      const [mine, theirs] = [Reflect.get(state, key), Reflect.get(copy, key)];
      return typeof mine === 'object' && mine !== null && mine === theirs;
    });
    expect(shared).toEqual([]);
    expect(copy).toEqual(state);
    expect(copy.lines[0]?.allocations).not.toBe(state.lines[0]?.allocations);
  });

  test('a deposit is of the price after promotions that come later, also when a group copied the cart', () => {
    const preSale = aPromotion(
      'pre',
      { kind: 'pre_sale', sku: 'X', prices: { EUR: 800 }, launchesAt: '2026-04-01T00:00:00Z', depositBasisPoints: 5_000 },
      { priority: 9 },
    );
    const result = evaluate(aCart([aLine('x')]), [preSale, aPromotion('g', off(100), { group: 'g' })], best('best_for_shopper'));
    expect(result.deposits).toMatchObject([{ depositMinor: 350, balanceMinor: 350 }]);
  });
});

describe('caps', () => {
  test('the cap per cart is of the campaign, not of each of its promotions', () => {
    const capped = { campaignId: 'c', maxDiscountMinor: 250 };
    const result = evaluate(aCart([aLine('x')]), [
      aPromotion('p', off(200), capped),
      aPromotion('q', off(200), capped),
      aPromotion('r', off(200), capped),
    ]);
    expect(result.applied.map(({ amountMinor, limitedBy }) => [amountMinor, limitedBy])).toEqual([
      [200, null],
      [50, 'MAX_DISCOUNT'],
    ]);
    expect(result.rejected).toMatchObject([{ promotionId: 'r', reason: 'CAP_REACHED', failing: 'cap', required: 200, actual: 0 }]);
  });

  test('exactly the cap is not above it', () => {
    const settings = { maxOrderDiscountBasisPoints: 1_000 };
    const limit = (amountMinor: number) =>
      evaluate(aCart([aLine('x')]), [aPromotion('p', off(amountMinor))], aContext({ settings })).applied[0];
    expect(limit(100)).toMatchObject({ amountMinor: 100, limitedBy: null });
    expect(limit(101)).toMatchObject({ amountMinor: 100, desiredMinor: 101, limitedBy: 'ORDER_CAP' });
  });

  test('an amount moves past a full line to the next', () => {
    const result = evaluate(aCart([aLine('x'), aLine('y')]), [
      aPromotion('p', percent(1_000), { priority: 1, campaignId: 'c', maxLineDiscountMinor: 150 }),
      aPromotion('q', off(180), { campaignId: 'c', maxLineDiscountMinor: 150 }),
    ]);
    expect(result.applied.map(({ amountMinor, limitedBy }) => [amountMinor, limitedBy])).toEqual([
      [200, null],
      [100, 'LINE_CAP'],
    ]);
    expect(result.lines.map(({ discountMinor }) => discountMinor)).toEqual([150, 150]);
  });
});

test.each([
  ['half-up', 1_000],
  ['half-even', 1_000],
  ['half-down', 999],
] as const)('a part of a line is rounded by the setting: %s', (rounding, amountMinor) => {
  const cart = aCart([aLine('x', { quantity: 2, costMinor: 0 })]);
  const one = aPromotion('one', off(1), { priority: 1 }); // leaves 19.99, of which one unit is 9.995
  const flash = aPromotion('flash', { kind: 'flash_sale', basisPoints: 10_000, stockCapUnits: 1, scope: ALL });
  expect(evaluate(cart, [one, flash], aContext({ settings: { rounding } })).applied[1]?.desiredMinor).toBe(amountMinor);
});

test.each([
  { kind: 'percent_off', basisPoints: 1_000, scope: ALL },
  { kind: 'coupon', code: 'TEN', basisPoints: 1_000, maximumAmounts: { EUR: 5_000 }, scope: ALL },
  { kind: 'spend_x_get_y_off', currency: 'EUR', tiers: [{ spendMinor: 100, reward: { unit: 'percent', basisPoints: 1_000 } }], scope: ALL },
  { kind: 'flash_sale', basisPoints: 1_000, stockCapUnits: 9, scope: ALL },
  { kind: 'buy_x_get_y', buyQuantity: 1, getQuantity: 1, basisPoints: 2_000, scope: ALL },
])('$kind takes its percentage of what the setting says', (rule) => {
  const cart = aCart([aLine('x', { quantity: 2 })], { codes: ['TEN'] });
  const promotions = [aPromotion('first', off(400), { priority: 1 }), aPromotion('then', PromotionRule.parse(rule))];
  const taken = (percentBase: 'initial' | 'remaining') =>
    evaluate(cart, promotions, aContext({ settings: { percentBase } })).applied[1]?.amountMinor;
  expect([taken('initial'), taken('remaining')]).toEqual([200, 160]); // 10% of 20.00, of 16.00
});
