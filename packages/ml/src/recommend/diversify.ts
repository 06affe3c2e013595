import type { ScoredItem } from './recommender.ts';

export interface DiversityOptions {
  count: number;
  /** 1: by score alone; 0: by difference alone. Default 0.7. */
  relevance?: number;
}

/**
 * Maximal marginal relevance (Carbonell & Goldstein 1998): picks, one after the other, the candidate with the largest
 * λ score − (1 − λ) max similarity to what is picked already. Scores are put on the scale 0..1 first; `similarity` should be on it too.
 */
export function diversify(
  candidates: readonly ScoredItem[],
  similarity: (a: number, b: number) => number,
  { count, relevance = 0.7 }: DiversityOptions,
): ScoredItem[] {
  const scores = candidates.map(({ score }) => score);
  const [lowest, highest] = [Math.min(...scores), Math.max(...scores)];
  const scaled = scores.map((score) => (highest > lowest ? (score - lowest) / (highest - lowest) : 1));
  const closest = candidates.map(() => 0);
  const left = new Set(candidates.keys());
  const picked: ScoredItem[] = [];
  while (picked.length < count && left.size > 0) {
    let [best, most] = [-1, Number.NEGATIVE_INFINITY];
    for (const at of left) {
      const value = relevance * scaled[at] - (1 - relevance) * closest[at];
      if (value > most) [best, most] = [at, value];
    }
    left.delete(best);
    picked.push(candidates[best]);
    for (const at of left) closest[at] = Math.max(closest[at], similarity(candidates[best].item, candidates[at].item));
  }
  return picked;
}

/** Cosine of two rows of `vectors` [· × factors], negative ones as 0: a similarity for `diversify` from a factor model. */
export function vectorSimilarity(vectors: ArrayLike<number>, factors: number): (a: number, b: number) => number {
  return (a, b) => {
    let [product, left, right] = [0, 0, 0];
    for (let f = 0; f < factors; f++) {
      const [x, y] = [vectors[a * factors + f], vectors[b * factors + f]];
      product += x * y;
      left += x * x;
      right += y * y;
    }
    return left > 0 && right > 0 ? Math.max(0, product / Math.sqrt(left * right)) : 0;
  };
}
