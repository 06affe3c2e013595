import { createRandom } from '../random/random.ts';
import { pickRows, type TargetRows } from '../trees/table.ts';
import { upTo } from '../trees/bins.ts';
import { type LinearModel, predictLinear } from './linear-model.ts';
import { interceptOf, type Moments, momentsOf } from './moments.ts';

export interface LassoOptions {
  /** Weight of the penalty. */
  alpha: number;
  /** 1 = LASSO, below = elastic net: α(ρ‖w‖₁ + ½(1 − ρ)‖w‖²). Default 1. */
  l1Share?: number;
  /** Stop when the duality gap is below this share of yᵀy. Default 1e-10. */
  tolerance?: number;
  /** Rounds over all columns at most. Default 10,000. */
  maxRounds?: number;
}

/**
 * LASSO (Tibshirani 1996) and elastic net (Zou & Hastie 2005): minimises ‖y − Xw‖² ÷ 2n + α(ρ‖w‖₁ + ½(1 − ρ)‖w‖²), the intercept free, by
 * coordinate descent on XᵀX (Friedman, Hastie & Tibshirani 2010).
 */
export function trainLasso(rows: TargetRows, options: LassoOptions): LinearModel {
  const moments = momentsOf(rows);
  return modelOf(moments, descend(moments, options, new Float64Array(rows.columns)));
}

export interface LassoChoice {
  model: LinearModel;
  alpha: number;
  /** Columns with a weight, ascending. */
  chosen: number[];
  /** Mean squared error on held-back folds for each α tried, largest α first. */
  tried: { alpha: number; error: number }[];
}

const STEPS = 60;
const SMALLEST = 1e-3; // Of the α that keeps no column.

/** Chooses columns by LASSO: α by the least error over `folds` held-back parts, from a path of 60. Same seed, same choice. */
export function chooseByLasso(rows: TargetRows, { seed, folds = 5 }: { seed: number | string; folds?: number }): LassoChoice {
  const moments = momentsOf(rows);
  const most = moments.products.reduce((max, product) => Math.max(max, Math.abs(product)), 0) / moments.total;
  const alphas = Array.from({ length: STEPS }, (_, step) => most * SMALLEST ** (step / (STEPS - 1)));
  const order = createRandom(seed).shuffle(upTo(rows.targets.length));
  const errors = new Float64Array(STEPS);
  for (let fold = 0; fold < folds; fold++) {
    const training = pickRows(
      rows,
      order.filter((_, at) => at % folds !== fold),
    );
    const held = pickRows(
      rows,
      order.filter((_, at) => at % folds === fold),
    );
    path(momentsOf(training), alphas).forEach((model, step) => {
      const predictions = predictLinear(model, held);
      for (let row = 0; row < predictions.length; row++) errors[step] += (predictions[row] - held.targets[row]) ** 2 / order.length;
    });
  }
  const best = errors.indexOf(Math.min(...errors));
  const model = path(moments, alphas.slice(0, best + 1))[best];
  const chosen = Array.from(upTo(rows.columns)).filter((column) => model.weights[column] !== 0);
  return { model, alpha: alphas[best], chosen, tried: alphas.map((alpha, step) => ({ alpha, error: errors[step] })) };
}

/** Models for falling α, each started from the one before. */
function path(moments: Moments, alphas: readonly number[]): LinearModel[] {
  const weights = new Float64Array(moments.columns);
  return alphas.map((alpha) => modelOf(moments, descend(moments, { alpha }, weights)));
}

const modelOf = (moments: Moments, weights: Float64Array): LinearModel => ({
  kind: 'linear',
  weights: weights.slice(),
  intercept: interceptOf(moments, weights),
});

const shrink = (value: number, by: number) => Math.sign(value) * Math.max(0, Math.abs(value) - by);

/** Changes `weights` in place. */
function descend(moments: Moments, options: LassoOptions, weights: Float64Array): Float64Array {
  const { columns, total, gram, products } = moments;
  const { alpha, l1Share = 1, tolerance = 1e-10, maxRounds = 10_000 } = options;
  const [l1, l2] = [alpha * l1Share * total, alpha * (1 - l1Share) * total];
  // Xᵀ(y − Xw), kept up to date.
  const rest = products.slice();
  for (let j = 0; j < columns; j++) move(rest, gram, j, weights[j]);
  for (let round = 0; round < maxRounds; round++) {
    for (let j = 0; j < columns; j++) {
      const own = gram[j * columns + j];
      if (own + l2 === 0) continue;
      const next = shrink(rest[j] + own * weights[j], l1) / (own + l2);
      if (next === weights[j]) continue;
      move(rest, gram, j, next - weights[j]);
      weights[j] = next;
    }
    if (dualityGap(moments, weights, rest, l1, l2) <= tolerance * moments.targetSquares) break;
  }
  return weights;
}

function move(rest: Float64Array, gram: Float64Array, j: number, by: number): void {
  if (by !== 0) for (let k = 0; k < rest.length; k++) rest[k] -= by * gram[j * rest.length + k];
}

/** Primal minus dual of ½‖y − Xw‖² + l1‖w‖₁ + ½l2‖w‖², the dual point being the residual scaled into its feasible set. */
function dualityGap({ products, targetSquares }: Moments, weights: Float64Array, rest: Float64Array, l1: number, l2: number): number {
  let [largest, absolute, squares, fitted, fittedRest] = [0, 0, 0, 0, 0];
  for (let j = 0; j < weights.length; j++) {
    largest = Math.max(largest, Math.abs(rest[j] - l2 * weights[j]));
    absolute += Math.abs(weights[j]);
    squares += weights[j] ** 2;
    fitted += weights[j] * products[j];
    fittedRest += weights[j] * rest[j];
  }
  const residualSquares = Math.max(0, targetSquares - fitted - fittedRest);
  const residualTarget = targetSquares - fitted;
  const scale = largest > l1 ? l1 / largest : 1;
  const penalty = l2 * squares;
  return (residualSquares + penalty) * 0.5 * (1 + scale * scale) + l1 * absolute - scale * residualTarget;
}
