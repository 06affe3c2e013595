import type { Random } from '../../random/random.ts';
import { factorModel } from './biased-mf.ts';
import { type RatingModel, ratingModel } from './rating-model.ts';
import { meanRating, type Ratings } from './ratings.ts';

export interface NonNegativeMfOptions {
  /** Default 15. */
  factors?: number;
  /** Default 50. */
  epochs?: number;
  /** Default 0.06. */
  regularisation?: number;
}

/**
 * Non-negative matrix factorisation of the known ratings only (Luo et al. 2014; Surprise's NMF): r̂ = p_u·q_i with all entries ≥ 0, by
 * multiplicative steps p_uf ← p_uf Σ_i q_if r_ui / (Σ_i q_if r̂_ui + λ n_u p_uf), and the same for q.
 */
export function fitNonNegativeMf(ratings: Ratings, random: Random, options: NonNegativeMfOptions = {}): RatingModel {
  const { factors = 15, epochs = 50, regularisation = 0.06 } = options;
  const { userCount, itemCount } = ratings;
  const draw = (rows: number) => Float64Array.from({ length: rows * factors }, () => random.next());
  const [p, q] = [draw(userCount), draw(itemCount)];
  for (let epoch = 0; epoch < epochs; epoch++) multiplicativeStep(ratings, p, q, factors, regularisation);
  const model = factorModel(ratings, { mean: 0, users: new Float64Array(), items: new Float64Array() }, p, q, factors);
  const mean = meanRating(ratings);
  return ratingModel(ratings, (user, item) => {
    const parts = model.explain(user, item);
    return parts.some(({ amount }) => amount !== 0) ? parts : [{ from: 'mean', index: null, amount: mean }];
  });
}

function multiplicativeStep(
  { userCount, offsets, items, weights }: Ratings,
  p: Float64Array,
  q: Float64Array,
  factors: number,
  regularisation: number,
): void {
  const [pUp, pDown, qUp, qDown] = [p, p, q, q].map(({ length }) => new Float64Array(length));
  for (let user = 0; user < userCount; user++) {
    for (let e = offsets[user], i = user * factors; e < offsets[user + 1]; e++) {
      const j = items[e] * factors;
      let estimate = 0;
      for (let f = 0; f < factors; f++) estimate += p[i + f] * q[j + f];
      for (let f = 0; f < factors; f++) {
        const pf = p[i + f];
        const qf = q[j + f];
        pUp[i + f] += qf * weights[e];
        pDown[i + f] += qf * estimate + regularisation * pf;
        qUp[j + f] += pf * weights[e];
        qDown[j + f] += pf * estimate + regularisation * qf;
      }
    }
  }
  for (let at = 0; at < p.length; at++) if (pDown[at] > 0) p[at] *= pUp[at] / pDown[at];
  for (let at = 0; at < q.length; at++) if (qDown[at] > 0) q[at] *= qUp[at] / qDown[at];
}
