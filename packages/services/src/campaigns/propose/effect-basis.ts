import { BASIS_POINTS, type EffectBasis, type PromotionRule, ruleScope } from '@promolift/domain';
import { responseOf } from './campaign-memory.ts';
import { bundlePart, scopeDemand } from './demand-parts.ts';
import { audienceCarts, scopeView } from './scope-view.ts';
import type { ShopPicture } from './shop-picture.ts';
import { thresholdOf } from './threshold.ts';
import { trafficOf } from './traffic.ts';

/** A promotion as it may be offered: one rule, an audience, a length. */
export type Offer = { rule: PromotionRule; segmentKeys: 'all' | string[]; days: number; depthBasisPoints: number };

const CODE_USE = { mean: 0.5, standardDeviation: 0.12 };
const AUTOMATIC_USE = { mean: 1, standardDeviation: 0 };

/** Everything the effect of an offer is drawn from. */
export function effectBasisOf(picture: ShopPicture, offer: Offer, draws: number, seed: number): EffectBasis {
  const { rule, segmentKeys, days, depthBasisPoints } = offer;
  const { products } = scopeView(picture, ruleScope(rule));
  const { parts, dayShape } = scopeDemand(picture, ruleScope(rule));
  const audience = audienceCarts(picture, segmentKeys);
  return {
    parts: rule.kind === 'bundle_price' ? [bundlePart(picture, products)] : parts,
    dayShape,
    depthBasisPoints,
    days,
    segmentKeys,
    depthFactor: rule.kind === 'coupon' ? couponFactor(picture, rule, audience) : 1,
    redemption: rule.kind === 'coupon' ? CODE_USE : AUTOMATIC_USE,
    visibility: picture.call.visibility,
    level: { mean: 1, standardDeviation: picture.year.shopError },
    response: responseOf(picture.memory, rule.kind),
    threshold: thresholdOf(picture, rule, audience),
    traffic: trafficOf(picture, rule, audience),
    unitCap: rule.kind === 'flash_sale' ? rule.stockCapUnits : null,
    holdoutBasisPoints: picture.settings.holdoutBasisPoints,
    users: { all: picture.userCount, bySegment: Object.fromEntries(picture.segments.map(({ key, size }) => [key, size])) },
    draws,
    seed,
  };
}

/** Which part of the percentage is left after the code's own maximum, over past carts. */
function couponFactor(picture: ShopPicture, rule: Extract<PromotionRule, { kind: 'coupon' }>, audience: Int32Array): number {
  const { cartsMinor } = scopeView(picture, rule.scope);
  const most = rule.maximumAmounts[picture.settings.currency] ?? 0;
  let [nominal, given] = [0, 0];
  for (const at of audience) {
    const off = ((cartsMinor[at] ?? 0) * rule.basisPoints) / BASIS_POINTS;
    nominal += off;
    given += Math.min(off, most);
  }
  return nominal > 0 ? given / nominal : 1;
}
