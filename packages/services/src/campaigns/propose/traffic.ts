import { type PromotionRule, ruleScope, type TrafficBasis } from '@promolift/domain';
import type { Normal } from '@promolift/ml';
import { type Cart, CART_DAYS } from './carts.ts';
import { unitsBetween } from './demand-history.ts';
import { inScopeMinor, rewardOf } from './effect-basis.ts';
import { orderSharesOf } from './segments.ts';
import type { ShopPicture } from './shop-picture.ts';

/** Past sales were money off for everybody. How differently another kind calls is not in them: by half of it, until campaigns of the kind are measured. */
const OTHER_KIND_DOUBT = 0.5;

const beliefFor = (kind: PromotionRule['kind'], { mean, standardDeviation }: Normal): Normal => ({
  mean,
  standardDeviation: kind === 'percent_off' ? standardDeviation : Math.hypot(standardDeviation, OTHER_KIND_DOUBT * mean),
});

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
  return {
    ordersPerDay: levelOf(picture) * (picture.carts.length / CART_DAYS),
    segmentShares: orderSharesOf(picture.segments, picture.rhythm),
    missingPerDay: Object.fromEntries(picture.segments.map(({ key, rhythm }) => [key, rhythm.missingPerDay])),
    missingOfAllPerDay: picture.rhythm.missingPerDay,
    // Cart by cart: a dear category is a large part of few carts and calls few shoppers.
    coveredShare: worths.reduce((sum, { covered, all }) => sum + (all > 0 ? covered / all : 0), 0) / worths.length,
    cartMarginMinor: mean(({ cart }) => marginOf(cart)),
    cartCoveredMinor: mean(({ covered }) => covered),
    reachedShare: reward ? mean(({ covered }) => (covered >= reward.minimumMinor ? 1 : 0)) : 1,
    lift: beliefFor(rule.kind, picture.call.lift),
    comeback: beliefFor(rule.kind, picture.call.comeback),
  };
}

/** Units forecast a day against those of the days whose carts are counted. */
function levelOf({ products, history }: ShopPicture): number {
  const before = unitsBetween(history, products, CART_DAYS, 0) / CART_DAYS;
  return before > 0 ? products.reduce((sum, { expectedPerDay }) => sum + expectedPerDay, 0) / before : 1;
}

const worthOf = (cart: Cart): number => cart.lines.reduce((sum, { unitPriceMinor, quantity }) => sum + unitPriceMinor * quantity, 0);

/** Of goods whose cost is known; discounts of then are taken off. */
const marginOf = (cart: Cart): number =>
  cart.lines.reduce(
    (sum, { product, quantity, unitPriceMinor, discountMinor }) =>
      product.costMinor === null ? sum : sum + quantity * (unitPriceMinor - product.costMinor) - discountMinor,
    0,
  );
