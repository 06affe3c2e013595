import {
  isInAudience,
  isInScope,
  type LivePromotion,
  type RulesetIndex,
  ruleScope,
  type ShopperFacts,
  testCondition,
  UNKNOWN_SHOPPER,
} from '@promolift/domain';
import type { CartProduct } from './choose-offers.ts';

/** Most promotions of which one request for offers asks what is left; so many offers at most. */
export const MOST_CANDIDATES = 100;

/**
 * The promotions that this shopper may be told about, by what the rules in memory say alone: audience, window, weekday and hour.
 * Those about what is in the cart come first, then higher priorities, as in the answer; `MOST_CANDIDATES` of them at most, so that
 * an answer costs as much with ten thousand live promotions as with a hundred.
 */
export function offerCandidates(
  { promotions }: Pick<RulesetIndex, 'promotions'>,
  cart: readonly CartProduct[],
  segmentKeys: readonly string[],
  now: Date,
): LivePromotion[] {
  const [about, others]: [LivePromotion[], LivePromotion[]] = [[], []];
  const shopper = { ...UNKNOWN_SHOPPER, segmentKeys };
  const isAbout = ({ rule }: LivePromotion) => cart.some((product) => isInScope(ruleScope(rule), product));
  for (const promotion of promotions) {
    if (about.length === MOST_CANDIDATES || (cart.length === 0 && others.length === MOST_CANDIDATES)) break;
    if (!isInAudience(promotion, segmentKeys) || !isTimely(promotion, now, shopper)) continue;
    if (isAbout(promotion)) about.push(promotion);
    else if (others.length < MOST_CANDIDATES) others.push(promotion);
  }
  return [...about, ...others].slice(0, MOST_CANDIDATES);
}

/** Is its window open, and does its condition not fail whatever is still unknown of the shopper and their cart? */
function isTimely({ startsAt, endsAt, condition, timeZone }: LivePromotion, now: Date, shopper: ShopperFacts): boolean {
  if (now < startsAt || now >= endsAt) return false;
  return !condition || testCondition(condition, { cart: null, shopper, now, timeZone }).holds !== false;
}
