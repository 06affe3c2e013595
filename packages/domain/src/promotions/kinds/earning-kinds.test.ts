import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { EvaluationContext } from '../live-promotion.ts';
import { pointsLost } from '../earned-points.ts';
import { evaluateCart } from '../evaluate-cart.ts';
import { type PromotionRule, promotionSentence } from '../promotion-rule.ts';
import { type ReferralFacts, referralRefusal } from '../referral.ts';
import { ALL, aCart, aContext, aLine, aPromotion, percent } from '../test-carts.ts';

const context = (changes: Partial<EvaluationContext> = {}): EvaluationContext => ({
  ...aContext({ settings: { pointsPerMinor: { EUR: 1 } } }),
  ...changes,
});
const perEuro = (points: number): PromotionRule => ({ kind: 'loyalty_points', points, perAmounts: { EUR: 100 }, scope: ALL });
const two = aCart([aLine('a', { quantity: 2 }), aLine('b', { unitPriceMinor: 550, categoryKeys: ['tea'] })]);

describe('loyalty points', () => {
  test('of what the cart costs after every discount, whatever the priority, and the price stays', () => {
    const earning = aPromotion('earn', perEuro(3), { priority: 9 });
    const result = evaluateCart(two, [earning, aPromotion('ten', percent(1_000))], context());
    // 25.50 less 10% is 22.95: 22 full euros.
    expect(result.totals.totalMinor).toBe(2_295);
    expect(result.applied.map(({ promotionId, amountMinor, budgetMinor }) => [promotionId, amountMinor, budgetMinor])).toEqual([
      ['ten', 255, 255],
      ['earn', 0, 66],
    ]);
    expect(result.applied[1]?.earned).toEqual({
      points: 66,
      desiredPoints: 66,
      referrerPoints: 0,
      lines: [
        { lineId: 'a', points: 52 },
        { lineId: 'b', points: 14 },
      ],
    });
  });

  test.each([
    ['partial', 40, 40],
    ['refuse', 40, null],
    ['partial', 0, null],
  ] as const)('a short budget, %s, %i left: %s points', (onBudgetShort, remainingBudgetMinor, points) => {
    const result = evaluateCart(two, [aPromotion('earn', perEuro(3), { remainingBudgetMinor, onBudgetShort })], context());
    expect(result.applied[0]?.earned?.points ?? null).toBe(points);
    if (points === null)
      expect(result.rejected).toMatchObject([{ reason: 'BUDGET_EXHAUSTED', required: 75, actual: remainingBudgetMinor }]);
  });

  test('none for guests, in a currency without points, or below the first step', () => {
    const why = (cart = two, changes: Partial<EvaluationContext> = {}) =>
      evaluateCart(cart, [aPromotion('earn', perEuro(1))], context(changes)).rejected.map(({ reason }) => reason);
    expect(why(two, { user: { key: 'anonymous:x', segmentKeys: [] } })).toEqual(['ACCOUNT_REQUIRED']);
    expect(why(two, { settings: aContext().settings })).toEqual(['WRONG_CURRENCY']);
    expect(why(aCart([aLine('a', { unitPriceMinor: 99, costMinor: 1 })]))).toEqual(['BELOW_THRESHOLD']);
  });

  test('says so', () => {
    expect(promotionSentence(perEuro(2))).toEqual({ en: '2 points for each €1.00 of everything', zh: '全部商品每消费 €1.00 得 2 积分' });
  });
});

describe('referral reward', () => {
  const rule: PromotionRule = {
    kind: 'referral_reward',
    referrerPoints: 500,
    friendPoints: 300,
    maxPerReferrer: 2,
    minimumSpend: { EUR: 2_000 },
    scope: ALL,
  };
  const came = (refusal: 'SELF_REFERRAL' | 'NOT_FIRST_ORDER' | null = null, rewards = 0) => ({
    refusal,
    rewardsByCampaign: { 'c-r': rewards },
  });
  const run = (changes: Partial<EvaluationContext>, cart = two) => evaluateCart(cart, [aPromotion('r', rule)], context(changes));

  test('both sides get theirs, the budget pays both, the price stays', () => {
    const result = run({ referral: came() });
    expect(result.applied).toMatchObject([{ amountMinor: 0, budgetMinor: 800, earned: { points: 300, referrerPoints: 500, lines: [] } }]);
    expect(result.totals.totalMinor).toBe(2_550);
  });

  test.each([
    ['no code', {}, 'REFERRAL_REQUIRED'],
    ['own code', { referral: came('SELF_REFERRAL') }, 'SELF_REFERRAL'],
    ['ordered before', { referral: came('NOT_FIRST_ORDER') }, 'NOT_FIRST_ORDER'],
    ['twice rewarded', { referral: came(null, 2) }, 'REFERRER_LIMIT_REACHED'],
    ['guest', { referral: came(), user: { key: null, segmentKeys: [] } }, 'ACCOUNT_REQUIRED'],
  ] as const)('%s: %s', (_, changes, reason) => {
    expect(run(changes).rejected.map((one) => one.reason)).toEqual([reason]);
  });

  test('never a part of it: a budget that cannot pay both sides pays none', () => {
    const short = aPromotion('r', rule, { remainingBudgetMinor: 799 });
    expect(evaluateCart(two, [short], context({ referral: came() })).rejected).toMatchObject([{ reason: 'BUDGET_EXHAUSTED' }]);
  });

  const honest: ReferralFacts = {
    referrerUserId: 'r',
    referrerGuestKey: 'guest:1',
    friendUserId: 'f',
    friendGuestKey: 'guest:2',
    isSameBrowser: false,
    friendOrders: 0,
    wasFriendRewarded: false,
  };
  test.each<[string, Partial<ReferralFacts>, string | null]>([
    ['strangers', {}, null],
    ['both without a guest key', { referrerGuestKey: null, friendGuestKey: null }, null],
    ['the same user', { friendUserId: 'r' }, 'SELF_REFERRAL'],
    ['the same e-mail', { friendGuestKey: 'guest:1' }, 'SELF_REFERRAL'],
    ['the same browser', { isSameBrowser: true }, 'SELF_REFERRAL'],
    ['a second order', { friendOrders: 1 }, 'NOT_FIRST_ORDER'],
    ['rewarded before', { wasFriendRewarded: true }, 'NOT_FIRST_ORDER'],
  ])('%s', (_, changes, refusal) => {
    expect(referralRefusal({ ...honest, ...changes })).toBe(refusal);
  });
});

test('points are lost line by line as units come back: never less than before, and all of them in the end', () => {
  const line = fc.record({ points: fc.nat(1_000), quantity: fc.integer({ min: 1, max: 9 }) });
  fc.assert(
    fc.property(fc.array(line, { minLength: 1, maxLength: 6 }), fc.infiniteStream(fc.nat(5)), (drawn, order) => {
      const units = new Map(drawn.map(({ quantity }, index) => [String(index), { quantity, returned: 0 }]));
      const lines = drawn.map(({ points }, index) => ({ lineId: String(index), points }));
      const points = lines.reduce((sum, one) => sum + one.points, 0);
      let before = 0;
      for (const pick of order) {
        const open = [...units.values()].filter(({ quantity, returned }) => returned < quantity);
        expect(pointsLost({ points: 50, lines: [] }, units)).toBe(open.length === 0 ? 50 : 0);
        const unit = open[pick % Math.max(1, open.length)];
        if (!unit) break;
        unit.returned += 1;
        const lost = pointsLost({ points, lines }, units);
        expect(lost).toBeGreaterThanOrEqual(before);
        before = lost;
      }
      expect(before).toBe(points);
    }),
  );
});
