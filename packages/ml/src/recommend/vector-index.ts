import type { AlsRecommender } from './als.ts';
import type { History } from './interactions.ts';
import type { RecommendOptions, ScoredItem } from './recommender.ts';

/** Finds the rows of a matrix with the highest dot products, such as 8-bit rows that stay in kernel memory. */
export interface VectorIndex {
  topK(vector: Float32Array, count: number, isAllowed?: (row: number) => boolean): { rows: ArrayLike<number>; scores: ArrayLike<number> };
}

/**
 * `recommend` for catalogues where scoring every item in full precision takes too long: the user's vector is solved exactly, `index` (over
 * the model's item vectors) finds the items. As near to the exact answer as the index is.
 */
export function recommendByIndex(model: AlsRecommender, index: VectorIndex, history: History, options: RecommendOptions): ScoredItem[] {
  const exclude = new Set(options.exclude);
  if (options.excludeHistory !== false) for (let h = 0; h < history.items.length; h++) exclude.add(history.items[h]);
  const { rows, scores } = index.topK(Float32Array.from(model.foldIn(history)), options.count, (row) => !exclude.has(row));
  return Array.from(rows, (item, at) => ({ item, score: scores[at] }));
}
