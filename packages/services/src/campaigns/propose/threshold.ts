import { BASIS_POINTS, type EffectBasis, type PromotionRule, ruleScope } from '@promolift/domain';
import { CART_DAYS } from './carts.ts';
import { weighted } from './demand-parts.ts';
import { scopeView } from './scope-view.ts';
import type { ShopPicture } from './shop-picture.ts';

/** Chance that a cart just below a minimum is topped up when the reward is worth what is missing; it rises and falls with their ratio. */
const TOP_UP = { mean: 0.3, standardDeviation: 0.12 };
const MOST_TOP_UP = 1.5;
const NEAR_SHARE = 0.7;
/** What a gift is worth to a shopper who did not choose it, as a share of its price: a prior of ours, said in the evidence. */
const WORTH_OF_GIFT = 0.5;

type Reward = { minimumMinor: number; rewardWorthMinor: number; rewardCostMinor: number };

/** Minimum, and what the reward is worth to shoppers and costs the shop; null for rules without a minimum. */
export function rewardOf(picture: ShopPicture, rule: PromotionRule): Reward | null {
  const { currency } = picture.settings;
  if (rule.kind === 'spend_x_get_y_off') {
    const tier = rule.tiers[0];
    if (!tier) return null;
    const reward = tier.reward.unit === 'amount' ? tier.reward.amountMinor : (tier.reward.basisPoints * tier.spendMinor) / BASIS_POINTS;
    return { minimumMinor: tier.spendMinor, rewardWorthMinor: reward, rewardCostMinor: reward };
  }
  if (rule.kind === 'amount_off') {
    const reward = rule.amounts[currency];
    return reward === undefined
      ? null
      : { minimumMinor: Math.max(reward, rule.minimumSpend?.[currency] ?? 1), rewardWorthMinor: reward, rewardCostMinor: reward };
  }
  if (rule.kind !== 'free_gift') return null;
  const gift = picture.products.find(({ sku }) => sku === rule.giftSku);
  return gift
    ? {
        minimumMinor: rule.minimumSpend[currency] ?? 1,
        rewardWorthMinor: gift.priceMinor * WORTH_OF_GIFT,
        rewardCostMinor: gift.costMinor ?? gift.priceMinor,
      }
    : null;
}

const sum = (values: Float64Array): number => values.reduce((total, value) => total + value, 0);

/** How many carts reach the minimum of a rule and how many come near it; `audience`: places in the picture's carts. */
export function thresholdOf(picture: ShopPicture, rule: PromotionRule, audience: Int32Array): EffectBasis['threshold'] {
  const reward = rewardOf(picture, rule);
  if (!reward) return null;
  const { products, cartsMinor } = scopeView(picture, ruleScope(rule));
  const worths = Float64Array.from(audience, (at) => cartsMinor[at] ?? 0).filter((worth) => worth > 0);
  const reached = worths.filter((worth) => worth >= reward.minimumMinor);
  // The audience's carts stand for a share of the shop's; the share is applied again when the effect is drawn.
  const near = cartsMinor.filter((worth) => worth < reward.minimumMinor && worth >= NEAR_SHARE * reward.minimumMinor);
  const covered = products.filter(({ costMinor }) => costMinor !== null);
  const nearGapMinor = near.length > 0 ? reward.minimumMinor - sum(near) / near.length : 0;
  const pull = nearGapMinor > 0 ? Math.min(MOST_TOP_UP, reward.rewardWorthMinor / nearGapMinor) : 1;
  return {
    ...reward,
    reachedShare: Math.min(1, sum(reached) / Math.max(1, sum(worths))),
    reachedCartMinor: reached.length > 0 ? sum(reached) / reached.length : reward.minimumMinor,
    nearCartsPerDay: near.length / CART_DAYS,
    nearGapMinor,
    topUpChance: { mean: TOP_UP.mean * pull, standardDeviation: TOP_UP.standardDeviation * pull },
    marginShare: weighted(covered, ({ priceMinor, costMinor }) => 1 - (costMinor ?? priceMinor) / priceMinor),
  };
}
