import { draw, drawWhole, PURPOSE } from '../shared/draws.ts';
import { CATEGORIES } from './categories.ts';
import type { Product } from './make-products.ts';

/** A week in which part of a category was cheaper for everybody; announced as part of a sale, or only written on the shelf. */
export type PriceCut = {
  readonly categoryIndex: number;
  readonly isAnnounced: boolean;
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
  /** `day * categories + category`: 1 while an announced sale covers the category. */
  readonly announced: Uint8Array;
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
        isAnnounced: false,
        fromDay,
        days: CUT_DAYS,
        depthBasisPoints: CUT_DEPTHS[drawWhole(seed, categoryIndex, round, PURPOSE.cut, CUT_DEPTHS.length, 3)],
        productIndexes,
      });
      fromDay += CUT_EVERY_DAYS - 14 + drawWhole(seed, categoryIndex, round, PURPOSE.cut, 28, 4);
    }
  }
  return cuts;
}

const SALE_DEPTHS = [1000, 1000, 1500, 1500, 2000];
const SALE_EVERY_DAYS = 63;
const SALE_DAYS = [5, 7, 7, 10];
const LEAST_CATEGORIES = 0.7;

/** The shop's own sales of the past: every two months or so most categories are cheaper for a week, and everybody is told. */
function salesOf(seed: number, products: readonly Product[], days: number): PriceCut[] {
  const sales: PriceCut[] = [];
  let fromDay = 40 + drawWhole(seed, 0, 0, PURPOSE.sale, SALE_EVERY_DAYS);
  for (let round = 1; ; round++) {
    const length = SALE_DAYS[drawWhole(seed, 0, round, PURPOSE.sale, SALE_DAYS.length, 1)];
    if (fromDay + length + QUIET_DAYS > days) return sales;
    const depthBasisPoints = SALE_DEPTHS[drawWhole(seed, 0, round, PURPOSE.sale, SALE_DEPTHS.length, 2)];
    const share = LEAST_CATEGORIES + (1 - LEAST_CATEGORIES) * draw(seed, 0, round, PURPOSE.sale, 3);
    for (let categoryIndex = 0; categoryIndex < CATEGORIES.length; categoryIndex++) {
      if (draw(seed, categoryIndex, round, PURPOSE.sale, 4) >= share) continue;
      const productIndexes = products
        .filter((product) => product.categoryIndex === categoryIndex && product.launchDay <= fromDay)
        .map((product) => product.index);
      sales.push({ categoryIndex, isAnnounced: true, fromDay, days: length, depthBasisPoints, productIndexes });
    }
    fromDay += SALE_EVERY_DAYS - 14 + drawWhole(seed, 0, round, PURPOSE.sale, 28, 5);
  }
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
  const cuts = [...cutsOf(seed, products, days), ...salesOf(seed, products, days)].sort((a, b) => a.fromDay - b.fromDay);
  const shelfMinor = regularMinor.slice();
  const announced = new Uint8Array(Math.max(1, days) * CATEGORIES.length);
  for (const cut of cuts) {
    for (let day = cut.fromDay; day < cut.fromDay + cut.days; day++) {
      if (cut.isAnnounced) announced[day * CATEGORIES.length + cut.categoryIndex] = 1;
      for (const index of cut.productIndexes) {
        const regular = regularMinor[day * count + index];
        shelfMinor[day * count + index] = Math.min(
          shelfMinor[day * count + index],
          regular - Math.floor((regular * cut.depthBasisPoints) / 10_000),
        );
      }
    }
  }
  return { days, cuts, regularMinor, shelfMinor, announced };
}
