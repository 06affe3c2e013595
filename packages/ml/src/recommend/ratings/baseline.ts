import { type Interactions, transpose } from '../interactions.ts';
import { type RatingModel, ratingModel } from './rating-model.ts';
import { meanRating, type Ratings } from './ratings.ts';

export interface BaselineOptions {
  /** Alternating passes. Default 10. */
  iterations?: number;
  /** Added to a user's number of ratings, so that few ratings move little. Default 15. */
  userShrinkage?: number;
  /** The same for items. Default 10. */
  itemShrinkage?: number;
}

/** μ, b_u [userCount] and b_i [itemCount] of a baseline. */
export interface Biases {
  mean: number;
  users: Float64Array;
  items: Float64Array;
}

/**
 * b_ui = μ + b_u + b_i, biases by shrunken means of the residuals in turn (Koren 2010, "Factor in the Neighbors", §2.1):
 * b_i = Σ (r − μ − b_u) / (λ_i + n_i), then b_u = Σ (r − μ − b_i) / (λ_u + n_u).
 */
export function fitBiases(ratings: Ratings, options: BaselineOptions = {}): Biases {
  const { iterations = 10, userShrinkage = 15, itemShrinkage = 10 } = options;
  const mean = meanRating(ratings);
  const columns = transpose(ratings);
  const users = new Float64Array(ratings.userCount);
  const items = new Float64Array(ratings.itemCount);
  for (let pass = 0; pass < iterations; pass++) {
    shrunkenMeans(columns, mean, users, items, itemShrinkage);
    shrunkenMeans(ratings, mean, items, users, userShrinkage);
  }
  return { mean, users, items };
}

/** `own[row]` = Σ (rating − mean − other) / (shrinkage + count). */
function shrunkenMeans(rows: Interactions, mean: number, other: Float64Array, own: Float64Array, shrinkage: number): void {
  for (let row = 0; row < rows.userCount; row++) {
    const [from, to] = [rows.offsets[row], rows.offsets[row + 1]];
    let sum = 0;
    for (let e = from; e < to; e++) sum += rows.weights[e] - mean - other[rows.items[e]];
    own[row] = to > from ? sum / (shrinkage + to - from) : 0;
  }
}

/** The baseline as a model of its own. */
export function fitBaseline(ratings: Ratings, options: BaselineOptions = {}): RatingModel {
  const biases = fitBiases(ratings, options);
  return ratingModel(ratings, (user, item) => biasParts(biases, user, item));
}

/** μ, the user's and the item's bias as addends; unknown ones are left out. */
export function biasParts({ mean, users, items }: Biases, user: number, item: number) {
  const parts = [{ from: 'mean' as 'mean' | 'user' | 'item', index: null as number | null, amount: mean }];
  if (users[user] !== undefined) parts.push({ from: 'user', index: user, amount: users[user] });
  if (items[item] !== undefined) parts.push({ from: 'item', index: item, amount: items[item] });
  return parts;
}

/** The sum of `biasParts`. */
export const biasSum = ({ mean, users, items }: Biases, user: number, item: number): number =>
  mean + (users[user] ?? 0) + (items[item] ?? 0);
