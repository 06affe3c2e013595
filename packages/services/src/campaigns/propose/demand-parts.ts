import type { DemandPart, Scope } from '@promolift/domain';
import { PULL_FORWARD_SHARE } from '../response/learn-response.ts';
import { CART_DAYS } from './carts.ts';
import { HORIZON_DAYS } from './demand-forecast.ts';
import { unitsBetween } from './demand-history.ts';
import { elasticityOf } from './price-response.ts';
import type { PictureProduct } from './products.ts';
import { keptFor, scopeView, shopView } from './scope-view.ts';
import { orderSharesOf, SHARE_DAYS } from './segments.ts';
import type { ShopPicture } from './shop-picture.ts';

const ANCHORED_BUNDLE_SHARE = 0.6;

/** The demand a scope covers, by category, and how its days differ from their mean. */
export type ScopeDemand = { parts: DemandPart[]; dayShape: number[] };

const demandOf = keptFor((picture, key): ScopeDemand => {
  const { products } = scopeView(picture, JSON.parse(key));
  return { parts: partsOf(picture, products), dayShape: dayShapeOf(products) };
});

export const scopeDemand = (picture: ShopPicture, scope: Scope): ScopeDemand => demandOf(picture, JSON.stringify(scope));

const sum = (values: Iterable<number>): number => {
  let total = 0;
  for (const value of values) total += value;
  return total;
};
const unitsPerDay = (products: readonly PictureProduct[]): number =>
  products.reduce((total, { expectedPerDay }) => total + expectedPerDay, 0);

/** Expected price (or another value) over the units that are expected; over products when none are. */
export function weighted(products: readonly PictureProduct[], value: (product: PictureProduct) => number): number {
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
  const { byCategory } = shopView(picture);
  return [...Map.groupBy(covered, ({ categoryKey }) => categoryKey)].map(([categoryKey, inside]): DemandPart => {
    const category = byCategory.get(categoryKey) ?? [];
    const isInside = new Set(inside);
    const others = category.filter((product) => !isInside.has(product));
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
      segmentShares: segmentSharesOf(picture, categoryKey),
    };
  });
}

const segmentSharesOf = keptFor((picture, categoryKey): Record<string, number> => {
  const all = unitsBetween(picture.history, shopView(picture).byCategory.get(categoryKey) ?? [], SHARE_DAYS, 0);
  const expected = orderSharesOf(picture.segments, picture.rhythm);
  return Object.fromEntries(
    picture.segments.map(({ key, unitsByCategory, orderShare }) => {
      const ofLate = all > 0 ? (unitsByCategory.get(categoryKey) ?? 0) / all : 0;
      return [key, Math.min(1, orderShare > 0 ? (ofLate * (expected[key] ?? 0)) / orderShare : ofLate)];
    }),
  );
});

/** The products of a bundle as one product that is sold as often as they share a cart. */
export function bundlePart(picture: ShopPicture, pieces: readonly PictureProduct[]): DemandPart {
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
