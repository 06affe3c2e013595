import { expect, test } from 'vitest';
import type { Cart, CartLine } from './cart.ts';
import { evaluateCart } from './evaluate-cart.ts';
import type { EvaluationContext } from './live-promotion.ts';
import { PromotionRule } from './promotion-rule.ts';
import { REJECTION_REASONS } from './rejection-reason.ts';
import { isInScope } from './scope.ts';
import { check, proveCart, proveOrder, proveReplay } from './test-cart-proof.ts';
import { Draw, drawCase, drawLine, drawPromotion, drawRule, NOW } from './test-random-carts.ts';

test('20,000 carts: floors, caps and budgets hold, sums are exact to the unit, returns refund what was paid, order does not matter', () => {
  const seen = { applied: 0, rejected: new Set<string>(), limitedBy: new Set<string | null>(), gifts: 0, deposits: 0, taxed: 0 };
  for (let seed = 0; seed < 20_000; seed += 1) {
    const result = proveCart(seed);
    if (seed % 4 === 0) proveOrder(seed, result);
    seen.applied += result.applied.length;
    seen.gifts += result.gifts.length;
    seen.deposits += result.deposits.length;
    if (result.totals.taxMinor > 0) seen.taxed += 1;
    for (const { limitedBy } of result.applied) seen.limitedBy.add(limitedBy);
    for (const { reason } of result.rejected) seen.rejected.add(reason);
  }
  // The carts must reach what they are drawn to test.
  expect(seen.applied).toBeGreaterThan(10_000);
  expect(seen.gifts).toBeGreaterThan(100);
  expect(seen.deposits).toBeGreaterThan(100);
  expect(seen.taxed).toBeGreaterThan(5_000);
  expect(seen.limitedBy.size).toBe(7);
  expect(Object.keys(REJECTION_REASONS).filter((reason) => !seen.rejected.has(reason))).toEqual([
    'GUEST_KEY_REQUIRED',
    'SHOPPER_REQUIRED',
    'USER_LIMIT_REACHED',
  ]);
});

test('2,000 carts kept as JSON and read back give the same bytes', () => {
  for (let seed = 0; seed < 2_000; seed += 1) {
    const { cart, promotions, context } = drawCase(seed);
    proveReplay(seed, evaluateCart(cart, promotions, context));
  }
});

/** A shopper buys for exactly the amount, or some units for it, or up to half more. */
function bought(draw: Draw, missingMinor: number): Pick<CartLine, 'quantity' | 'unitPriceMinor' | 'costMinor'> {
  const quantity = draw.is(0.5) ? 1 : draw.whole(2, 3);
  const spentMinor = missingMinor + (draw.is(0.5) ? 0 : draw.whole(0, Math.floor(missingMinor / 2)));
  const unitPriceMinor = Math.ceil(spentMinor / quantity);
  return { quantity, unitPriceMinor, costMinor: draw.is(0.2) ? null : Math.floor(unitPriceMinor * draw.chance()) };
}

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
              ...bought(draw, nearMiss.missingMinor),
              floorMinor: null,
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
