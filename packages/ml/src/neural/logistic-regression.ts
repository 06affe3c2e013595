import { createRandom } from '../random/random.ts';
import { type Calibration, calibrated, fitIsotonic, fitPlatt } from './calibration.ts';
import { type HeldBackOptions, holdBack } from './held-back.ts';
import { descend, pick, rateOf, standardiser } from './logistic-descent.ts';
import { type ProbabilityQuality, probabilityQuality } from './probability-quality.ts';
import type { Tf } from './tensors.ts';

export interface LabelledRows {
  /** [rows, columns] row-major. */
  features: Float32Array;
  columns: number;
  /** 0 or 1, [rows]. */
  labels: ArrayLike<number>;
}

export interface LogisticOptions extends HeldBackOptions {
  seed: number | string;
  /** Weight of ½‖weights‖² beside the mean log-loss; the intercept is free. Default 0.001. */
  l2?: number;
  /** Default 8. */
  epochs?: number;
  /** Default 1,024, fewer for few rows. */
  batchSize?: number;
  /** Adam's step. Default 0.03. The weights of the second half of the epochs are averaged (Polyak & Juditsky 1992), so it need not fall. */
  learningRate?: number;
  /** Default 'platt'; 'isotonic' wants at least a thousand rows held back. */
  calibration?: Calibration['kind'];
  shouldStop?: () => boolean;
  onProgress?: (epoch: { epoch: number; epochs: number; loss: number }) => void | Promise<void>;
}

/** Plain JSON. */
export interface LogisticModel {
  means: number[];
  deviations: number[];
  /** For standardised features. */
  weights: number[];
  intercept: number;
  calibration: Calibration;
  /** Share of ones among the training rows. */
  baseRate: number;
}

export interface LogisticTraining {
  model: LogisticModel;
  /** Mean log-loss with penalty, per epoch. */
  curve: number[];
  /** On rows used neither for the weights nor for the calibration. */
  quality: ProbabilityQuality;
}

/**
 * Logistic regression with L2 penalty on standardised features, by mini-batch Adam; then calibrated on rows held back, and judged
 * on others. Same seed and backend, same bytes. Throws RangeError for fewer than 20 rows or lengths that do not fit.
 */
export async function trainLogisticRegression(tf: Tf, rows: LabelledRows, options: LogisticOptions): Promise<LogisticTraining> {
  const { labels, columns } = rows;
  if (rows.features.length !== labels.length * columns) throw new RangeError('features and labels do not have the same number of rows');
  const random = createRandom(options.seed);
  const { training, calibration, evaluation } = holdBack(labels.length, options, random);
  const standard = standardiser(rows, training);
  const { weights, intercept, curve } = await descend(tf, rows, training, standard, random.fork('batches').shuffle, options);
  const raw: LogisticModel = {
    ...standard,
    weights,
    intercept,
    calibration: { kind: 'platt', slope: 1, intercept: 0 },
    baseRate: rateOf(labels, training),
  };
  const fit = options.calibration === 'isotonic' ? fitIsotonic : fitPlatt;
  const fitted = fit(
    Array.from(calibration, (row) => scoreOf(raw, rows.features, row)),
    pick(labels, calibration),
  );
  const model = { ...raw, calibration: fitted };
  const probabilities = Array.from(evaluation, (row) => calibrated(fitted, scoreOf(model, rows.features, row)));
  return { model, curve, quality: probabilityQuality(pick(labels, evaluation), probabilities, model.baseRate) };
}

/** Calibrated probabilities, one per row. `features` [rows, columns of the model]. */
export function predictLogistic(model: LogisticModel, features: Float32Array): Float64Array {
  const columns = model.weights.length;
  if (features.length % columns !== 0) throw new RangeError(`features do not divide into rows of ${columns}`);
  return Float64Array.from({ length: features.length / columns }, (_, row) => calibrated(model.calibration, scoreOf(model, features, row)));
}

/** Raw log-odds of one row. */
function scoreOf({ means, deviations, weights, intercept }: LogisticModel, features: Float32Array, row: number): number {
  let sum = intercept;
  for (let j = 0; j < weights.length; j++) sum += (weights[j] * (features[row * weights.length + j] - means[j])) / deviations[j];
  return sum;
}
