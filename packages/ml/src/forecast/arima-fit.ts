import { bfgs } from '../numeric/bfgs.ts';
import { choleskyFactor, choleskySolve } from '../numeric/cholesky.ts';
import { fromPartials, multiplySeasonal, rootsBeyond } from './arma-polynomials.ts';
import { difference, integrate } from './differences.ts';
import { innovations } from './innovations.ts';

/** ARIMA(p, d, q)(P, D, Q) of a season, with a mean (d + D = 0) or a drift (d + D = 1) when `constant`. */
export interface ArimaOrders {
  p: number;
  d: number;
  q: number;
  seasonalP: number;
  seasonalD: number;
  seasonalQ: number;
  season: number;
  constant: boolean;
}

export interface ArimaFit {
  orders: ArimaOrders;
  /** Expanded coefficients: x_t = Σ φ_i x_{t−i} + e_t + Σ θ_j e_{t−j}. */
  phi: Float64Array;
  theta: Float64Array;
  /** Of the constant (if any), then of each regressor. */
  coefficients: Float64Array;
  variance: number;
  logLikelihood: number;
  aicc: number;
  /** Search point, from which a neighbouring model may start. */
  point: Float64Array;
  /** Whether all roots keep a distance from the unit circle; a fit that does not is no honest candidate. */
  isStable: boolean;
}

const ROOT_RADIUS = 1.01;
const GRADIENT_STEP = 1e-4;
const squash = (x: number) => 0.9995 * Math.tanh(x);
const negated = (values: Float64Array) => values.map((value) => -value);

/**
 * Exact Gaussian maximum likelihood of one ARIMA model with regression: partial autocorrelations keep the search stationary and
 * invertible (Monahan 1984), the regression and σ² are solved for at every point (generalised least squares), BFGS does the rest.
 * `regressors`: [k][length]. Null when the history is too short or the model has no finite likelihood.
 */
export function fitArima(
  history: Float64Array,
  orders: ArimaOrders,
  regressors: readonly Float64Array[] = [],
  start?: Float64Array,
): ArimaFit | null {
  const { p, d, q, seasonalP, seasonalD, seasonalQ, season } = orders;
  const size = p + q + seasonalP + seasonalQ;
  const columns = columnsOf(history.length, orders, regressors);
  const differenced = [history, ...columns].map((values) => difference(difference(values, season, seasonalD), 1, d));
  const n = differenced[0].length;
  const parameterCount = size + columns.length + 1;
  if (n - parameterCount - 1 <= 0) return null;
  const value = (point: Float64Array) => profile(point, orders, differenced)?.deviance ?? Number.POSITIVE_INFINITY;
  const shifted = new Float64Array(size);
  const loss = (point: Float64Array, gradient: Float64Array) => {
    const here = value(point);
    if (!Number.isFinite(here)) return here;
    for (let i = 0; i < size; i++) {
      shifted.set(point);
      shifted[i] += GRADIENT_STEP;
      gradient[i] = (value(shifted) - here) / GRADIENT_STEP;
    }
    return here;
  };
  const best = bfgs(loss, start ?? new Float64Array(size).fill(0.1), { tolerance: 0.01, maxIterations: 60, firstStep: 0.3 });
  const fitted = profile(best.point, orders, differenced);
  if (!fitted) return null;
  const deviance = fitted.deviance + n * Math.log(2 * Math.PI) + n;
  const { phi, theta, coefficients } = fitted;
  return {
    orders,
    phi,
    theta,
    coefficients,
    variance: fitted.variance,
    logLikelihood: -deviance / 2,
    aicc: deviance + 2 * parameterCount + (2 * parameterCount * (parameterCount + 1)) / (n - parameterCount - 1),
    point: best.point,
    isStable: fitted.factors.every((factor) => rootsBeyond(factor, ROOT_RADIUS)),
  };
}

/** Point forecasts. `regressors`: [k][length + horizon]. */
export function continueArima(
  fit: ArimaFit,
  history: Float64Array,
  horizon: number,
  regressors: readonly Float64Array[] = [],
): Float64Array {
  const { d, seasonalD, season } = fit.orders;
  const columns = columnsOf(history.length + horizon, fit.orders, regressors);
  const explained = new Float64Array(history.length + horizon);
  columns.forEach((column, k) => {
    for (let t = 0; t < explained.length; t++) explained[t] += fit.coefficients[k] * column[t];
  });
  const rest = history.map((value, t) => value - explained[t]);
  const differenced = difference(difference(rest, season, seasonalD), 1, d);
  const ahead = innovations(fit.phi, fit.theta, [differenced], horizon)?.forecast ?? new Float64Array(horizon);
  return integrate(rest, ahead, d, seasonalD, season).map((value, h) => value + explained[history.length + h]);
}

/** A column of ones (its differences would vanish, so with differences a ramp), then the regressors. */
function columnsOf(length: number, { constant, d, seasonalD }: ArimaOrders, regressors: readonly Float64Array[]): Float64Array[] {
  const given = regressors.map((values) => values.subarray(0, length));
  if (!constant) return given;
  return [Float64Array.from({ length }, (_, t) => (d + seasonalD === 0 ? 1 : t + 1)), ...given];
}

/** The likelihood at a search point with regression and variance at their best: deviance = n ln σ² + ln |V|. */
function profile(point: Float64Array, orders: ArimaOrders, differenced: readonly Float64Array[]) {
  const { p, q, seasonalP, seasonalQ, season } = orders;
  const part = (from: number, length: number) => fromPartials(point.subarray(from, from + length).map(squash));
  const factors = [part(0, p), part(p, q), part(p + q, seasonalP), part(p + q + seasonalP, seasonalQ)];
  const phi = multiplySeasonal(factors[0], factors[2], season);
  const theta = negated(multiplySeasonal(factors[1], factors[3], season));
  const white = innovations(phi, theta, differenced);
  if (!white) return null;
  const { columns, variances, logDeterminant } = white;
  const n = variances.length;
  const product = (a: Float64Array, b: Float64Array) => {
    let sum = 0;
    for (let t = 0; t < n; t++) sum += (a[t] * b[t]) / variances[t];
    return sum;
  };
  const [target, ...given] = columns;
  const k = given.length;
  const right = Float64Array.from(given, (column) => product(column, target));
  const normal = Float64Array.from({ length: k * k }, (_, at) => product(given[Math.floor(at / k)], given[at % k]));
  for (let i = 0; i < k; i++) normal[i * k + i] *= 1 + 1e-10;
  if (!choleskyFactor(normal, k)) return null;
  const coefficients = choleskySolve(normal, k, right);
  for (let i = 0; i < k; i++) for (let t = 0; t < n; t++) target[t] -= coefficients[i] * given[i][t];
  const squares = product(target, target);
  const variance = Math.max(squares, 1e-300) / n;
  return { phi, theta, factors, coefficients, variance, deviance: n * Math.log(variance) + logDeterminant };
}
