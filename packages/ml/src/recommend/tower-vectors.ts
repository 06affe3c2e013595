import { type Artefact, arrayOf, encodeArtefact, numberOf } from './artefact.ts';
import { byContribution, type Recommender } from './recommender.ts';

/** What two trained towers come to, by item. */
export interface TowerVectors {
  factors: number;
  /** What each item says of who chose it, [itemCount × factors]. */
  past: Float32Array;
  /** What each item is, [itemCount × factors]. */
  items: Float32Array;
  /** Added to each item's score, [itemCount]: the log-frequency that training took out. */
  biases: Float32Array;
}

/** The model of a decoded artefact. */
export const loadTwoTower = (artefact: Artefact) =>
  twoTowerRecommender({
    factors: numberOf(artefact, 'factors'),
    past: arrayOf(artefact, 'past', Float32Array),
    items: arrayOf(artefact, 'items', Float32Array),
    biases: arrayOf(artefact, 'biases', Float32Array),
  });

/** score(i) = bias_i + items_i · mean of past_j over the history; every past item counts once. */
export function twoTowerRecommender({ factors, past, items, biases }: TowerVectors): Recommender {
  const itemCount = biases.length;
  const known = (history: ArrayLike<number>) => Array.from(history).filter((item) => item >= 0 && item < itemCount);
  const dot = (vector: ArrayLike<number>, from: number, item: number) => {
    let sum = 0;
    for (let f = 0, at = item * factors; f < factors; f++) sum += vector[from + f] * items[at + f];
    return sum;
  };
  return {
    kind: 'two-tower',
    itemCount,
    scores(history) {
      const ids = known(history.items);
      const user = new Float64Array(factors);
      for (const item of ids) for (let f = 0; f < factors; f++) user[f] += past[item * factors + f] / ids.length;
      return Float64Array.from(biases, (bias, item) => bias + dot(user, 0, item));
    },
    explain(history, item) {
      const ids = known(history.items);
      return byContribution(ids.map((one) => ({ item: one, contribution: dot(past, one * factors, item) / ids.length })));
    },
    encode: () => encodeArtefact({ kind: 'two-tower', meta: { factors }, arrays: { past, items, biases } }),
  };
}
