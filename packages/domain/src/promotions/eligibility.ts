import { isHeldOut } from '../shared/hashing.ts';
import { normalCode } from './cart.ts';
import type { EvaluationContext, LivePromotion } from './live-promotion.ts';
import type { Miss } from './promotion-kind.ts';
import { miss } from './promotion-kind.ts';

/** Any one of these codes unlocks the promotion, in normal form; null = no code needed. */
export function codesOf(promotion: LivePromotion): readonly string[] | null {
  if (promotion.requiredCodes) return promotion.requiredCodes.map(normalCode);
  return promotion.rule.kind === 'coupon' ? [normalCode(promotion.rule.code)] : null;
}

/** Of the cart's codes the one that counts as used: the first, in the order of the alphabet, that unlocks the promotion. */
export function enteredCode(unlocking: readonly string[] | null, cartCodes: readonly string[]): string | null {
  if (!unlocking) return null;
  const typed = cartCodes.map(normalCode).sort();
  return typed.find((code) => unlocking.includes(code)) ?? null;
}

export interface Seeker {
  readonly currency: string;
  /** Codes of the cart in normal form. */
  readonly codes: ReadonlySet<string>;
  readonly context: EvaluationContext;
}

/**
 * Everything that decides without looking at the lines; the first failure is the reason.
 * The holdout comes before the code, so that a coded offer cannot leak to held-out users.
 */
export function ineligibility(promotion: LivePromotion, { currency, codes, context }: Seeker): Miss | null {
  const { now, user, settings } = context;
  if (promotion.isKilled || settings.killSwitch) return miss('KILLED');
  if (now < promotion.startsAt) return miss('NOT_STARTED', promotion.startsAt.toISOString(), now.toISOString());
  if (now >= promotion.endsAt) return miss('ENDED', promotion.endsAt.toISOString(), now.toISOString());
  if (currency !== promotion.currency) return miss('WRONG_CURRENCY', promotion.currency, currency);
  if (!isInAudience(promotion, user.segmentKeys)) return miss('NOT_IN_AUDIENCE');
  if (isInHoldout(promotion, user)) return miss('HELD_OUT');
  const needed = codesOf(promotion);
  if (needed && !needed.some((code) => codes.has(code))) return miss('CODE_REQUIRED');
  if (promotion.isGuestKeyMissing) return miss('GUEST_KEY_REQUIRED');
  if (promotion.isShopperMissing) return miss('SHOPPER_REQUIRED');
  if (promotion.remainingUserUses !== null && promotion.remainingUserUses <= 0)
    return miss('USER_LIMIT_REACHED', 1, promotion.remainingUserUses);
  if (promotion.remainingUses !== null && promotion.remainingUses <= 0) return miss('USES_EXHAUSTED', 1, promotion.remainingUses);
  return null;
}

export function isInAudience({ audience }: Pick<LivePromotion, 'audience'>, segmentKeys: readonly string[]): boolean {
  return audience.kind === 'all' || audience.segmentKeys.some((key) => segmentKeys.includes(key));
}

export function isInHoldout(
  { campaignId, holdout }: Pick<LivePromotion, 'campaignId' | 'holdout'>,
  user: EvaluationContext['user'],
): boolean {
  if (user.heldOutOfCampaignIds?.includes(campaignId)) return true;
  return user.key !== null && holdout.basisPoints > 0 && isHeldOut(holdout.salt, user.key, holdout.basisPoints);
}
