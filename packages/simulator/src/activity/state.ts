import { CATEGORIES } from '../products/categories.ts';
import type { ShopRow } from '../shared/rows.ts';
import type { Shop } from './shop.ts';

/** Rows that are due on a later day: returns and ratings. */
type DueRows = { readonly day: number; readonly rows: readonly ShopRow[] };

/** What changes from day to day. `nextDay` is the first day that has not been begun. */
export type ShopState = {
  readonly shop: Shop;
  nextDay: number;
  /** Satiation per user and category as of `touchedDay` of the user. */
  readonly satiation: Float32Array;
  readonly touchedDay: Int16Array;
  /** Spending of the last month, fading, in minor units. */
  readonly recentSpendMinor: Float32Array;
  /** Day on which the user began to lapse, −1 while active. */
  readonly lapsedOnDay: Int16Array;
  readonly stock: Int32Array;
  due: DueRows[];
};

export function initialState(shop: Shop): ShopState {
  return {
    shop,
    nextDay: 0,
    due: [],
    satiation: new Float32Array(shop.users.length * CATEGORIES.length),
    touchedDay: new Int16Array(shop.users.length),
    recentSpendMinor: new Float32Array(shop.users.length),
    lapsedOnDay: new Int16Array(shop.users.length).fill(-1),
    stock: Int32Array.from(shop.products, (product) => product.startingStock),
  };
}

/** An independent copy: what happens to one never shows in the other. */
export function snapshot(state: ShopState): ShopState {
  return {
    shop: state.shop,
    nextDay: state.nextDay,
    due: [...state.due],
    satiation: state.satiation.slice(),
    touchedDay: state.touchedDay.slice(),
    recentSpendMinor: state.recentSpendMinor.slice(),
    lapsedOnDay: state.lapsedOnDay.slice(),
    stock: state.stock.slice(),
  };
}

/** Puts `state` back to what it was when `saved` was taken. Both must belong to the same shop. */
export function restore(state: ShopState, saved: ShopState): void {
  if (state.shop !== saved.shop) throw new RangeError('A snapshot can only be restored into its own shop.');
  state.nextDay = saved.nextDay;
  state.due = [...saved.due];
  state.satiation.set(saved.satiation);
  state.touchedDay.set(saved.touchedDay);
  state.recentSpendMinor.set(saved.recentSpendMinor);
  state.lapsedOnDay.set(saved.lapsedOnDay);
  state.stock.set(saved.stock);
}

const SATIATION_DAYS = 14;
const SPEND_MEMORY_DAYS = 30;

/** Lets the time since the user's last change pass: needs come back, spending is forgotten. */
export function touchUser(state: ShopState, user: number, day: number): void {
  const passed = day - state.touchedDay[user];
  if (passed <= 0) return;
  const fade = Math.exp(-passed / SATIATION_DAYS);
  for (let c = user * CATEGORIES.length; c < (user + 1) * CATEGORIES.length; c++) state.satiation[c] *= fade;
  state.recentSpendMinor[user] *= Math.exp(-passed / SPEND_MEMORY_DAYS);
  state.touchedDay[user] = day;
}

const LAPSE_DAYS = 25;
const LEAST_ENGAGEMENT = 0.02;

/** 1 while active, fading to almost nothing after the user began to lapse. */
export function engagementOf(state: ShopState, user: number, day: number): number {
  const since = state.lapsedOnDay[user];
  return since < 0 ? 1 : Math.max(LEAST_ENGAGEMENT, Math.exp(-(day - since) / LAPSE_DAYS));
}
