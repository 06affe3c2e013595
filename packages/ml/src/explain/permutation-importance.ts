import { upTo } from '../trees/bins.ts';
import { createRandom } from '../random/random.ts';
import type { TargetRows } from '../trees/table.ts';

/** Any trained model: rows in, a number per row out. */
export type Predict = (table: { features: Float32Array; columns: number }) => ArrayLike<number>;

export interface PermutationOptions {
  seed: number | string;
  /** Shuffles per column. Default 5. */
  repeats?: number;
  /** Lower is better, such as a log-loss. */
  loss: (targets: ArrayLike<number>, predictions: ArrayLike<number>) => number;
}

export interface PermutationImportance {
  /** Mean rise of the loss when the column is shuffled, [columns]; about 0 for a column that is not used. */
  mean: Float64Array;
  /** Standard deviation over the repeats, [columns]. */
  deviation: Float64Array;
}

/** How much worse a model becomes when one column is shuffled among the rows (Breiman 2001; Fisher, Rudin & Dominici 2019). Best on rows not learned from. */
export function permutationImportance(predict: Predict, rows: TargetRows, options: PermutationOptions): PermutationImportance {
  const { features, columns, targets } = rows;
  const random = createRandom(options.seed);
  const usual = options.loss(targets, predict({ features, columns }));
  const repeats = options.repeats ?? 5;
  const [mean, deviation] = [new Float64Array(columns), new Float64Array(columns)];
  for (let column = 0; column < columns; column++) {
    const shuffled = features.slice();
    const rises = Array.from({ length: repeats }, () => {
      const order = random.shuffle(upTo(targets.length));
      for (let row = 0; row < order.length; row++) shuffled[row * columns + column] = features[order[row] * columns + column];
      return options.loss(targets, predict({ features: shuffled, columns })) - usual;
    });
    mean[column] = rises.reduce((sum, rise) => sum + rise, 0) / repeats;
    deviation[column] = Math.sqrt(rises.reduce((sum, rise) => sum + (rise - mean[column]) ** 2, 0) / repeats);
  }
  return { mean, deviation };
}
