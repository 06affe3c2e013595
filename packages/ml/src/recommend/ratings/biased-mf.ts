import type { Random } from '../../random/random.ts';
import { transpose } from '../interactions.ts';
import { biasParts, type Biases, biasSum } from './baseline.ts';
import { type RatingModel, ratingModel } from './rating-model.ts';
import { meanRating, type Ratings } from './ratings.ts';

export interface BiasedMfOptions {
  /** Length of a vector. Default 50. */
  factors?: number;
  /** Passes over all ratings. Default 60. */
  epochs?: number;
  learningRate?: number;
  regularisation?: number;
}

/**
 * Biased matrix factorisation by stochastic gradient descent (Funk 2006; Koren, Bell & Volinsky 2009): r̂ = μ + b_u + b_i + p_u·q_i,
 * minimising Σ (r − r̂)² + λ(b_u² + b_i² + |p_u|² + |q_i|²), one rating at a time, users in order. Defaults chosen inside training
 * folds of MovieLens 100K; `{ factors: 100, epochs: 20, learningRate: 0.005, regularisation: 0.02 }` is Surprise's SVD.
 */
export function fitBiasedMf(ratings: Ratings, random: Random, options: BiasedMfOptions = {}): RatingModel {
  const { factors = 50, epochs = 60, learningRate = 0.005, regularisation = 0.1 } = options;
  const { userCount, itemCount, offsets, items, weights } = ratings;
  const biases: Biases = { mean: meanRating(ratings), users: new Float64Array(userCount), items: new Float64Array(itemCount) };
  const draw = (rows: number) => Float64Array.from({ length: rows * factors }, () => random.normal(0, 0.1));
  const [p, q] = [draw(userCount), draw(itemCount)];
  for (let epoch = 0; epoch < epochs; epoch++) {
    for (let user = 0; user < userCount; user++) {
      for (let e = offsets[user]; e < offsets[user + 1]; e++) {
        const item = items[e];
        const error = weights[e] - biasSum(biases, user, item) - dotAt(p, user, q, item, factors);
        biases.users[user] += learningRate * (error - regularisation * biases.users[user]);
        biases.items[item] += learningRate * (error - regularisation * biases.items[item]);
        step(p, user * factors, q, item * factors, factors, learningRate * error, learningRate * regularisation);
      }
    }
  }
  return factorModel(ratings, biases, p, q, factors);
}

/** p += a q − b p and q += a p − b q, both from the old values. */
function step(p: Float64Array, pAt: number, q: Float64Array, qAt: number, factors: number, a: number, b: number): void {
  for (let f = 0; f < factors; f++) {
    const pf = p[pAt + f];
    const qf = q[qAt + f];
    p[pAt + f] = pf + a * qf - b * pf;
    q[qAt + f] = qf + a * pf - b * qf;
  }
}

function dotAt(p: Float64Array, pRow: number, q: Float64Array, qRow: number, factors: number): number {
  let sum = 0;
  for (let f = 0, i = pRow * factors, j = qRow * factors; f < factors; f++) sum += p[i + f] * q[j + f];
  return sum;
}

/** μ + b_u + b_i + p_u·q_i, the product only where both have ratings: vectors of others are as they were drawn. */
export function factorModel(ratings: Ratings, biases: Biases, p: Float64Array, q: Float64Array, factors: number): RatingModel {
  const columns = transpose(ratings);
  const isKnown = (user: number, item: number) =>
    ratings.offsets[user + 1] > ratings.offsets[user] && columns.offsets[item + 1] > columns.offsets[item];
  const taste = (user: number, item: number) => (isKnown(user, item) ? dotAt(p, user, q, item, factors) : 0);
  return ratingModel(
    ratings,
    (user, item) => [...biasParts(biases, user, item), { from: 'taste', index: null, amount: taste(user, item) }],
    (user, item) => biasSum(biases, user, item) + taste(user, item),
  );
}
