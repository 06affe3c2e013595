import type { History } from './interactions.ts';

export type RecommenderKind = 'popularity' | 'item-item' | 'als' | 'ease' | 'bpr' | 'two-tower';

/** One past item's share in a score. */
export interface Contribution {
  item: number;
  contribution: number;
}

/** A trained model. It keeps no users: a user is a history, so newest events count at once and erased users leave no trace. */
export interface Recommender {
  readonly kind: RecommenderKind;
  readonly itemCount: number;
  /** A score for every item, [itemCount]; higher is better. Items of the history outside [0, itemCount) are ignored. */
  scores(history: History): Float64Array;
  /** How much each past item adds to `item`'s score; largest first. Empty where the history plays no part. */
  explain(history: History, item: number): Contribution[];
  /** Bytes that `loadRecommender` turns into the same model. */
  encode(): Uint8Array;
}

export interface ScoredItem {
  item: number;
  score: number;
}

export interface RecommendOptions {
  count: number;
  /** Items never to be returned, for example out of stock. */
  exclude?: Iterable<number>;
  /** Leave out the items of the history. Default true. */
  excludeHistory?: boolean;
}

/** The best items for a history, best first; equal scores by lower index, so that the answer is always the same. */
export function recommend(model: Recommender, history: History, options: RecommendOptions): ScoredItem[] {
  const exclude = new Set(options.exclude);
  if (options.excludeHistory !== false) for (let i = 0; i < history.items.length; i++) exclude.add(history.items[i]);
  return topItems(model.scores(history), options.count, exclude);
}

/** The `count` highest scores outside `exclude`; items scored −Infinity or NaN are left out. */
export function topItems(scores: ArrayLike<number>, count: number, exclude: ReadonlySet<number> = new Set()): ScoredItem[] {
  const top: ScoredItem[] = [];
  if (count <= 0) return top;
  for (let item = 0; item < scores.length; item++) {
    const score = scores[item];
    if (!(score > Number.NEGATIVE_INFINITY) || (top.length === count && score <= top[count - 1].score) || exclude.has(item)) continue;
    let at = top.length === count ? count - 1 : top.length;
    for (; at > 0 && top[at - 1].score < score; at--) top[at] = top[at - 1];
    top[at] = { item, score };
  }
  return top;
}

/** Contributions with the largest first. */
export const byContribution = (contributions: Contribution[]) =>
  contributions.sort((a, b) => b.contribution - a.contribution || a.item - b.item);
