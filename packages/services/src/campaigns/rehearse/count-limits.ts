import { type AppliedPromotion, type CampaignContent, type LivePromotion, unitCounterOf, userKey } from '@promolift/domain';
import { forShopper } from '../../promotions/rules-state.ts';
import { countersFor, leftOf, ownCode, watchedOf } from '../../promotions/shopper-state.ts';
import type { Shopper } from '../../users/shopper.ts';
import type { Cart } from '../propose/carts.ts';

type Count = { uses: number; minor: number; units: number };
/** What a rehearsed campaign has given so far; `byKey`: by the keys of its limits. Money in minor units of the budget. */
export type Counts = { uses: number; spentMinor: number; byKey: Map<string, Count> };

export const noCounts = (): Counts => ({ uses: 0, spentMinor: 0, byKey: new Map() });

const NOTHING: Count = { uses: 0, minor: 0, units: 0 };
const shopperOf = ({ userId, segmentKeys }: Cart): Shopper => ({
  userId,
  anonymousId: null,
  key: userKey({ userId, anonymousId: null }),
  guestKey: null,
  segmentKeys: [...segmentKeys],
  hasConsent: true,
});

/** The campaign's promotions with what its budget and its limits still leave for this cart, at the time of the cart. */
export function withinLimits(
  own: readonly LivePromotion[],
  content: CampaignContent,
  cart: Cart,
  counts: Counts,
): readonly LivePromotion[] {
  const [first] = own;
  if (!first) return own;
  const watched = watchedOf(first.campaignId, content, shopperOf(cart), cart.at);
  const counted = new Map(watched.map(({ counter }) => [`${first.campaignId}|${counter.key}`, counts.byKey.get(counter.key) ?? NOTHING]));
  const { budgetMinor, maxRedemptions } = content.budget;
  const left = own.map((promotion) => ({
    ...promotion,
    remainingBudgetMinor: Math.max(0, budgetMinor - counts.spentMinor),
    remainingUses: maxRedemptions === null ? null : Math.max(0, maxRedemptions - counts.uses),
    remainingUnits: unitsLeft(content, promotion.promotionId, counts),
  }));
  return forShopper(left, { ...leftOf(watched, counted), reserved: {} });
}

function unitsLeft(content: CampaignContent, promotionId: string, { byKey }: Counts): number | null {
  const promotion = content.promotions.find(({ id }) => id === promotionId);
  const counter = promotion && unitCounterOf(promotion);
  return counter?.maxUnits == null ? null : Math.max(0, counter.maxUnits - (byKey.get(counter.key)?.units ?? 0));
}

/** Counts what this cart got, as the ledger would: each promotion is one use. */
export function countUses(counts: Counts, content: CampaignContent, cart: Cart, applied: readonly AppliedPromotion[]): void {
  for (const { promotionId, budgetMinor, cappedUnits } of applied) {
    const promotion = content.promotions.find(({ id }) => id === promotionId);
    if (!promotion) continue;
    counts.uses += 1;
    counts.spentMinor += budgetMinor;
    for (const { key } of countersFor(content, promotion, shopperOf(cart), cart.at, ownCode(promotion))) {
      const { uses, minor, units } = counts.byKey.get(key) ?? NOTHING;
      counts.byKey.set(key, { uses: uses + 1, minor: minor + budgetMinor, units: units + cappedUnits });
    }
  }
}
