import { bfgs } from '../numeric/bfgs.ts';
import { sampleVariance } from '../numeric/statistics.ts';
import { type EtsGradient, type EtsParameters, type EtsShape, type EtsState, etsTrace, reverseEts, runEts } from './ets-recursion.ts';
import { etsStart } from './ets-start.ts';

export interface EtsFit {
  shape: EtsShape;
  parameters: EtsParameters;
  /** State at the end of the history. */
  state: EtsState;
  logLikelihood: number;
  /** Corrected Akaike criterion; lower is better. Infinite when the history is too short for the shape. */
  aicc: number;
  /** y − μ of every step, [length]. */
  errors: Float64Array;
}

const LOGIT_LIMIT = 9;
const logistic = (x: number) => 1 / (1 + Math.exp(-Math.min(LOGIT_LIMIT, Math.max(-LOGIT_LIMIT, x))));
const slopeOf = (p: number) => p * (1 - p);
const [LEAST_PHI, PHI_WIDTH] = [0.8, 0.18];

/** Where each unknown stands in the search point; −1 when the shape lacks it. */
function layoutOf({ trend, seasonality, season }: EtsShape) {
  let at = 1;
  const beta = trend === 'none' ? -1 : at++;
  const phi = trend === 'damped' ? at++ : -1;
  const gamma = seasonality === 'none' ? -1 : at++;
  const level = at++;
  const slope = trend === 'none' ? -1 : at++;
  const seasonal = seasonality === 'none' ? -1 : at;
  return { beta, phi, gamma, level, slope, seasonal, size: at + (seasonality === 'none' ? 0 : season - 1) };
}
type Layout = ReturnType<typeof layoutOf>;

/**
 * Maximum likelihood of one shape: minus twice the log-likelihood n ln Σε² (+ 2 Σ ln μ with multiplicative errors, ε = (y − μ)/μ) descends by
 * BFGS with exact gradients over smoothing parameters and first states together. Usual bounds: 0 < β < α < 1, 0 < γ < 1 − α, 0.8 < φ < 0.98.
 * Null when the shape cannot follow the history.
 */
export function fitShape(history: Float64Array, shape: EtsShape): EtsFit | null {
  const layout = layoutOf(shape);
  const n = history.length;
  const parameterCount = layout.size + 1;
  if (n - parameterCount - 1 <= 0) return null;
  const problem = etsProblem(history, shape, layout);
  const best = bfgs(problem.loss, problem.start, { tolerance: 1e-4, maxIterations: 100, firstStep: 0.5 });
  if (!Number.isFinite(best.value)) return null;
  const { parameters, state } = problem.place(best.point);
  const trace = etsTrace(n);
  if (!runEts(history, shape, parameters, state, trace)) return null;
  const deviance = best.value + n * (Math.log((2 * Math.PI) / n) + 1);
  const aicc = deviance + 2 * parameterCount + (2 * parameterCount * (parameterCount + 1)) / (n - parameterCount - 1);
  return { shape, parameters, state, logLikelihood: -deviance / 2, aicc, errors: trace.errors };
}

