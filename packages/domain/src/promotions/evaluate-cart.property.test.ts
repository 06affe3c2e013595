import { expect, test } from 'vitest';
import type { Cart, CartLine } from './cart.ts';
import { evaluateCart } from './evaluate-cart.ts';
import type { CartEvaluation, EvaluationContext, LivePromotion } from './live-promotion.ts';
import { PromotionRule } from './promotion-rule.ts';
import { REJECTION_REASONS } from './rejection-reason.ts';
import { isInScope } from './scope.ts';
import { Draw, drawCase, drawLine, drawPromotion, drawRule, NOW } from './test-random-carts.ts';

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

/** Throws with the cart's number; plain comparisons, because 20,000 carts make a million of them. */
function check(holds: boolean, seed: number, what: string): void {
  if (!holds) throw new Error(`cart ${seed}: ${what}`);
}

/** The floor computed a second time, with fractions instead of integers. */
function floorOf(line: CartLine, marginFloorBasisPoints: number): number {
  if (line.costMinor === null) return Number.POSITIVE_INFINITY;
  return Math.max(line.floorMinor ?? 0, line.costMinor / (1 - marginFloorBasisPoints / 10_000));
}

function checkInvariants(
  seed: number,
  cart: Cart,
  promotions: readonly LivePromotion[],
  context: EvaluationContext,
  result: CartEvaluation,
): void {
  cart.lines.forEach((line, index) => {
    const evaluated = result.lines[index];
    if (!evaluated) throw new Error(`cart ${seed}: a line is lost`);
    const original = line.unitPriceMinor * line.quantity;
    const floor = Math.min(original, floorOf(line, context.settings.marginFloorBasisPoints) * line.quantity);
    check(evaluated.id === line.id && evaluated.originalMinor === original, seed, 'lines keep order and price');
    check(Number.isSafeInteger(evaluated.finalMinor) && evaluated.finalMinor >= 0, seed, 'a price is a whole number of at least 0');
    check(evaluated.finalMinor >= floor - 1e-6, seed, `line ${line.id} is below its floor`);
    check(evaluated.discountMinor * 10_000 <= original * context.settings.maxDepthBasisPoints, seed, `line ${line.id} is cut too deep`);
    check(evaluated.finalMinor + evaluated.discountMinor === original, seed, 'discount and price make the original');
    check(
      sum(evaluated.allocations.map(({ amountMinor }) => amountMinor)) === evaluated.discountMinor,
      seed,
      'allocations make the discount',
    );
  });
  const { totals } = result;
  check(
    sum(result.applied.map(({ amountMinor }) => amountMinor)) === totals.discountMinor + totals.shippingDiscountMinor,
    seed,
    'applied amounts make the discount',
  );
  for (const applied of result.applied)
    check(
      sum(applied.lineShares.map(({ amountMinor }) => amountMinor)) + applied.shippingDiscountMinor === applied.amountMinor,
      seed,
      'line shares make the amount',
    );
  check(
    totals.totalMinor === totals.subtotalMinor - totals.discountMinor + totals.shippingMinor - totals.shippingDiscountMinor &&
      totals.totalMinor >= 0,
    seed,
    'totals add up',
  );
  check(totals.dueNowMinor <= totals.totalMinor && totals.dueNowMinor >= 0, seed, 'due now is a part of the total');
  const named = [...result.applied, ...result.rejected].map(({ promotionId }) => promotionId).sort();
  check(
    named.join() ===
      promotions
        .map(({ promotionId }) => promotionId)
        .sort()
        .join(),
    seed,
    'every promotion is applied or rejected, once',
  );
  check(
    result.rejected.every(({ reason }) => Object.hasOwn(REJECTION_REASONS, reason)),
    seed,
    'every rejection has a known reason',
  );
  for (const promotion of promotions) {
    if (promotion.remainingBudgetMinor === null) continue;
    const spent = result.applied.find(({ promotionId }) => promotionId === promotion.promotionId)?.budgetMinor ?? 0;
    check(spent <= promotion.remainingBudgetMinor, seed, 'a budget is overspent');
  }
}

