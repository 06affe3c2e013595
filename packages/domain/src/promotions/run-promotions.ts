import type { Grant } from './apply-wish.ts';
import { grantWish } from './apply-wish.ts';
import type { Cart } from './cart.ts';
import { normalCode } from './cart.ts';
import { conditionMiss } from './conditions/condition-miss.ts';
import { ineligibility } from './eligibility.ts';
import type { EvaluationState } from './evaluation-state.ts';
import { startState } from './evaluation-state.ts';
import type { EvaluationContext, LivePromotion } from './live-promotion.ts';
import type { GiftSupply, Miss, Missing, Wish } from './promotion-kind.ts';
import { miss } from './promotion-kind.ts';
import { evaluateRule } from './promotion-rule.ts';

export interface AppliedStep {
  readonly promotion: LivePromotion;
  readonly wish: Wish;
  readonly grant: Grant;
}
export interface RejectedStep {
  readonly promotion: LivePromotion;
  readonly miss: Miss;
}
export interface Run {
  readonly state: EvaluationState;
  readonly applied: readonly AppliedStep[];
  readonly rejected: readonly RejectedStep[];
}

/** Applies the promotions in their order, without near misses. */
export function runPromotions(cart: Cart, promotions: readonly LivePromotion[], context: EvaluationContext): Run {
  const state = startState(cart, context.settings);
  const seeker = { currency: cart.currency, codes: new Set(cart.codes.map(normalCode)), context };
  const applied: AppliedStep[] = [];
  const rejected: RejectedStep[] = [];
  for (const promotion of inOrder(promotions)) {
    const outcome =
      ineligibility(promotion, seeker) ??
      combinationMiss(promotion, applied) ??
      limitMiss(promotion, applied) ??
      tryPromotion(promotion, cart, state, context);
    if ('outcome' in outcome) rejected.push({ promotion, miss: outcome });
    else applied.push({ promotion, ...outcome });
  }
  return { state, applied, rejected };
}

function inOrder(promotions: readonly LivePromotion[]): LivePromotion[] {
  return [...promotions].sort((a, b) => b.priority - a.priority || (a.promotionId < b.promotionId ? -1 : 1));
}

/** Exclusive means alone: neither after nor before a promotion of another campaign. */
function combinationMiss(promotion: LivePromotion, applied: readonly AppliedStep[]): Miss | null {
  const others = applied.filter((step) => step.promotion.campaignId !== promotion.campaignId);
  const blocking = promotion.exclusive ? others[0] : others.find((step) => step.promotion.exclusive);
  return blocking ? miss('CANNOT_COMBINE', null, blocking.promotion.promotionId) : null;
}

/** Each promotion is a use of its campaign: a cart cannot take two where one is left. */
function limitMiss({ campaignId, remainingUserUses, remainingUses }: LivePromotion, applied: readonly AppliedStep[]): Miss | null {
  const taken = applied.filter((step) => step.promotion.campaignId === campaignId).length;
  if (remainingUserUses !== null && remainingUserUses <= taken) return miss('USER_LIMIT_REACHED', 1, remainingUserUses - taken);
  if (remainingUses !== null && remainingUses <= taken) return miss('USES_EXHAUSTED', 1, remainingUses - taken);
  return null;
}

function tryPromotion(
  promotion: LivePromotion,
  cart: Cart,
  state: EvaluationState,
  context: EvaluationContext,
): { wish: Wish; grant: Grant } | Miss {
  const unmet = conditionMiss(promotion, cart, state, context);
  if (unmet) return unmet;
  const wish = evaluateRule(promotion.rule, {
    lines: state.lines,
    currency: cart.currency,
    shippingMinor: state.shippingMinor,
    now: context.now,
    rounding: context.settings.rounding,
    remainingUnits: promotion.remainingUnits,
    gifts: giftsLeft(promotion, state),
    chosenGiftSkus: cart.chosenGiftSkus ?? [],
  });
  if (wish.outcome === 'miss') return wish;
  const grant = grantWish(promotion, wish, state);
  return 'outcome' in grant ? grant : { wish, grant };
}

/** Two promotions of one cart cannot give the same piece away. */
const giftsLeft = ({ gifts }: LivePromotion, { giftUnits }: EvaluationState): GiftSupply[] =>
  gifts.map((gift) => (gift.stock === null ? gift : { ...gift, stock: gift.stock - (giftUnits.get(gift.sku) ?? 0) }));

/** What this promotion still lacks in this run: it missed a minimum, or its next tier is ahead. */
export function missingOf(run: Run, promotionId: string): Missing | null {
  const rejected = run.rejected.find((step) => step.promotion.promotionId === promotionId);
  if (rejected) return rejected.miss.missing ?? null;
  return run.applied.find((step) => step.promotion.promotionId === promotionId)?.wish.next ?? null;
}
