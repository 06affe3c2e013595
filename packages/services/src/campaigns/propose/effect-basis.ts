import { BASIS_POINTS, type DemandPart, type EffectBasis, isInScope, type PromotionRule, type Scope, ruleScope } from '@promolift/domain';
import { type Cart, CART_DAYS } from './carts.ts';
import { responseOf } from './campaign-memory.ts';
import { unitsBetween } from './demand-history.ts';
import { HORIZON_DAYS } from './demand-forecast.ts';
import { PULL_FORWARD_SHARE } from '../response/learn-response.ts';
import { trafficOf } from './traffic.ts';
import { elasticityOf } from './price-response.ts';
import type { PictureProduct } from './products.ts';
import { orderSharesOf, SHARE_DAYS } from './segments.ts';
import type { ShopPicture } from './shop-picture.ts';

/** A promotion as it may be offered: one rule, an audience, a length. */
export type Offer = { rule: PromotionRule; segmentKeys: 'all' | string[]; days: number; depthBasisPoints: number };

const ANCHORED_BUNDLE_SHARE = 0.6;
const CODE_USE = { mean: 0.5, standardDeviation: 0.12 };
const AUTOMATIC_USE = { mean: 1, standardDeviation: 0 };
/** Chance that a cart just below a minimum is topped up when the reward is worth what is missing; it rises and falls with their ratio. */
const TOP_UP = { mean: 0.3, standardDeviation: 0.12 };
const MOST_TOP_UP = 1.5;
const NEAR_SHARE = 0.7;

export const productsOf = (picture: ShopPicture, scope: Scope): PictureProduct[] =>
  picture.products.filter((product) => isInScope(scope, product));

/** Everything the effect of an offer is drawn from. */
export function effectBasisOf(picture: ShopPicture, offer: Offer, draws: number, seed: number): EffectBasis {
  const { rule, segmentKeys, days, depthBasisPoints } = offer;
  const covered = productsOf(picture, ruleScope(rule));
  const carts =
    segmentKeys === 'all' ? picture.carts : picture.carts.filter((cart) => cart.segmentKeys.some((key) => segmentKeys.includes(key)));
  return {
    parts: rule.kind === 'bundle_price' ? [bundlePart(picture, covered)] : partsOf(picture, covered),
    dayShape: dayShapeOf(covered),
    depthBasisPoints,
    days,
    segmentKeys,
    depthFactor: rule.kind === 'coupon' ? couponFactor(rule, carts, picture.settings.currency) : 1,
    redemption: rule.kind === 'coupon' ? CODE_USE : AUTOMATIC_USE,
    visibility: picture.call.visibility,
    level: { mean: 1, standardDeviation: picture.year.shopError },
    response: responseOf(picture.memory, rule.kind),
    threshold: thresholdOf(picture, rule, carts),
    traffic: trafficOf(picture, rule, carts),
    unitCap: rule.kind === 'flash_sale' ? rule.stockCapUnits : null,
    holdoutBasisPoints: picture.settings.holdoutBasisPoints,
    users: { all: picture.userCount, bySegment: Object.fromEntries(picture.segments.map(({ key, size }) => [key, size])) },
    draws,
    seed,
  };
}

const sum = (values: Iterable<number>): number => [...values].reduce((a, b) => a + b, 0);
const unitsPerDay = (products: readonly PictureProduct[]): number =>
  products.reduce((total, { expectedPerDay }) => total + expectedPerDay, 0);

/** Expected price (or another value) over the units that are expected; over products when none are. */
function weighted(products: readonly PictureProduct[], value: (product: PictureProduct) => number): number {
  const total = unitsPerDay(products);
  if (products.length === 0) return 0;
  return total > 0
    ? products.reduce((so, product) => so + value(product) * product.expectedPerDay, 0) / total
    : sum(products.map(value)) / products.length;
}

function dayShapeOf(products: readonly PictureProduct[]): number[] {
  const days = Array.from({ length: HORIZON_DAYS }, (_, day) => sum(products.map(({ expected }) => expected[day] ?? 0)));
  const mean = sum(days) / HORIZON_DAYS;
  return days.map((units) => (mean > 0 ? units / mean : 1));
}

function relativeError(products: readonly PictureProduct[], categoryError: number): number {
  const total = unitsPerDay(products) * HORIZON_DAYS;
  const variance = sum(products.map(({ deviation }) => sum(deviation.map((each) => each * each))));
  // Products of one category err together; the square root alone would promise too much.
  return total > 0 ? Math.min(0.6, Math.hypot(categoryError, Math.sqrt(variance) / total)) : 0.5;
}