function etsProblem(history: Float64Array, shape: EtsShape, layout: Layout) {
  const n = history.length;
  const first = etsStart(history, shape);
  const spread = Math.sqrt(sampleVariance(history)) || 1;
  const seasonalSpread = shape.seasonality === 'multiplicative' ? spread / Math.max(1e-9, Math.abs(first.level)) : spread;
  const slopeSpread = 0.1 * spread;
  const trace = etsTrace(n);
  const byFitted = new Float64Array(n);
  const reverse: EtsGradient = {
    alpha: 0,
    beta: 0,
    gamma: 0,
    phi: 0,
    level: 0,
    slope: 0,
    seasonal: new Float64Array(first.seasonal.length),
  };
  const state: EtsState = { level: 0, slope: 0, seasonal: new Float64Array(first.seasonal.length) };
  const parameters: EtsParameters = { alpha: 0, beta: 0, gamma: 0, phi: 1 };
  const floor = 1e-12 * n * (shape.error === 'multiplicative' ? 1 : spread * spread);

  const place = (point: Float64Array) => {
    parameters.alpha = logistic(point[0]);
    parameters.beta = layout.beta < 0 ? 0 : parameters.alpha * logistic(point[layout.beta]);
    parameters.phi = layout.phi < 0 ? 1 : LEAST_PHI + PHI_WIDTH * logistic(point[layout.phi]);
    parameters.gamma = layout.gamma < 0 ? 0 : (1 - parameters.alpha) * logistic(point[layout.gamma]);
    state.level = first.level + spread * point[layout.level];
    state.slope = layout.slope < 0 ? 0 : first.slope + slopeSpread * point[layout.slope];
    let rest = 0;
    for (let phase = 0; phase < state.seasonal.length; phase++) {
      const moved = phase === state.seasonal.length - 1 ? -rest : seasonalSpread * point[layout.seasonal + phase];
      rest += moved;
      state.seasonal[phase] = first.seasonal[phase] + moved;
    }
    return { parameters, state };
  };

  /** Chain rule from the model's own numbers to the search point. */
  const chain = (point: Float64Array, gradient: Float64Array) => {
    const { alpha } = parameters;
    let byAlpha = reverse.alpha;
    if (layout.beta >= 0) {
      const share = logistic(point[layout.beta]);
      byAlpha += reverse.beta * share;
      gradient[layout.beta] = reverse.beta * alpha * slopeOf(share);
    }
    if (layout.phi >= 0) gradient[layout.phi] = reverse.phi * PHI_WIDTH * slopeOf(logistic(point[layout.phi]));
    if (layout.gamma >= 0) {
      const share = logistic(point[layout.gamma]);
      byAlpha -= reverse.gamma * share;
      gradient[layout.gamma] = reverse.gamma * (1 - alpha) * slopeOf(share);
    }
    gradient[0] = byAlpha * slopeOf(alpha);
    gradient[layout.level] = spread * reverse.level;
    if (layout.slope >= 0) gradient[layout.slope] = slopeSpread * reverse.slope;
    const last = reverse.seasonal.length - 1;
    for (let phase = 0; phase < last; phase++)
      gradient[layout.seasonal + phase] = seasonalSpread * (reverse.seasonal[phase] - reverse.seasonal[last]);
  };

  const loss = (point: Float64Array, gradient: Float64Array): number => {
    place(point);
    if (!runEts(history, shape, parameters, state, trace)) return Number.POSITIVE_INFINITY;
    const value =
      shape.error === 'additive' ? additiveLoss(trace.errors, byFitted, floor) : multiplicativeLoss(history, trace.errors, byFitted, floor);
    reverseEts(shape, parameters, trace, byFitted, reverse);
    chain(point, gradient);
    return value;
  };
  const start = new Float64Array(layout.size);
  start[0] = -1;
  if (layout.beta >= 0) start[layout.beta] = -2;
  if (layout.phi >= 0) start[layout.phi] = 2.5;
  if (layout.gamma >= 0) start[layout.gamma] = -2;
  return { loss, start, place };
}

/** n ln Σe²; fills its derivative by μ. */
function additiveLoss(errors: Float64Array, byFitted: Float64Array, floor: number): number {
  const n = errors.length;
  let sum = floor;
  for (let t = 0; t < n; t++) sum += errors[t] * errors[t];
  const scale = (-2 * n) / sum;
  for (let t = 0; t < n; t++) byFitted[t] = scale * errors[t];
  return n * Math.log(sum);
}

/** n ln Σ(e/μ)² + 2 Σ ln μ; fills its derivative by μ. */
function multiplicativeLoss(history: Float64Array, errors: Float64Array, byFitted: Float64Array, floor: number): number {
  const n = errors.length;
  let [sum, product, logs] = [floor, 1, 0];
  for (let t = 0; t < n; t++) {
    const fitted = history[t] - errors[t];
    const relative = errors[t] / fitted;
    sum += relative * relative;
    product *= fitted;
    if (!(product < 1e250 && product > 1e-250)) {
      logs += Math.log(product);
      product = 1;
    }
  }
  logs += Math.log(product);
  const scale = (-2 * n) / sum;
  for (let t = 0; t < n; t++) {
    const fitted = history[t] - errors[t];
    byFitted[t] = (scale * (errors[t] / fitted) * (history[t] / fitted) + 2) / fitted;
  }
  return n * Math.log(sum) + 2 * logs;
}
