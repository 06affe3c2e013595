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
import { countUses, type Counts, withinLimits } from './count-limits.ts';
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

/** A rehearsal that goes on: `play` says what a cart would have been, `skip` only counts what it would have got. */
export type Stage = { play: (cart: Cart) => Played; skip: (cart: Cart) => void };

/**
 * Reads what else is planned in the window, once. Carts must come in the order in which they were ordered: `counts` holds what the
 * ones before got, and goes on.
 */
export async function openRehearsal(
  deps: Deps,
  picture: ShopPicture,
  content: CampaignContent,
  campaignId: string | null,
  counts: Counts,
): Promise<Stage> {
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
  const evaluate = (cart: Cart, promotions: readonly LivePromotion[]): CartEvaluation =>
    evaluateCart(domainCart(cart, picture.settings.currency, codes), promotions, {
      now: cart.at,
      user: { key: null, segmentKeys: cart.segmentKeys },
      facts: { ...UNKNOWN_SHOPPER, segmentKeys: cart.segmentKeys },
      settings: { ...picture.settings, killSwitch: false },
    });
  const count = (cart: Cart) => {
    const left = withinLimits(own, content, cart, counts);
    const alone = evaluate(cart, left);
    countUses(counts, content, cart, alone.applied);
    return { left, alone };
  };
  return {
    skip: (cart) => void count(cart),
    play: (cart) => {
      const { left, alone } = count(cart);
      const isBeside = alone.applied.length > 0 && others.length > 0;
      return playedOf(cart, alone, isBeside ? collisionsWith(evaluate(cart, others), evaluate(cart, [...left, ...others])) : []);
    },
  };
}

function playedOf(cart: Cart, alone: CartEvaluation, collisions: Played['collisions']): Played {
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
    collisions,
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
