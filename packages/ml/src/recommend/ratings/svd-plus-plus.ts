import type { Random } from '../../random/random.ts';
import { type BiasedMfOptions, factorModel } from './biased-mf.ts';
import { type Biases, biasSum } from './baseline.ts';
import type { RatingModel } from './rating-model.ts';
import { meanRating, type Ratings } from './ratings.ts';

/** What one pass works on: p [userCount × factors], q and y [itemCount × factors]. */
interface State {
  biases: Biases;
  p: Float64Array;
  q: Float64Array;
  y: Float64Array;
}

/**
 * SVD++ (Koren 2008): r̂ = μ + b_u + b_i + q_i·(p_u + |N(u)|^-½ Σ_{j ∈ N(u)} y_j), N(u) what the user has rated, by stochastic gradient descent.
 * The paper moves every y_j at every rating, |N(u)| · factors operations. All y_j of a user move by the same affine step, so the steps are
 * kept as one factor and one vector and carried out once a user: the same numbers for the price of plain factorisation.
 */
export function fitSvdPlusPlus(ratings: Ratings, random: Random, options: BiasedMfOptions = {}): RatingModel {
  const { factors = 20, epochs = 20, learningRate = 0.007, regularisation = 0.02 } = options;
  const { userCount, itemCount, offsets } = ratings;
  const draw = (rows: number) => Float64Array.from({ length: rows * factors }, () => random.normal(0, 0.1));
  const state: State = {
    biases: { mean: meanRating(ratings), users: new Float64Array(userCount), items: new Float64Array(itemCount) },
    p: draw(userCount),
    q: draw(itemCount),
    y: draw(itemCount),
  };
  for (let epoch = 0; epoch < epochs; epoch++)
    for (let user = 0; user < userCount; user++)
      if (offsets[user + 1] > offsets[user]) learnUser(ratings, state, user, { factors, learningRate, regularisation });
  const vectors = state.p.slice();
  for (let user = 0; user < userCount; user++) {
    const implied = impliedTaste(ratings, state.y, user, factors);
    for (let f = 0; f < factors; f++) vectors[user * factors + f] += implied[f];
  }
  return factorModel(ratings, state.biases, vectors, state.q, factors);
}

/** |N(u)|^-½ Σ y_j, [factors]. */
function impliedTaste({ offsets, items }: Ratings, y: Float64Array, user: number, factors: number): Float64Array {
  const sum = new Float64Array(factors);
  for (let e = offsets[user]; e < offsets[user + 1]; e++) for (let f = 0, at = items[e] * factors; f < factors; f++) sum[f] += y[at + f];
  const scale = 1 / Math.sqrt(Math.max(1, offsets[user + 1] - offsets[user]));
  return sum.map((value) => value * scale);
}

function learnUser(
  ratings: Ratings,
  state: State,
  user: number,
  settings: { factors: number; learningRate: number; regularisation: number },
): void {
  const { offsets, items, weights } = ratings;
  const { biases, p, q, y } = state;
  const { factors, learningRate, regularisation } = settings;
  const implied = impliedTaste(ratings, y, user, factors);
  const moved = new Float64Array(factors); // Of every y_j: y_j ← kept · y_j + moved.
  const scale = 1 / Math.sqrt(offsets[user + 1] - offsets[user]);
  const decay = 1 - learningRate * regularisation;
  const from = user * factors;
  let kept = 1;
  for (let e = offsets[user]; e < offsets[user + 1]; e++) {
    const item = items[e];
    const at = item * factors;
    let dot = 0;
    for (let f = 0; f < factors; f++) dot += q[at + f] * (p[from + f] + implied[f]);
    const error = weights[e] - biasSum(biases, user, item) - dot;
    const rate = learningRate * error;
    biases.users[user] += rate - learningRate * regularisation * biases.users[user];
    biases.items[item] += rate - learningRate * regularisation * biases.items[item];
    for (let f = 0; f < factors; f++) {
      const pf = p[from + f];
      const qf = q[at + f];
      p[from + f] = decay * pf + rate * qf;
      q[at + f] = decay * qf + rate * (pf + implied[f]);
      moved[f] = decay * moved[f] + rate * scale * qf;
      implied[f] = decay * implied[f] + rate * qf;
    }
    kept *= decay;
  }
  for (let e = offsets[user]; e < offsets[user + 1]; e++)
    for (let f = 0, at = items[e] * factors; f < factors; f++) y[at + f] = kept * y[at + f] + moved[f];
}
