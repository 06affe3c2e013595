import { type PromotionRule, ruleScope, type TrafficBasis } from '@promolift/domain';
import { type Cart, CART_DAYS } from './carts.ts';
import { inScopeMinor, rewardOf } from './effect-basis.ts';
import type { ShopPicture } from './shop-picture.ts';

/** Part of the price response that is more orders rather than fuller or other carts. A prior of ours, said in the evidence; measured results correct it. */
const ORDER_SHARE = 0.3;
/** Offers of 10% on everything bring back about a fifth of the orders that fell away. A prior of ours, said in the evidence; measured results correct it. */
const COMEBACK = { mean: 2, standardDeviation: 1 };
const MONTH_DAYS = 28;

/** The orders an offer may call, from the carts of the last eight weeks. */
export function trafficOf(picture: ShopPicture, rule: PromotionRule, carts: readonly Cart[]): TrafficBasis | null {
  // A bundle is looked for by those who want its products; nobody comes for it alone.
  if (rule.kind === 'bundle_price') return null;
  const scope = ruleScope(rule);
  const reward = rewardOf(picture, rule);
  const worths = carts.map((cart) => ({ cart, covered: inScopeMinor(cart, scope), all: worthOf(cart) }));
  const touched = worths.filter(({ covered }) => covered > 0);
  if (touched.length === 0) return null;
  const mean = (value: (each: (typeof touched)[number]) => number) => touched.reduce((sum, each) => sum + value(each), 0) / touched.length;
  const lift = ORDER_SHARE * Math.max(0.5, -picture.response.shop.mean);
  return {
    ordersPerDay: picture.carts.length / CART_DAYS,
    segmentShares: Object.fromEntries(
      picture.segments.map(({ key }) => [
        key,
        picture.carts.filter((cart) => cart.segmentKeys.includes(key)).length / Math.max(1, picture.carts.length),
      ]),
    ),
    missingPerDay: Object.fromEntries(
      picture.segments.map(({ key, size, usualOrders, recentOrders }) => [
        key,
        (Math.max(0, usualOrders - recentOrders) * size) / MONTH_DAYS,
      ]),
    ),
    // Cart by cart: a dear category is a large part of few carts and calls few shoppers.
    coveredShare: worths.reduce((sum, { covered, all }) => sum + (all > 0 ? covered / all : 0), 0) / worths.length,
    cartMarginMinor: mean(({ cart }) => marginOf(cart)),
    cartCoveredMinor: mean(({ covered }) => covered),
    reachedShare: reward ? mean(({ covered }) => (covered >= reward.minimumMinor ? 1 : 0)) : 1,
    lift: { mean: lift, standardDeviation: 0.6 * lift },
    comeback: COMEBACK,
  };
}

const worthOf = (cart: Cart): number => cart.lines.reduce((sum, { unitPriceMinor, quantity }) => sum + unitPriceMinor * quantity, 0);

/** Of goods whose cost is known; discounts of then are taken off. */
const marginOf = (cart: Cart): number =>
  cart.lines.reduce(
    (sum, { product, quantity, unitPriceMinor, discountMinor }) =>
      product.costMinor === null ? sum : sum + quantity * (unitPriceMinor - product.costMinor) - discountMinor,
    0,
  );
