import {
  type CampaignContent,
  type CartEvaluation,
  evaluateCart,
  type AppliedPromotion,
  type LivePromotion,
  livePromotionsOf,
  type RejectionReason,
  UNKNOWN_SHOPPER,
  untouchedRemains,
} from '@promolift/domain';
import { promotionsIn } from '../../promotions/live-promotions.ts';
import type { Deps } from '../../shared/deps.ts';
import { codesOf, domainCart, giftsOf } from '../propose/backtest.ts';
import type { Cart } from '../propose/carts.ts';
import type { ShopPicture } from '../propose/shop-picture.ts';
import type { Collision } from './rehearse-campaign.ts';

/** What one past cart would have been with the campaign. */
export type Played = {
  isTouched: boolean;
  subtotalMinor: number;
  /** Before the campaign; products without a known cost add none. */
  marginMinor: number;
  /** Taken off by the campaign alone, gifts at cost. */
  givenMinor: number;
  limitedBy: NonNullable<AppliedPromotion['limitedBy']>[];
  /** Why it got nothing; null where it got something. */
  reason: RejectionReason | null;
  /** Nothing, because the past does not tell a fact that a condition asks for. */
  isUnknown: boolean;
  collisions: Omit<Collision, 'cartCount'>[];
};

const REHEARSED = 'rehearsed';
const [EVER, NEVER] = [new Date(0), new Date(8.64e15)];

/** Past carts lie before the window, and chance must not decide: everybody is offered everything, at the time of the cart. */
const asIfOpen = (promotion: LivePromotion): LivePromotion => ({
  ...promotion,
  startsAt: EVER,
  endsAt: NEVER,
  requiredCodes: null,
  holdout: { ...promotion.holdout, basisPoints: 0 },
});

/** Reads what else is planned in the window, once, and gives the function that plays one cart. */
export async function openRehearsal(
  deps: Deps,
  picture: ShopPicture,
  content: CampaignContent,
  campaignId: string | null,
): Promise<(cart: Cart) => Played> {
  const openPromotions = (id: string, version: number, of: CampaignContent): LivePromotion[] =>
    livePromotionsOf(of, { campaignId: id, version, holdoutSalt: REHEARSED }, untouchedRemains(of, giftsOf(picture, of))).map(asIfOpen);
  const own = openPromotions(REHEARSED, 1, content);
  const [starts, ends] = [Date.parse(content.schedule.startsAt), Date.parse(content.schedule.endsAt)];
  const { live } = await promotionsIn(deps.sql, ['live', 'scheduled']);
  const others = [...live].flatMap(([id, { version, content: other }]) => {
    const isMeanwhile = Date.parse(other.schedule.startsAt) < ends && Date.parse(other.schedule.endsAt) > starts;
    return id !== campaignId && isMeanwhile ? openPromotions(id, version, other) : [];
  });
  const codes = codesOf(content);
  return (cart) => play(cart, { picture, own, others, codes });
}

type Stage = { picture: ShopPicture; own: readonly LivePromotion[]; others: readonly LivePromotion[]; codes: string[] };

function play(cart: Cart, { picture, own, others, codes }: Stage): Played {
  const evaluate = (promotions: readonly LivePromotion[]): CartEvaluation =>
    evaluateCart(domainCart(cart, picture.settings.currency, codes), promotions, {
      now: cart.at,
      user: { key: null, segmentKeys: cart.segmentKeys },
      facts: { ...UNKNOWN_SHOPPER, segmentKeys: cart.segmentKeys },
      settings: { ...picture.settings, killSwitch: false },
    });
  const alone = evaluate(own);
  const isTouched = alone.applied.length > 0;
  const nearest = isTouched ? undefined : alone.rejected[0];
  return {
    isTouched,
    subtotalMinor: alone.totals.subtotalMinor,
    marginMinor: alone.totals.subtotalMinor - costOf(cart),
    givenMinor: alone.applied.reduce((sum, { budgetMinor }) => sum + budgetMinor, 0),
    limitedBy: [...new Set(alone.applied.flatMap(({ limitedBy }) => limitedBy ?? []))],
    reason: nearest?.reason ?? null,
    isUnknown: nearest?.condition?.isUnknown ?? false,
    collisions: isTouched && others.length > 0 ? collisionsWith(evaluate(others), evaluate([...own, ...others])) : [],
  };
}

const campaignsIn = ({ applied }: CartEvaluation): Set<string> => new Set(applied.map(({ campaignId }) => campaignId));

/** Of the other campaigns that would give this cart something without this one: what becomes of each beside it. */
function collisionsWith(without: CartEvaluation, together: CartEvaluation): Omit<Collision, 'cartCount'>[] {
  const now = campaignsIn(together);
  return [...campaignsIn(without)].map((campaignId) => ({
    campaignId,
    outcome: !now.has(campaignId) ? 'other_gives_way' : now.has(REHEARSED) ? 'both_apply' : 'this_gives_way',
  }));
}

const costOf = ({ lines }: Cart): number =>
  lines.reduce((sum, { product, quantity, unitPriceMinor }) => sum + (product.costMinor ?? unitPriceMinor) * quantity, 0);
