import { Cart, type CartLine } from './cart.ts';
import { evaluateCart } from './evaluate-cart.ts';
import type { EvaluationContext, LivePromotion } from './live-promotion.ts';
import { PromotionRule } from './promotion-rule.ts';
import type { Scope } from './scope.ts';

export const NOW = new Date('2026-03-01T12:00:00Z');
export const ALL = { kind: 'all' } as const;

export const aLine = (id: string, changes: Partial<CartLine> = {}): CartLine => ({
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
export const aCart = (lines: CartLine[], changes: Partial<Cart> = {}): Cart => Cart.parse({ currency: 'EUR', lines, ...changes });
export const aPromotion = (id: string, rule: PromotionRule, changes: Partial<LivePromotion> = {}): LivePromotion => ({
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
  gifts: [],
  isKilled: false,
  ...changes,
});
export const aContext = (
  changes: { now?: Date; user?: Partial<EvaluationContext['user']>; settings?: Partial<EvaluationContext['settings']> } = {},
): EvaluationContext => ({
  now: changes.now ?? NOW,
  user: { key: 'user:1', segmentKeys: [], ...changes.user },
  settings: { maxDepthBasisPoints: 10_000, marginFloorBasisPoints: 0, rounding: 'half-even', ...changes.settings },
});
export const percent = (basisPoints: number, scope: Scope = ALL): PromotionRule => ({ kind: 'percent_off', basisPoints, scope });
export const evaluate = (cart: Cart, promotions: LivePromotion[], context = aContext()) => evaluateCart(cart, promotions, context);
export const saved = (cart: Cart, promotions: LivePromotion[], context = aContext()) =>
  evaluate(cart, promotions, context).applied.map(({ promotionId, amountMinor }) => [promotionId, amountMinor]);
export const reasons = (cart: Cart, promotions: LivePromotion[], context = aContext()) =>
  evaluate(cart, promotions, context).rejected.map(({ promotionId, reason }) => [promotionId, reason]);
export const finals = (cart: Cart, promotions: LivePromotion[], context = aContext()) =>
  evaluate(cart, promotions, context).lines.map(({ finalMinor }) => finalMinor);
