import { minimiseLbfgs } from '../numeric/lbfgs.ts';
import { checkRows, type TargetRows } from '../trees/table.ts';
import type { LinearModel } from './linear-model.ts';

export interface LogisticLbfgsOptions {
  /** Weight of ½‖w‖² beside the mean log-loss; the intercept is free. scikit-learn's C is 1 ÷ (rows × l2). Default 0.001. */
  l2?: number;
  /** Largest part of the gradient left over. Default 1e-7. */
  tolerance?: number;
  maxSteps?: number;
}

/**
 * Logistic regression by L-BFGS: minimises Σ wᵢ(ln(1 + e^mᵢ) − yᵢmᵢ) ÷ Σ wᵢ + ½λ‖w‖². Targets 0…1. Columns are brought to one size while
 * searching, with the penalty still on the given ones, so the answer is that of the plain problem.
 */
export function trainLogisticLbfgs(rows: TargetRows, { l2 = 0.001, tolerance, maxSteps }: LogisticLbfgsOptions = {}): LinearModel {
  checkRows(rows);
  const { features, columns, targets, weights } = rows;
  const { means, deviations } = columnScales(rows);
  if (!means.every(Number.isFinite)) throw new RangeError('a linear model takes no missing or infinite values');
  const standard = features.map((value, at) => (value - means[at % columns]) / deviations[at % columns]);
  let total = 0;
  for (let row = 0; row < targets.length; row++) total += weights ? weights[row] : 1;
  const loss = (point: Float64Array, gradient: Float64Array) => {
    let sum = addLogLoss({ ...rows, features: standard }, point, total, gradient);
    for (let j = 0; j < columns; j++) {
      const weight = point[j] / deviations[j];
      sum += 0.5 * l2 * weight * weight;
      gradient[j] += (l2 * weight) / deviations[j];
    }
    return sum;
  };
  const { point } = minimiseLbfgs(loss, new Float64Array(columns + 1), { tolerance, maxSteps });
  const found = Float64Array.from({ length: columns }, (_, j) => point[j] / deviations[j]);
  return { kind: 'logistic', weights: found, intercept: found.reduce((rest, weight, j) => rest - weight * means[j], point[columns]) };
}

/** Mean log-loss at `point` (weights, then intercept) and, in `gradient`, its derivatives. */
function addLogLoss(
  { features, columns, targets, weights }: TargetRows,
  point: Float64Array,
  total: number,
  gradient: Float64Array,
): number {
  gradient.fill(0);
  let sum = 0;
  for (let row = 0; row < targets.length; row++) {
    let margin = point[columns];
    for (let j = 0; j < columns; j++) margin += point[j] * features[row * columns + j];
    const weight = (weights ? weights[row] : 1) / total;
    const falling = Math.exp(-Math.abs(margin));
    sum += weight * (Math.max(0, margin) + Math.log1p(falling) - targets[row] * margin);
    const error = weight * ((margin >= 0 ? 1 : falling) / (1 + falling) - targets[row]);
    for (let j = 0; j < columns; j++) gradient[j] += error * features[row * columns + j];
    gradient[columns] += error;
  }
  return sum;
}

function columnScales({ features, columns, targets }: TargetRows): { means: Float64Array; deviations: Float64Array } {
  const [means, squares] = [new Float64Array(columns), new Float64Array(columns)];
  for (let at = 0; at < features.length; at++) means[at % columns] += features[at] / targets.length;
  for (let at = 0; at < features.length; at++) squares[at % columns] += (features[at] - means[at % columns]) ** 2 / targets.length;
  return { means, deviations: squares.map((square) => Math.sqrt(square) || 1) };
}
