import { transpose } from '../interactions.ts';
import { type RatingModel, type RatingPart, ratingModel } from './rating-model.ts';
import { meanRating, type Ratings, rowMeans } from './ratings.ts';

/**
 * Slope One (Lemire & Maclachlan 2005): r̂ = the user's mean + the mean over the user's items j of dev(i, j), where dev(i, j) is the mean of
 * r_i − r_j over users who rated both. Memory grows with items²: 10,000 items take 600 MB.
 */
export function fitSlopeOne(ratings: Ratings): RatingModel {
  const n = ratings.itemCount;
  const mean = meanRating(ratings);
  const means = rowMeans(ratings, mean);
  const columns = transpose(ratings);
  const { deviations, counts } = deviationsOf(ratings);
  return ratingModel(ratings, (user, item) => {
    if (!(ratings.offsets[user + 1] > ratings.offsets[user] && columns.offsets[item + 1] > columns.offsets[item]))
      return [{ from: 'mean', index: null, amount: mean }];
    const linked: number[] = [];
    for (let e = ratings.offsets[user]; e < ratings.offsets[user + 1]; e++)
      if (counts[item * n + ratings.items[e]] > 0) linked.push(ratings.items[e]);
    const parts: RatingPart[] = [{ from: 'user', index: user, amount: means[user] }];
    for (const past of linked) parts.push({ from: 'neighbour', index: past, amount: deviations[item * n + past] / linked.length });
    return parts;
  });
}

/** dev(i, j) and the number of users behind it, each [items × items]. */
function deviationsOf({ itemCount: n, userCount, offsets, items, weights }: Ratings) {
  const deviations = new Float64Array(n * n);
  const counts = new Int32Array(n * n);
  for (let user = 0; user < userCount; user++) {
    for (let a = offsets[user]; a < offsets[user + 1]; a++) {
      for (let b = offsets[user]; b < offsets[user + 1]; b++) {
        deviations[items[a] * n + items[b]] += weights[a] - weights[b];
        counts[items[a] * n + items[b]]++;
      }
    }
  }
  for (let at = 0; at < counts.length; at++) if (counts[at] > 0) deviations[at] /= counts[at];
  return { deviations, counts };
}
