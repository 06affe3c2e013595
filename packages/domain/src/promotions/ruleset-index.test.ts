import { describe, expect, test } from 'vitest';
import { evaluateCart } from './evaluate-cart.ts';
import type { EvaluationContext, LivePromotion } from './live-promotion.ts';
import type { Cart } from './cart.ts';
import { candidatesOf, indexRuleset, isCandidate } from './ruleset-index.ts';
import { ALL, aCart, aLine, aPromotion, percent, saved } from './test-carts.ts';
import { drawCase } from './test-random-carts.ts';

const GROUP_SEED = 40_000;

/** The rules of several random cases together, as seen by one of their carts. */
function drawCrowd(seed: number): { cart: Cart; promotions: LivePromotion[]; context: EvaluationContext } {
  const { cart, context } = drawCase(seed);
  const promotions = [0, 1, 2].flatMap((more) =>
    drawCase(seed + more * GROUP_SEED).promotions.map((promotion) => ({
      ...promotion,
      campaignId: `${more}${promotion.campaignId}`,
      promotionId: `${more}${promotion.promotionId}`,
    })),
  );
  return { cart, promotions, context };
}

test('2,000 random carts: what is no candidate changes nothing but its own reason', () => {
  let others = 0;
  for (let seed = 1; seed <= 2_000; seed += 1) {
    const { cart, promotions, context } = drawCrowd(seed);
    const candidates = candidatesOf(indexRuleset(promotions), cart, context.user);
    const ids = new Set(candidates.map(({ promotionId }) => promotionId));
    const all = evaluateCart(cart, promotions, context);
    const restricted = { ...all, rejected: all.rejected.filter(({ promotionId }) => ids.has(promotionId)) };
    expect(evaluateCart(cart, candidates, context), `seed ${seed}`).toEqual(restricted);
    expect([...ids].sort()).toEqual(
      promotions.flatMap((promotion) => (isCandidate(promotion, cart, context.user) ? [promotion.promotionId] : [])).sort(),
    );
    others += promotions.length - candidates.length;
  }
  expect(others).toBeGreaterThan(5_000);
});

describe('candidates', () => {
  const promotions = [
    aPromotion('sku', percent(1_000, { kind: 'skus', skus: ['A'] })),
    aPromotion('other', percent(1_000, { kind: 'skus', skus: ['Z'] })),
    aPromotion('tea', percent(1_000, { kind: 'categories', categoryKeys: ['tea'] })),
    aPromotion('any', percent(1_000)),
    aPromotion('loyal', percent(1_000), { audience: { kind: 'segments', segmentKeys: ['loyal', 'new'] } }),
    aPromotion('first', percent(1_000), { priority: 5 }),
    aPromotion('typed', { kind: 'coupon', code: 'Spring', basisPoints: 500, maximumAmounts: { EUR: 100 }, minimumSpend: null, scope: ALL }),
    aPromotion('made', percent(1_000), { requiredCodes: [] }),
  ];
  const index = indexRuleset(promotions);
  const idsOf = (cart: Cart, segmentKeys: string[] = [], unlocked: string[] = []) =>
    candidatesOf(index, cart, { segmentKeys }, unlocked).map(({ promotionId }) => promotionId);
  const cart = aCart([aLine('a')]);

  test.each<[string, Cart, string[], string[], string[]]>([
    ['about the product, or about any', cart, [], [], ['first', 'any', 'sku']],
    ['of a category of the line', aCart([aLine('b', { categoryKeys: ['tea', 'drinks'] })]), [], [], ['first', 'any', 'tea']],
    ['of a segment, once', cart, ['loyal', 'new'], [], ['first', 'any', 'loyal', 'sku']],
    ['whose code was typed, however it was typed', aCart([aLine('a')], { codes: [' sprING'] }), [], [], ['first', 'any', 'sku', 'typed']],
    ['whose generated code was typed', cart, [], ['made', 'gone'], ['first', 'any', 'made', 'sku']],
    ['an empty cart has those whose code was typed', aCart([], { codes: ['SPRING'] }), ['loyal'], [], ['typed']],
  ])('%s', (_, of, segmentKeys, unlocked, expected) => {
    expect(idsOf(of, segmentKeys, unlocked)).toEqual(expected);
  });
});

test('a promotion about something else neither moves the contest of its group nor breaks its tie', () => {
  const cart = aCart([aLine('a')]);
  const settings = { promotionGroups: [{ key: 'g', mode: 'best_for_shopper' as const }] };
  const context = { now: new Date('2026-03-01T12:00:00Z'), user: { key: null, segmentKeys: [] } };
  const evaluation = {
    ...context,
    settings: { maxDepthBasisPoints: 10_000, marginFloorBasisPoints: 0, rounding: 'half-even' as const, ...settings },
  };
  const promotions = [
    aPromotion('alone', percent(5_000), { priority: 2 }),
    aPromotion('one', percent(1_000), { priority: 1, group: 'g' }),
    aPromotion('two', percent(1_000), { group: 'g', campaignId: 'twice' }),
  ];
  const elsewhere = percent(1_000, { kind: 'skus', skus: ['Z'] });
  const irrelevant = aPromotion('irrelevant', elsewhere, { priority: 3, group: 'g', campaignId: 'twice' });
  expect(saved(cart, promotions, evaluation)).toEqual([
    ['alone', 500],
    ['one', 50],
  ]);
  expect(saved(cart, [irrelevant, ...promotions], evaluation)).toEqual(saved(cart, promotions, evaluation));
});
