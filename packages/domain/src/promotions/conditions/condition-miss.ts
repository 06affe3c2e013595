import type { Cart } from '../cart.ts';
import { normalCode } from '../cart.ts';
import type { EvaluationState } from '../evaluation-state.ts';
import type { EvaluationContext, LivePromotion } from '../live-promotion.ts';
import type { Miss } from '../promotion-kind.ts';
import { UNKNOWN_SHOPPER } from './condition-kind.ts';
import { conditionFailure } from './test-condition.ts';

/** A miss if the promotion's condition does not hold for the cart as it stands now. */
export function conditionMiss(
  { condition, timeZone }: LivePromotion,
  cart: Cart,
  state: EvaluationState,
  { now, facts, names }: EvaluationContext,
): Miss | null {
  if (!condition) return null;
  const cartFacts = {
    lines: state.lines,
    currency: cart.currency,
    codes: new Set(cart.codes.map(normalCode)),
    channel: cart.channel ?? null,
    country: cart.country ?? null,
    paymentMethod: cart.paymentMethod ?? null,
  };
  const failed = conditionFailure(condition, { cart: cartFacts, shopper: facts ?? UNKNOWN_SHOPPER, now, timeZone }, names);
  if (!failed) return null;
  const { missing, ...failure } = failed;
  const required = failure.isNegated ? `not ${failure.required}` : failure.required;
  const actual = failure.isUnknown ? 'unknown' : failure.actual;
  return { outcome: 'miss', reason: 'CONDITION_NOT_MET', required, actual, condition: failure, ...(missing && { missing }) };
}
