import { transpose } from '../interactions.ts';
import { topItems } from '../recommender.ts';
import { type BaselineOptions, biasSum, fitBiases } from './baseline.ts';
import { type RatingModel, type RatingPart, ratingModel } from './rating-model.ts';
import { meanRating, type Ratings, rowMeans } from './ratings.ts';
import { type SimilarityOptions, similarities } from './similarity.ts';

export interface NeighbourOptions {
  /** What neighbours' ratings are compared with: nothing (KNNBasic), their own mean (KNNWithMeans) or the baseline (KNNBaseline). Default 'baseline'. */
  relativeTo?: 'nothing' | 'means' | 'baseline';
  /** Who the neighbours are. Default 'items'. */
  between?: 'users' | 'items';
  /** Neighbours used at most. Default 40. */
  neighbours?: number;
  /** Default Pearson-baseline for 'baseline', mean squared difference otherwise. */
  similarity?: SimilarityOptions;
  baseline?: BaselineOptions;
}

/**
 * k nearest neighbours (Koren 2010; as in Surprise's KNNBasic, KNNWithMeans, KNNBaseline): r̂ = e_x + Σ s_xn (r_n − e_n) / Σ s_xn over the
 * k most similar positive neighbours n that share the other side, with e = 0, a mean, or the baseline.
 */
export function fitNeighbours(ratings: Ratings, options: NeighbourOptions = {}): RatingModel {
  const { relativeTo = 'baseline', between = 'items', neighbours = 40 } = options;
  const byUser = between === 'users';
  const columns = transpose(ratings);
  const rows = byUser ? ratings : columns;
  const sharers = byUser ? columns : ratings; // Who rated the item, or what the user rated: the possible neighbours.
  const mean = meanRating(ratings);
  const biases = fitBiases(ratings, options.baseline);
  const baseline = (x: number, y: number) => (byUser ? biasSum(biases, x, y) : biasSum(biases, y, x));
  const measure = options.similarity ?? { measure: relativeTo === 'baseline' ? 'pearson-baseline' : 'mean-squared-difference' };
  const similarity = similarities(rows, measure, baseline);
  const means = rowMeans(rows, mean);
  const expected = { nothing: () => 0, means: (x: number) => means[x], baseline }[relativeTo];
  const isKnown = (user: number, item: number) =>
    ratings.offsets[user + 1] > ratings.offsets[user] && columns.offsets[item + 1] > columns.offsets[item];
  return ratingModel(ratings, (user, item) => {
    const [x, y] = byUser ? [user, item] : [item, user];
    if (!isKnown(user, item))
      return [{ from: 'mean', index: null, amount: relativeTo === 'baseline' ? biasSum(biases, user, item) : mean }];
    const near = nearest(similarity, rows.userCount, x, sharers.items.subarray(sharers.offsets[y], sharers.offsets[y + 1]), neighbours);
    const total = near.reduce((sum, { score }) => sum + score, 0);
    if (near.length === 0 && relativeTo === 'nothing') return [{ from: 'mean', index: null, amount: mean }];
    const parts: RatingPart[] = [{ from: byUser ? 'user' : 'item', index: x, amount: expected(x, y) }];
    for (const { item: place, score } of near) {
      const e = sharers.offsets[y] + place;
      const neighbour = sharers.items[e];
      parts.push({ from: 'neighbour', index: neighbour, amount: (score * (sharers.weights[e] - expected(neighbour, y))) / total });
    }
    return parts;
  });
}

/** Places in `candidates` of the most similar ones, positive similarities only. */
function nearest(similarity: Float32Array, n: number, x: number, candidates: Int32Array, count: number) {
  const scores = new Float32Array(candidates.length);
  for (let i = 0; i < scores.length; i++) scores[i] = similarity[x * n + candidates[i]];
  return topItems(scores, count).filter(({ score }) => score > 0);
}
