import type { DemandHistory } from '../propose/demand-history.ts';
import type { PictureProduct } from '../propose/products.ts';
import { median, usualPrices } from '../propose/usual-prices.ts';
import type { Purchases } from './read-purchases.ts';

/** A stretch of days on which the shop gave away clearly more than usual: days [from, to). */
export type PastSale = { from: number; to: number };

/** How deep prices were cut on each day: [category × day], 0..1, and over all that is bought: [day]. */
export type PastDepths = {
  days: number;
  categoryKeys: string[];
  depth: Float64Array;
  felt: Float64Array;
  /** List prices without cuts, [product × day], and each product's category. */
  usualPrice: Float64Array;
  categoryOfProduct: Int32Array;
};

const AROUND_DAYS = 28;
/** Part of everything bought that is given away on a day of a sale, beyond what is given away on any day. */
const LEAST_FELT = 0.05;
/** A day or two are several shelves that happen to meet; weeks on end are the shop's usual price. */
const [LEAST_DAYS, MOST_DAYS] = [3, 21];

/** From the price history, and from what lines cost less than the shelf said. */
export function pastDepths(products: readonly PictureProduct[], history: DemandHistory, purchases: Purchases): PastDepths {
  const { days } = history;
  const categoryKeys = [...new Set(products.map(({ categoryKey }) => categoryKey))].sort();
  const position = new Map(categoryKeys.map((key, index) => [key, index]));
  const categoryOfProduct = Int32Array.from(products, ({ categoryKey }) => position.get(categoryKey) ?? 0);
  const usualPrice = usualPrices(history);
  const [cut, weight] = [new Float64Array(categoryKeys.length * days), new Float64Array(categoryKeys.length * days)];
  for (const { index } of products) {
    const usual = history.units.subarray(index * days, (index + 1) * days).reduce((a, b) => a + b, 0);
    const at = (categoryOfProduct[index] ?? 0) * days;
    for (let day = history.since[index] ?? 0; day < days; day += 1) {
      const list = usualPrice[index * days + day] ?? 0;
      if (list <= 0) continue;
      const worth = usual * list;
      weight[at + day] = (weight[at + day] ?? 0) + worth;
      cut[at + day] = (cut[at + day] ?? 0) + worth * Math.max(0, 1 - (history.price[index * days + day] ?? 0) / list);
    }
  }
  const beyond = beyondShelf(products, history, purchases, categoryOfProduct, categoryKeys.length);
  const depth = cut.map((value, at) => {
    const shelf = (weight[at] ?? 0) > 0 ? value / (weight[at] ?? 1) : 0;
    return Math.min(0.9, shelf + (beyond[at] ?? 0));
  });
  const felt = Float64Array.from({ length: days }, (_, day) => {
    let [given, all] = [0, 0];
    for (let at = day; at < weight.length; at += days) {
      given += (weight[at] ?? 0) * (depth[at] ?? 0);
      all += weight[at] ?? 0;
    }
    return all > 0 ? given / all : 0;
  });
  return { days, categoryKeys, depth, felt, usualPrice, categoryOfProduct };
}

/** What is taken off at the till beyond the shelf's price: [category × day], over what is taken off on most days around. */
function beyondShelf(
  products: readonly PictureProduct[],
  { price, days }: DemandHistory,
  purchases: Purchases,
  categoryOfProduct: Int32Array,
  categories: number,
): Float64Array {
  const indexOf = new Map(products.map(({ id, index }) => [id, index]));
  const [shelf, off] = [new Float64Array(categories * days), new Float64Array(categories * days)];
  for (let row = 0; row < purchases.day.length; row += 1) {
    const product = indexOf.get(purchases.productIds[purchases.product[row] ?? -1] ?? '');
    if (product === undefined) continue;
    const day = purchases.day[row] ?? 0;
    const at = (categoryOfProduct[product] ?? 0) * days + day;
    const worth = (purchases.quantity[row] ?? 0) * (price[product * days + day] ?? 0);
    shelf[at] = (shelf[at] ?? 0) + worth;
    off[at] = (off[at] ?? 0) + Math.max(0, worth - (purchases.paidMinor[row] ?? 0));
  }
  const share = off.map((value, at) => ((shelf[at] ?? 0) > 0 ? value / (shelf[at] ?? 1) : 0));
  return share.map((value, at) => {
    const day = at % days;
    const from = at - day;
    return Math.max(
      0,
      value - median([...share.subarray(from + Math.max(0, day - AROUND_DAYS), from + Math.min(days, day + AROUND_DAYS + 1))]),
    );
  });
}

/** Stretches of days whose felt depth stands clearly above the median of the days around. */
export function pastSales({ felt, days }: Pick<PastDepths, 'felt' | 'days'>): PastSale[] {
  const usual = felt.map((_, day) => median([...felt.subarray(Math.max(0, day - AROUND_DAYS), Math.min(days, day + AROUND_DAYS + 1))]));
  const sales: PastSale[] = [];
  for (let day = 0; day < days; day += 1) {
    if ((felt[day] ?? 0) - (usual[day] ?? 0) < LEAST_FELT) continue;
    const open = sales.at(-1);
    if (open && open.to === day) open.to = day + 1;
    else sales.push({ from: day, to: day + 1 });
  }
  return sales.filter(({ from, to }) => to - from >= LEAST_DAYS && to - from <= MOST_DAYS);
}
