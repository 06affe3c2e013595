import {
  codesOf,
  couldHold,
  type EvaluationContext,
  ineligibility,
  isInScope,
  type LivePromotion,
  type RejectionReason,
  ruleScope,
  UNKNOWN_SHOPPER,
} from '@promolift/domain';

type OfferKey = { campaignId: string; promotionId: string };
export type ChosenOffers = { offers: OfferKey[]; withheld: (OfferKey & { reason: RejectionReason })[]; isHeldOut: boolean };
export type CartProduct = { sku: string; categoryKeys: readonly string[] };

/**
 * Which live promotions this shopper is told about: those they could use now, holding the code counts as having it,
 * and so does what a condition asks of the cart.
 * Offers about what is in the cart come first, then higher priorities. Pure, so that a stored choice can be made again.
 */
export function chooseOffers(promotions: readonly LivePromotion[], context: EvaluationContext, cart: readonly CartProduct[]): ChosenOffers {
  const judged = promotions.map((promotion) => ({ promotion, reason: reasonAgainst(promotion, context) }));
  const isAbout = (promotion: LivePromotion) => Number(cart.some((product) => isInScope(ruleScope(promotion.rule), product)));
  const offered = judged.filter(({ reason }) => reason === null).map(({ promotion }) => promotion);
  offered.sort((a, b) => isAbout(b) - isAbout(a) || b.priority - a.priority || (a.promotionId < b.promotionId ? -1 : 1));
  return {
    offers: offered.map(keyOf),
    withheld: judged.flatMap(({ promotion, reason }) => (reason === null ? [] : [{ ...keyOf(promotion), reason }])),
    isHeldOut: judged.some(({ reason }) => reason === 'HELD_OUT'),
  };
}

const keyOf = ({ campaignId, promotionId }: LivePromotion): OfferKey => ({ campaignId, promotionId });

function reasonAgainst(promotion: LivePromotion, context: EvaluationContext): RejectionReason | null {
  const against = ineligibility(promotion, { currency: promotion.currency, codes: new Set(codesOf(promotion) ?? []), context });
  if (against) return against.reason;
  const { condition, timeZone } = promotion;
  const facts = { cart: null, shopper: context.facts ?? UNKNOWN_SHOPPER, now: context.now, timeZone };
  if (condition && !couldHold(condition, facts)) return 'CONDITION_NOT_MET';
  if (promotion.remainingBudgetMinor !== null && promotion.remainingBudgetMinor <= 0) return 'BUDGET_EXHAUSTED';
  if (promotion.remainingUnits !== null && promotion.remainingUnits <= 0) return 'UNITS_EXHAUSTED';
  return null;
}
