import { choleskyFactor, choleskySolve } from '../../numeric/cholesky.ts';
import type { Random } from '../../random/random.ts';
import { fitNeighbours } from './neighbours.ts';
import { type RatingModel, ratingModel } from './rating-model.ts';
import type { Ratings } from './ratings.ts';
import { fitSvdPlusPlus } from './svd-plus-plus.ts';

export type RatingFit = (ratings: Ratings, random: Random) => RatingModel;

/** What is blended by default: models that err differently. Settings chosen inside training folds of MovieLens 100K. */
const DEFAULT_FITS: readonly RatingFit[] = [
  (ratings, random) => fitSvdPlusPlus(ratings, random, { factors: 50, epochs: 60, learningRate: 0.005, regularisation: 0.1 }),
  (ratings) => fitNeighbours(ratings),
  (ratings) => fitNeighbours(ratings, { between: 'users' }),
];
const HELD_OUT_SHARE = 0.1;
const RIDGE = 1; // Ratings. Keeps the weights finite where two models agree everywhere.

export interface Blend extends RatingModel {
  /** Intercept, then one weight a model. */
  readonly weights: Float64Array;
}

/**
 * Linear stacking (Breiman 1996; Bell & Koren 2007): every model learns from nine tenths of the ratings, least squares on the last tenth gives
 * the weights, then every model learns from all.
 */
export function fitBlend(ratings: Ratings, random: Random, fits: readonly RatingFit[] = DEFAULT_FITS): Blend {
  const isHeldOut = Uint8Array.from({ length: ratings.items.length }, () => Number(random.next() < HELD_OUT_SHARE));
  const [learnt, heldOut] = [pick(ratings, isHeldOut, 0), pick(ratings, isHeldOut, 1)];
  const train = (from: Ratings) => fits.map((fit, at) => fit(from, random.fork(at)));
  const weights = stackingWeights(train(learnt), heldOut);
  const models = train(ratings);
  const blended = ratingModel(
    ratings,
    (user, item) => [
      { from: 'mean', index: null, amount: weights[0] },
      ...models.flatMap((model, at) => model.explain(user, item).map((part) => ({ ...part, amount: part.amount * weights[at + 1] }))),
    ],
    (user, item) => models.reduce((sum, model, at) => sum + weights[at + 1] * model.unclipped(user, item), weights[0]),
  );
  return { ...blended, weights };
}

function pick(ratings: Ratings, marks: Uint8Array, wanted: number): Ratings {
  const offsets = new Int32Array(ratings.userCount + 1);
  for (let user = 0; user < ratings.userCount; user++) {
    offsets[user + 1] = offsets[user];
    for (let e = ratings.offsets[user]; e < ratings.offsets[user + 1]; e++) if (marks[e] === wanted) offsets[user + 1]++;
  }
  const keep = (_: number, at: number) => marks[at] === wanted;
  return { ...ratings, offsets, items: ratings.items.filter(keep), weights: ratings.weights.filter(keep) };
}

/** Least squares of the ratings on (1, predictions), the weights drawn a little towards equal shares. */
function stackingWeights(models: readonly RatingModel[], heldOut: Ratings): Float64Array {
  const n = models.length + 1;
  const system = new Float64Array(n * n);
  const side = new Float64Array(n);
  const row = new Float64Array(n);
  for (let user = 0; user < heldOut.userCount; user++) {
    for (let e = heldOut.offsets[user]; e < heldOut.offsets[user + 1]; e++) {
      row[0] = 1;
      models.forEach((model, at) => (row[at + 1] = model.unclipped(user, heldOut.items[e])));
      for (let i = 0; i < n; i++) {
        side[i] += row[i] * heldOut.weights[e];
        for (let j = 0; j <= i; j++) system[i * n + j] += row[i] * row[j];
      }
    }
  }
  for (let i = 0; i < n; i++) {
    system[i * n + i] += RIDGE;
    if (i > 0) side[i] += RIDGE / models.length;
  }
  choleskyFactor(system, n);
  return choleskySolve(system, n, side);
}
