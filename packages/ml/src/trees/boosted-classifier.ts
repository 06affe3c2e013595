import { type Calibration, calibrated, fitPlatt } from '../neural/calibration.ts';
import { type HeldBackOptions, holdBack } from '../neural/held-back.ts';
import type { LabelledRows } from '../neural/logistic-regression.ts';
import { type ProbabilityQuality, probabilityQuality } from '../neural/probability-quality.ts';
import { createRandom } from '../random/random.ts';
import { type BoostingOptions, trainBoostedTrees } from './gradient-boosting.ts';
import { pickRows, type TargetRows } from './table.ts';
import { predictMargins, type TreeEnsemble } from './tree-ensemble.ts';

export interface BoostedClassifier {
  trees: TreeEnsemble;
  calibration: Calibration;
}

export type ClassifierOptions = HeldBackOptions & Omit<BoostingOptions, 'loss' | 'validation'>;

export interface ClassifierTraining {
  model: BoostedClassifier;
  /** Mean log-loss after each tree. */
  curve: number[];
  /** On rows used neither for the trees nor for their number and calibration. */
  quality: ProbabilityQuality;
}

/**
 * Boosted trees for labels 0 and 1: their number and Platt's calibration from rows held back, judged on others, the same ones as
 * `trainLogisticRegression` of the same seed. Throws RangeError for fewer than 20 rows or lengths that do not fit.
 */
export function trainBoostedClassifier({ features, columns, labels }: LabelledRows, options: ClassifierOptions): ClassifierTraining {
  const rows: TargetRows = { features, columns, targets: labels };
  const parts = holdBack(labels.length, options, createRandom(options.seed));
  const [training, calibration, evaluation] = [parts.training, parts.calibration, parts.evaluation].map((part) => pickRows(rows, part));
  const { model: trees, curve } = trainBoostedTrees(training, { ...options, loss: { kind: 'logistic' }, validation: calibration });
  const model = { trees, calibration: fitPlatt(predictMargins(trees, calibration), calibration.targets) };
  const baseRate = Array.from(training.targets).reduce((sum, label) => sum + label, 0) / training.targets.length;
  const probabilities = predictBoostedClassifier(model, evaluation.features);
  return { model, curve, quality: probabilityQuality(evaluation.targets, probabilities, baseRate) };
}

/** Calibrated probabilities, one per row. `features` [rows, columns of the model]. */
export function predictBoostedClassifier({ trees, calibration }: BoostedClassifier, features: Float32Array): Float64Array {
  return predictMargins(trees, { features, columns: trees.columns }).map((margin) => calibrated(calibration, margin));
}
