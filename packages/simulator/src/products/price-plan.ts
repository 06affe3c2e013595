import { draw, drawWhole, PURPOSE } from '../shared/draws.ts';
import { CATEGORIES } from './categories.ts';
import type { Product } from './make-products.ts';

/** A week in which part of a category was cheaper for everybody. */
export type PriceCut = {
  readonly categoryIndex: number;
  readonly fromDay: number;
  readonly days: number;
  readonly depthBasisPoints: number;
  readonly productIndexes: readonly number[];
};

/** Prices of the history. Arrays are indexed `day * products + product`; after the last day its regular prices stay. */
export type PricePlan = {
  readonly days: number;
  readonly cuts: readonly PriceCut[];
  readonly regularMinor: Int32Array;
  readonly shelfMinor: Int32Array;
};

const CUT_DEPTHS = [1000, 1000, 1500, 1500, 2000, 2500, 3000];
const CUT_EVERY_DAYS = 49;
const CUT_DAYS = 7;
/** No cut near the end, so that what comes next starts from regular prices and rested shoppers. */
const QUIET_DAYS = 21;

function cutsOf(seed: number, products: readonly Product[], days: number): PriceCut[] {
  const cuts: PriceCut[] = [];
  for (let categoryIndex = 0; categoryIndex < CATEGORIES.length; categoryIndex++) {
    let fromDay = 14 + drawWhole(seed, categoryIndex, 0, PURPOSE.cut, CUT_EVERY_DAYS);
    for (let round = 1; fromDay + CUT_DAYS + QUIET_DAYS <= days; round++) {
      const share = 0.4 + 0.6 * draw(seed, categoryIndex, round, PURPOSE.cut, 1);
      const productIndexes = products
        .filter(
          (product) =>
            product.categoryIndex === categoryIndex &&
            product.launchDay <= fromDay &&
            draw(seed, product.index, round, PURPOSE.cut, 2) < share,
        )
        .map((product) => product.index);
      cuts.push({
        categoryIndex,
        fromDay,
        days: CUT_DAYS,
        depthBasisPoints: CUT_DEPTHS[drawWhole(seed, categoryIndex, round, PURPOSE.cut, CUT_DEPTHS.length, 3)],
        productIndexes,
      });
      fromDay += CUT_EVERY_DAYS - 14 + drawWhole(seed, categoryIndex, round, PURPOSE.cut, 28, 4);
    }
  }
  return cuts.sort((a, b) => a.fromDay - b.fromDay);
}

/** About once a year the supplier moves a price by −4 … +8 %. */
function repricedMinor(seed: number, product: Product, day: number, currentMinor: number): number {
  if (day === 0 || draw(seed, product.index, day, PURPOSE.price, 5) > 1 / 365) return currentMinor;
  const change = 0.96 + 0.12 * draw(seed, product.index, day, PURPOSE.price, 6);
  return Math.max(product.costMinor + 1, Math.round(currentMinor * change));
}

/** Plans regular prices and past price cuts for `days` days. */
export function planPrices(seed: number, products: readonly Product[], days: number): PricePlan {
  const count = products.length;
  const regularMinor = new Int32Array(Math.max(1, days) * count);
  for (const product of products) {
    let price = product.priceMinor;
    for (let day = 0; day < Math.max(1, days); day++) {
      price = repricedMinor(seed, product, day, price);
      regularMinor[day * count + product.index] = price;
    }
  }
  const cuts = cutsOf(seed, products, days);
  const shelfMinor = regularMinor.slice();
  for (const cut of cuts) {
    for (let day = cut.fromDay; day < cut.fromDay + cut.days; day++) {
      for (const index of cut.productIndexes) {
        const regular = regularMinor[day * count + index];
        shelfMinor[day * count + index] = Math.min(
          shelfMinor[day * count + index],
          regular - Math.floor((regular * cut.depthBasisPoints) / 10_000),
        );
      }
    }
  }
  return { days, cuts, regularMinor, shelfMinor };
}
