import type { Interactions } from '../interactions.ts';

/** Users × items like `Interactions`, with ratings for weights. */
export interface Ratings extends Interactions {
  /** The ends of the scale; predictions are clipped to them. */
  lowest: number;
  highest: number;
}

/** One row per rating. All arrays: [ratings]. Indices are dense, from 0. */
export interface RatingRows {
  userIndex: ArrayLike<number>;
  itemIndex: ArrayLike<number>;
  value: ArrayLike<number>;
}

export interface RatingScale {
  userCount: number;
  itemCount: number;
  lowest: number;
  highest: number;
}

/** Compresses ratings by user; of several by one user for one item the last row counts. Throws RangeError for an index or value outside the scale. */
export function buildRatings({ userIndex, itemIndex, value }: RatingRows, scale: RatingScale): Ratings {
  const { userCount, itemCount, lowest, highest } = scale;
  const rows: Map<number, number>[] = Array.from({ length: userCount }, () => new Map());
  for (let r = 0; r < value.length; r++) {
    const [user, item] = [userIndex[r], itemIndex[r]];
    if (!(user >= 0 && user < userCount && item >= 0 && item < itemCount))
      throw new RangeError(`rating ${r}: user ${user} or item ${item} is outside the counts`);
    if (!(value[r] >= lowest && value[r] <= highest)) throw new RangeError(`rating ${r}: ${value[r]} is outside ${lowest}..${highest}`);
    rows[user].set(item, value[r]);
  }
  const offsets = new Int32Array(userCount + 1);
  for (let user = 0; user < userCount; user++) offsets[user + 1] = offsets[user] + rows[user].size;
  const items = new Int32Array(offsets[userCount]);
  const weights = new Float32Array(offsets[userCount]);
  rows.forEach((row, user) => {
    let at = offsets[user];
    for (const [item, rating] of [...row].sort(([a], [b]) => a - b)) {
      items[at] = item;
      weights[at++] = rating;
    }
  });
  return { userCount, itemCount, offsets, items, weights, lowest, highest };
}

/** Mean of all ratings; the middle of the scale when there are none. */
export function meanRating({ weights, lowest, highest }: Ratings): number {
  let sum = 0;
  for (const rating of weights) sum += rating;
  return weights.length === 0 ? (lowest + highest) / 2 : sum / weights.length;
}

/** Mean of every row of a (transposed) matrix; `otherwise` for an empty row. */
export function rowMeans({ userCount, offsets, weights }: Interactions, otherwise: number): Float64Array {
  return Float64Array.from({ length: userCount }, (_, row) => {
    let sum = 0;
    for (let e = offsets[row]; e < offsets[row + 1]; e++) sum += weights[e];
    const count = offsets[row + 1] - offsets[row];
    return count === 0 ? otherwise : sum / count;
  });
}