function partsOf(picture: ShopPicture, covered: readonly PictureProduct[]): DemandPart[] {
  return [...Map.groupBy(covered, ({ categoryKey }) => categoryKey)].map(([categoryKey, inside]): DemandPart => {
    const category = picture.products.filter((product) => product.categoryKey === categoryKey);
    const others = category.filter((product) => !inside.includes(product));
    const coverage = Math.min(1, unitsPerDay(inside) / Math.max(1e-9, unitsPerDay(category)));
    const substitution = picture.response.substitutionShare;
    const kept = 1 - substitution * coverage;
    const elasticity = elasticityOf(picture.response, categoryKey);
    const rest = others.length > 0 ? others : inside;
    return {
      categoryKey,
      unitsPerDay: unitsPerDay(inside),
      relativeError: relativeError(inside, picture.year.categoryError),
      priceMinor: weighted(inside, ({ priceMinor }) => priceMinor),
      costMinor: weighted(inside, ({ costMinor, priceMinor }) => costMinor ?? priceMinor),
      // What products inside the promotion take from each other is no gain at all; what they take from outside is cannibalisation.
      elasticity: { mean: elasticity.mean * kept, standardDeviation: elasticity.standardDeviation * kept },
      cannibalisationShare: (substitution * (1 - coverage)) / kept,
      pullForwardShare: PULL_FORWARD_SHARE,
      otherPriceMinor: weighted(rest, ({ priceMinor }) => priceMinor),
      otherMarginMinor: weighted(rest, ({ costMinor, priceMinor }) => (costMinor === null ? 0 : priceMinor - costMinor)),
      segmentShares: segmentSharesOf(picture, categoryKey, category),
    };
  });
}

function segmentSharesOf(picture: ShopPicture, categoryKey: string, category: readonly PictureProduct[]): Record<string, number> {
  const all = unitsBetween(picture.history, category, SHARE_DAYS, 0);
  const expected = orderSharesOf(picture.segments, picture.rhythm);
  return Object.fromEntries(
    picture.segments.map(({ key, unitsByCategory, orderShare }) => {
      const ofLate = all > 0 ? (unitsByCategory.get(categoryKey) ?? 0) / all : 0;
      return [key, Math.min(1, orderShare > 0 ? (ofLate * (expected[key] ?? 0)) / orderShare : ofLate)];
    }),
  );
}

/** The products of a bundle as one product that is sold as often as they share a cart. */
function bundlePart(picture: ShopPicture, pieces: readonly PictureProduct[]): DemandPart {
  const together = picture.carts.filter((cart) => pieces.every((piece) => cart.lines.some(({ product }) => product === piece)));
  const priceMinor = sum(pieces.map((piece) => piece.priceMinor));
  const costMinor = sum(pieces.map((piece) => piece.costMinor ?? piece.priceMinor));
  const beliefs = pieces.map(({ categoryKey }) => elasticityOf(picture.response, categoryKey));
  const single = pieces.length > 0 ? 1 / pieces.length : 1;
  return {
    categoryKey: 'bundle',
    unitsPerDay: together.length / CART_DAYS,
    relativeError: 0.1 + 1 / Math.sqrt(Math.max(1, together.length)),
    priceMinor,
    costMinor,
    elasticity: {
      mean: sum(beliefs.map(({ mean }) => mean)) * single,
      standardDeviation: Math.max(0, ...beliefs.map(({ standardDeviation }) => standardDeviation)),
    },
    // Most who take a bundle would have bought one of its products anyway.
    cannibalisationShare: ANCHORED_BUNDLE_SHARE,
    pullForwardShare: PULL_FORWARD_SHARE,
    otherPriceMinor: priceMinor * single,
    otherMarginMinor: (priceMinor - costMinor) * single,
    segmentShares: Object.fromEntries(
      picture.segments.map(({ key }) => [
        key,
        together.length === 0 ? 0 : together.filter((cart) => cart.segmentKeys.includes(key)).length / together.length,
      ]),
    ),
  };
}

export const inScopeMinor = (cart: Cart, scope: Scope): number =>
  sum(cart.lines.map((line) => (isInScope(scope, line.product) ? line.unitPriceMinor * line.quantity : 0)));

/** Which part of the percentage is left after the code's own maximum, over past carts. */
function couponFactor(rule: Extract<PromotionRule, { kind: 'coupon' }>, carts: readonly Cart[], currency: string): number {
  const most = rule.maximumAmounts[currency] ?? 0;
  let [nominal, given] = [0, 0];
  for (const cart of carts) {
    const off = (inScopeMinor(cart, rule.scope) * rule.basisPoints) / BASIS_POINTS;
    nominal += off;
    given += Math.min(off, most);
  }
  return nominal > 0 ? given / nominal : 1;
}

/** What a gift is worth to a shopper who did not choose it, as a share of its price: a prior of ours, said in the evidence. */
const WORTH_OF_GIFT = 0.5;

/** Minimum, and what the reward is worth to shoppers and costs the shop; null for rules without a minimum. */
export function rewardOf(
  picture: ShopPicture,
  rule: PromotionRule,
): { minimumMinor: number; rewardWorthMinor: number; rewardCostMinor: number } | null {
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

function thresholdOf(picture: ShopPicture, rule: PromotionRule, carts: readonly Cart[]): EffectBasis['threshold'] {
  const reward = rewardOf(picture, rule);
  if (!reward) return null;
  const worths = carts.map((cart) => inScopeMinor(cart, ruleScope(rule))).filter((worth) => worth > 0);
  const reached = worths.filter((worth) => worth >= reward.minimumMinor);
  // The audience's carts stand for a share of the shop's; the share is applied again when the effect is drawn.
  const near = picture.carts
    .map((cart) => inScopeMinor(cart, ruleScope(rule)))
    .filter((worth) => worth < reward.minimumMinor && worth >= NEAR_SHARE * reward.minimumMinor);
  const covered = productsOf(picture, ruleScope(rule)).filter(({ costMinor }) => costMinor !== null);
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