test('20,000 carts: floors, depth and budgets hold, sums are exact, order does not matter', () => {
  const seen = { applied: 0, rejected: new Set<string>(), gifts: 0, deposits: 0 };
  for (let seed = 0; seed < 20_000; seed += 1) {
    const { cart, promotions, context } = drawCase(seed);
    const result = evaluateCart(cart, promotions, context);
    checkInvariants(seed, cart, promotions, context, result);
    if (seed % 4 === 0) {
      const turned = evaluateCart(
        { ...cart, lines: cart.lines.toReversed(), codes: cart.codes.toReversed() },
        promotions.toReversed(),
        context,
      );
      check(JSON.stringify({ ...turned, lines: turned.lines.toReversed() }) === JSON.stringify(result), seed, 'order matters');
    }
    seen.applied += result.applied.length;
    seen.gifts += result.gifts.length;
    seen.deposits += result.deposits.length;
    for (const { reason } of result.rejected) seen.rejected.add(reason);
  }
  // The carts must reach what they are drawn to test.
  expect(seen.applied).toBeGreaterThan(10_000);
  expect(seen.gifts).toBeGreaterThan(100);
  expect(seen.deposits).toBeGreaterThan(100);
  expect(Object.keys(REJECTION_REASONS).filter((reason) => !seen.rejected.has(reason))).toEqual([
    'GUEST_KEY_REQUIRED',
    'USER_LIMIT_REACHED',
  ]);
});

test('every near miss is true when followed', () => {
  let followed = 0;
  for (let seed = 0; seed < 20_000; seed += 1) {
    const { cart, promotions, context } = drawCase(seed);
    for (const nearMiss of evaluateCart(cart, promotions, context).nearMisses) {
      const draw = new Draw(seed + 1_000_000);
      const likes = cart.lines.filter(
        (line) =>
          (nearMiss.sku ? line.sku === nearMiss.sku : isInScope(nearMiss.scope, line)) &&
          (nearMiss.missingMinor !== null || line.costMinor !== null),
      );
      check(likes.length > 0, seed, 'nothing to follow the hint with');
      const like = draw.one(likes);
      const added: CartLine =
        nearMiss.missingMinor !== null
          ? {
              ...like,
              id: 'new',
              quantity: 1,
              unitPriceMinor: nearMiss.missingMinor,
              floorMinor: null,
              costMinor: draw.is(0.2) ? null : Math.floor(nearMiss.missingMinor * draw.chance()),
            }
          : { ...like, id: 'new', quantity: nearMiss.missingQuantity ?? 0 };
      const after = evaluateCart({ ...cart, lines: [...cart.lines, added] }, promotions, context);
      const applied = after.applied.some(({ promotionId }) => promotionId === nearMiss.promotionId);
      check(applied, seed, `hint ${JSON.stringify(nearMiss)} is not true; rejected: ${JSON.stringify(after.rejected)}`);
      const stillAhead = after.nearMisses.some(
        ({ promotionId, required }) => promotionId === nearMiss.promotionId && required === nearMiss.required,
      );
      check(!stillAhead, seed, 'the tier that the hint promised is not reached');
      followed += 1;
    }
  }
  expect(followed).toBeGreaterThan(500);
});

test('20 lines and 50 promotions take well below a millisecond of work', () => {
  const draw = new Draw(7);
  const lines = Array.from({ length: 20 }, (_, index) => drawLine(draw, index, 100));
  const promotions = Array.from({ length: 50 }, (_, index) => ({ ...drawPromotion(draw, index, 'EUR', 100), exclusive: false }));
  const context: EvaluationContext = {
    now: NOW,
    user: { key: 'user:1', segmentKeys: ['loyal'] },
    settings: { maxDepthBasisPoints: 3_000, marginFloorBasisPoints: 500, rounding: 'half-even' },
  };
  const cart: Cart = { currency: 'EUR', lines, codes: [], shippingMinor: 490 };
  const times = Array.from({ length: 400 }, () => {
    const start = performance.now();
    evaluateCart(cart, promotions, context);
    return performance.now() - start;
  }).sort((a, b) => a - b);
  const medianMs = times[200] ?? Number.NaN;
  // Generous, because the machine that runs the tests is busy; a rule that became quadratic is far above.
  expect(medianMs).toBeLessThan(3);
});

test('every kind parses its own rules and refuses unknown members of the union', () => {
  const draw = new Draw(3);
  for (let index = 0; index < 500; index += 1) {
    const rule = drawRule(draw, 'EUR', 100);
    expect(PromotionRule.parse(JSON.parse(JSON.stringify(rule)))).toEqual(rule);
  }
  expect(PromotionRule.safeParse({ kind: 'buy_everything' }).success).toBe(false);
});
