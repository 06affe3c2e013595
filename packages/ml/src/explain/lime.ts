import { predictLinear } from '../linear/linear-model.ts';
import { trainRidge } from '../linear/ridge.ts';
import { createRandom } from '../random/random.ts';
import { rowCount, type Table } from '../trees/table.ts';
import type { Predict } from './permutation-importance.ts';

export interface LimeOptions {
  seed: number | string;
  /** Disturbed copies of the row. Default 2,000. */
  samples?: number;
  /** How fast a copy's weight falls with the share of columns replaced. Default 0.75. */
  kernelWidth?: number;
}

export interface LimeExplanation {
  /** What having the row's own value, and not a usual one, adds to the prediction, [columns]. */
  contributions: Float64Array;
  /** Prediction with usual values in all columns. */
  usual: number;
  /** Share of the variance of the model's answers that the explanation reproduces near the row; low = do not believe it. */
  fidelity: number;
}

const RIDGE = 1e-3;

/**
 * Local surrogate of any model (LIME, Ribeiro, Singh & Guestrin 2016): copies of the row have some columns replaced by those of random
 * `background` rows; a weighted linear model on "kept or replaced" explains what the model answers, near copies weighing e^(−d² ÷ width²).
 */
export function lime(predict: Predict, row: Float32Array, background: Table, options: LimeOptions): LimeExplanation {
  const columns = row.length;
  if (background.columns !== columns || rowCount(background) === 0) throw new RangeError('the background needs rows of the same columns');
  const { samples = 2_000, kernelWidth = 0.75 } = options;
  const random = createRandom(options.seed);
  const kept = new Float32Array(samples * columns);
  const disturbed = new Float32Array(samples * columns);
  const weights = new Float64Array(samples);
  for (let sample = 0; sample < samples; sample++) {
    let replaced = 0;
    const other = random.integer(rowCount(background)) * columns;
    const share = random.next();
    for (let j = 0; j < columns; j++) {
      const isKept = random.next() >= share;
      if (!isKept) replaced++;
      kept[sample * columns + j] = isKept ? 1 : 0;
      disturbed[sample * columns + j] = isKept ? row[j] : background.features[other + j];
    }
    weights[sample] = Math.exp(-((replaced / columns / kernelWidth) ** 2));
  }
  const targets = Float64Array.from(predict({ features: disturbed, columns }));
  const rows = { features: kept, columns, targets, weights };
  const surrogate = trainRidge(rows, { l2: RIDGE });
  return {
    contributions: surrogate.weights,
    usual: surrogate.intercept,
    fidelity: explainedShare(targets, predictLinear(surrogate, rows), weights),
  };
}

/** Weighted R². */
function explainedShare(targets: Float64Array, predictions: Float64Array, weights: Float64Array): number {
  let [total, sum, errors, squares] = [0, 0, 0, 0];
  for (let i = 0; i < targets.length; i++) {
    total += weights[i];
    sum += weights[i] * targets[i];
  }
  for (let i = 0; i < targets.length; i++) {
    errors += weights[i] * (targets[i] - predictions[i]) ** 2;
    squares += weights[i] * (targets[i] - sum / total) ** 2;
  }
  return squares > 0 ? 1 - errors / squares : 1;
}
