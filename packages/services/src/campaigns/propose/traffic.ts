import { type PromotionRule, ruleScope, type TrafficBasis } from '@promolift/domain';
import type { Normal } from '@promolift/ml';
import { CART_DAYS } from './carts.ts';
import { unitsBetween } from './demand-history.ts';
import { keptFor, scopeView, shopView } from './scope-view.ts';
import { orderSharesOf } from './segments.ts';
import type { ShopPicture } from './shop-picture.ts';
import { rewardOf } from './threshold.ts';

/** Past sales were money off for everybody. How differently another kind calls is not in them: by half of it, until campaigns of the kind are measured. */
const OTHER_KIND_DOUBT = 0.5;

const beliefFor = (kind: PromotionRule['kind'], { mean, standardDeviation }: Normal): Normal => ({
  mean,
  standardDeviation: kind === 'percent_off' ? standardDeviation : Math.hypot(standardDeviation, OTHER_KIND_DOUBT * mean),
});

/** The orders an offer may call, from the carts of the last eight weeks; `audience`: places in the picture's carts. */
export function trafficOf(picture: ShopPicture, rule: PromotionRule, audience: Int32Array): TrafficBasis | null {
  // A bundle is looked for by those who want its products; nobody comes for it alone.
  if (rule.kind === 'bundle_price') return null;
  const { cartsMinor: coveredMinor } = scopeView(picture, ruleScope(rule));
  const { cartsMinor, cartMarginsMinor } = shopView(picture);
  const reward = rewardOf(picture, rule);
  const touched = audience.filter((at) => (coveredMinor[at] ?? 0) > 0);
  if (touched.length === 0) return null;
  const mean = (value: (at: number) => number) => touched.reduce((sum, at) => sum + value(at), 0) / touched.length;
  const covered = (at: number) => coveredMinor[at] ?? 0;
  // Cart by cart: a dear category is a large part of few carts and calls few shoppers.
  const shares = audience.reduce((sum, at) => sum + ((cartsMinor[at] ?? 0) > 0 ? covered(at) / (cartsMinor[at] ?? 1) : 0), 0);
  return {
    ordersPerDay: levelOf(picture, '') * (picture.carts.length / CART_DAYS),
    segmentShares: orderSharesOf(picture.segments, picture.rhythm),
    missingPerDay: Object.fromEntries(picture.segments.map(({ key, rhythm }) => [key, rhythm.missingPerDay])),
    missingOfAllPerDay: picture.rhythm.missingPerDay,
    coveredShare: shares / audience.length,
    cartMarginMinor: mean((at) => cartMarginsMinor[at] ?? 0),
    cartCoveredMinor: mean(covered),
    reachedShare: reward ? mean((at) => (covered(at) >= reward.minimumMinor ? 1 : 0)) : 1,
    lift: beliefFor(rule.kind, picture.call.lift),
    comeback: beliefFor(rule.kind, picture.call.comeback),
  };
}

/** Units forecast a day against those of the days whose carts are counted. */
const levelOf = keptFor(({ products, history }): number => {
  const before = unitsBetween(history, products, CART_DAYS, 0) / CART_DAYS;
  return before > 0 ? products.reduce((sum, { expectedPerDay }) => sum + expectedPerDay, 0) / before : 1;
});
