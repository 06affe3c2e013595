import type { Random } from '../random/random.ts';
import type { ScoredItem } from './recommender.ts';

/** What the shop wants of a list beside relevance. All arrays are by item. */
export interface BusinessRules {
  /** Units on hand; items without any are left out. */
  stock?: ArrayLike<number>;
  /** Margin as a share of the price, e.g. 0.3. */
  margin?: ArrayLike<number>;
  /** Items with a lower margin are left out. */
  minimumMargin?: number;
  /** Score × (1 + this × margin). Default 0. For scores ≥ 0. */
  marginWeight?: number;
  /** Never shown, for example what was bought. */
  exclude?: Iterable<number>;
  /** Category of each item, and how many of one category may be shown. */
  category?: ArrayLike<number>;
  mostPerCategory?: number;
  /** Shown first, in this order, whatever their score and category; still not when out of stock or excluded. */
  pinned?: readonly number[];
}

/** The best `count` candidates that the rules allow, pinned ones first. */
export function applyBusinessRules(candidates: readonly ScoredItem[], count: number, rules: BusinessRules): ScoredItem[] {
  const { stock, margin, minimumMargin, marginWeight = 0, category, mostPerCategory = Number.POSITIVE_INFINITY, pinned = [] } = rules;
  const exclude = new Set(rules.exclude);
  const isSold = (item: number) => !exclude.has(item) && (stock === undefined || stock[item] > 0);
  const isWorthIt = (item: number) => margin === undefined || minimumMargin === undefined || margin[item] >= minimumMargin;
  const scoreOf = new Map(candidates.map(({ item, score }) => [item, score * (1 + marginWeight * (margin?.[item] ?? 0))]));
  const list = pinned.filter(isSold).slice(0, count);
  const shown = new Map<number, number>();
  const take = (item: number) => shown.set(category?.[item] ?? item, (shown.get(category?.[item] ?? item) ?? 0) + 1);
  list.forEach(take);
  const ranked = [...scoreOf].sort(([a, left], [b, right]) => right - left || a - b);
  for (const [item] of ranked) {
    if (list.length >= count) break;
    if (list.includes(item) || !isSold(item) || !isWorthIt(item)) continue;
    if (category && (shown.get(category[item]) ?? 0) >= mostPerCategory) continue;
    list.push(item);
    take(item);
  }
  return list.map((item) => ({ item, score: scoreOf.get(item) ?? 0 }));
}

export interface ExploredItem extends ScoredItem {
  /** Chance of this item at this place, given the rest of the list: 1 outside the exploration slot. For unbiased evaluation later. */
  probability: number;
}

/**
 * Gives one place of the list to a random item of `pool` with chance `share`, so that new products get seen and models get data they did not
 * choose themselves. Pool items already in the list are passed over; a slot outside the list explores nothing.
 */
export function explore(
  list: readonly ScoredItem[],
  pool: readonly number[],
  { slot, share }: { slot: number; share: number },
  random: Random,
): ExploredItem[] {
  const shown = new Set(list.map(({ item }) => item));
  const fresh = pool.filter((item) => !shown.has(item));
  const isPossible = fresh.length > 0 && slot >= 0 && slot < list.length && share > 0;
  if (!isPossible) return list.map((one) => ({ ...one, probability: 1 }));
  const isExploring = random.next() < share;
  const drawn = random.pick(fresh);
  return list.map((one, at) => {
    if (at !== slot) return { ...one, probability: 1 };
    return isExploring ? { item: drawn, score: 0, probability: share / fresh.length } : { ...one, probability: 1 - share };
  });
}
