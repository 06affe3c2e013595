import { CATEGORIES, type CategoryTruth } from '../products/categories.ts';
import { dateOfDay, dayOfYear, holidayOf } from '../shared/calendar.ts';
import type { Shop } from './shop.ts';
import type { ShopState } from './state.ts';

/** What everybody meets on one day: prices, seasons and what is on the shelf. */
export type ShopDay = {
  readonly index: number;
  readonly date: Date;
  readonly season: Float64Array;
  readonly traffic: number;
  readonly regularMinor: Int32Array;
  readonly shelfMinor: Int32Array;
  /** 0 = not for sale; below 1 while shoppers still discover a new product. */
  readonly presence: Float64Array;
  /** How loudly the shelf's price cuts call, per category: their mean depth, 0..1, as far as shoppers hear of them. */
  readonly cutCall: Float64Array;
};

const DISCOVERY_DAYS = 60;

/** The factor on a category's need: yearly wave × weekend × holiday. */
function seasonOf(category: CategoryTruth, date: Date): number {
  const wave = 1 + category.amplitude * Math.cos((2 * Math.PI * (dayOfYear(date) - category.peakDay)) / 365);
  const isWeekend = date.getUTCDay() === 0 || date.getUTCDay() === 6;
  const holiday = holidayOf(date);
  return wave * (isWeekend ? category.weekend : 1) * (holiday === null ? 1 : (category.holidays[holiday] ?? 1));
}

function trafficOf(date: Date): number {
  const byWeekday = [1.1, 0.9, 0.9, 0.95, 1, 1.1, 1.2];
  const holiday = holidayOf(date);
  return byWeekday[date.getUTCDay()] * (holiday === 'black-friday' ? 1.3 : holiday === 'christmas' ? 1.15 : 1);
}

/** Part of what an offer says that a price on the shelf says by itself. */
const SHELF_VOICE = 0.3;

function cutCallOf(shop: Shop, dayIndex: number, regular: Int32Array, shelf: Int32Array): Float64Array {
  return Float64Array.from(shop.shelves, (indexes, category) => {
    const voice = shop.prices.announced[dayIndex * CATEGORIES.length + category] === 1 ? 1 : SHELF_VOICE;
    let total = 0;
    for (const index of indexes) total += 1 - shelf[index] / regular[index];
    return indexes.length === 0 ? 0 : (voice * total) / indexes.length;
  });
}

/** Opens the day `index` (days from the start). Days after the history keep its last regular prices. */
export function openDay(state: ShopState, index: number): ShopDay {
  const { shop } = state;
  const { prices, products } = shop;
  const date = dateOfDay(shop.config.startDate, index);
  const at = Math.max(0, Math.min(index, prices.days - 1)) * products.length;
  const regularMinor = prices.regularMinor.subarray(at, at + products.length);
  const shelfMinor = index < prices.days ? prices.shelfMinor.subarray(at, at + products.length) : regularMinor;
  return {
    index,
    date,
    regularMinor,
    shelfMinor,
    traffic: trafficOf(date),
    season: Float64Array.from(CATEGORIES, (category) => seasonOf(category, date)),
    cutCall: cutCallOf(shop, index, regularMinor, shelfMinor),
    presence: Float64Array.from(products, ({ launchDay, index: product }) => {
      if (launchDay > index || state.stock[product] <= 0) return 0;
      return launchDay === 0 ? 1 : Math.min(1, 0.15 + (0.85 * (index - launchDay)) / DISCOVERY_DAYS);
    }),
  };
}

const RESTOCK_EVERY_DAYS = 7;

/** Weekly delivery: fills the shelf up again; overstocked products get none. */
export function restock(state: ShopState, index: number): void {
  if (index === 0 || index % RESTOCK_EVERY_DAYS !== 0) return;
  for (const product of state.shop.products) {
    if (!product.isOverstocked) state.stock[product.index] = Math.max(state.stock[product.index], product.startingStock);
    else if (state.stock[product.index] < 150 && index < state.shop.config.days - 60) state.stock[product.index] += product.startingStock;
  }
}
