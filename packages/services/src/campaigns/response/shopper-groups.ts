import type { PastDepths } from './past-sales.ts';
import type { Purchases } from './read-purchases.ts';

/** A shopper is away after a silence that their own rhythm would leave to chance one time in twenty (e^−3), and at least four weeks. */
export const AWAY = { silentIntervals: 3, leastDays: 28, spanPaddingDays: 30, leastSpanDays: 60 };

/** Purchases indexed so that any stretch of days can be summed by category and by who was away when it began. */
export type PurchaseDays = {
  days: number;
  categories: number;
  /** First row of each day, [days + 1]. */
  offsets: Int32Array;
  user: Int32Array;
  /** −1 for products that are not sold any more. */
  category: Int32Array;
  quantity: Float64Array;
  /** Days with an order of each user, ascending. */
  orderDays: number[][];
};

export function purchaseDays(purchases: Purchases, depths: PastDepths, productIndexOf: ReadonlyMap<string, number>): PurchaseDays {
  const { days } = depths;
  const orderDays = purchases.userIds.map((): number[] => []);
  const category = new Int32Array(purchases.day.length).fill(-1);
  const offsets = new Int32Array(days + 1);
  for (let row = 0; row < purchases.day.length; row += 1) {
    const day = purchases.day[row] ?? 0;
    offsets[day + 1] = row + 1;
    const ownDays = orderDays[purchases.user[row] ?? -1];
    if (ownDays && ownDays.at(-1) !== day) ownDays.push(day);
    const product = productIndexOf.get(purchases.productIds[purchases.product[row] ?? -1] ?? '');
    if (product !== undefined) category[row] = depths.categoryOfProduct[product] ?? -1;
  }
  for (let day = 1; day <= days; day += 1) offsets[day] = Math.max(offsets[day] ?? 0, offsets[day - 1] ?? 0);
  return { days, categories: depths.categoryKeys.length, offsets, user: purchases.user, category, quantity: purchases.quantity, orderDays };
}

/** Who was away on a day, and the orders a day that they used to place. */
type Away = { isAway: Uint8Array; missingPerDay: number };

function awayOn({ orderDays }: PurchaseDays, day: number): Away {
  const isAway = new Uint8Array(orderDays.length);
  let missingPerDay = 0;
  orderDays.forEach((days, user) => {
    const rate = missingRate(days, day);
    if (rate > 0) isAway[user] = 1;
    missingPerDay += rate;
  });
  return { isAway, missingPerDay };
}

/** Units per category on the days [from, from + length) of those who were not away when they began. */
export function unitsOfPresent(bought: PurchaseDays, from: number, length: number): Float64Array {
  const { isAway } = awayOn(bought, from);
  const units = new Float64Array(bought.categories);
  const end = bought.offsets[Math.min(bought.days, from + length)] ?? 0;
  for (let row = bought.offsets[from] ?? 0; row < end; row += 1) {
    const category = bought.category[row] ?? -1;
    if (category >= 0 && isAway[bought.user[row] ?? -1] !== 1) units[category] = (units[category] ?? 0) + (bought.quantity[row] ?? 0);
  }
  return units;
}

/** Days with an order on [from, from + length) of those who were away when they began, and the orders a day they used to place. */
export function ordersOfAway(bought: PurchaseDays, from: number, length: number): { orders: number; missingPerDay: number } {
  const { isAway, missingPerDay } = awayOn(bought, from);
  let orders = 0;
  bought.orderDays.forEach((days, user) => {
    if (isAway[user] === 1) orders += countBefore(days, from + length) - countBefore(days, from);
  });
  return { orders, missingPerDay };
}

/** Orders a day that a user placed before they went away; 0 for those who are not away on `day`. */
export function missingRate(orderDays: readonly number[], day: number): number {
  const count = countBefore(orderDays, day);
  const [first, last] = [orderDays[0], orderDays[count - 1]];
  if (first === undefined || last === undefined) return 0;
  const rate = count / Math.max(AWAY.leastSpanDays, last - first + AWAY.spanPaddingDays);
  const silent = day - last;
  return silent >= AWAY.leastDays && silent * rate >= AWAY.silentIntervals ? rate : 0;
}

function countBefore(ascending: readonly number[], day: number): number {
  let [low, high] = [0, ascending.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ascending[middle] ?? 0) < day) low = middle + 1;
    else high = middle;
  }
  return low;
}
