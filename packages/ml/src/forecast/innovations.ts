import { autocovariances, crossCovariances } from './arma-polynomials.ts';

/** Each column's innovations u and their variances v over σ². */
export interface Innovations {
  /** [columns][length]. */
  columns: Float64Array[];
  /** [length]. */
  variances: Float64Array;
  logDeterminant: number;
  /** Best linear forecasts of the first column, [horizon]. */
  forecast: Float64Array;
}

const SETTLED = 1e-7;

/**
 * Innovations of a Gaussian ARMA process, exactly: the banded Cholesky factor of the covariance of x_t (t < m) and x_t − Σ φ_i x_{t−i}
 * (t ≥ m), m = max(p, q) (Ansley 1979; Brockwell & Davis 1991, §5.3 and §8.7), until the factor settles, then the plain recursion.
 * Several columns (a series and its regressors) share one factor. Null when the parameters have no finite covariance.
 */
export function innovations(phi: Float64Array, theta: Float64Array, series: readonly Float64Array[], horizon = 0): Innovations | null {
  const [p, q, n] = [phi.length, theta.length, series[0].length];
  const m = Math.max(p, q);
  const cross = crossCovariances(phi, theta);
  const gamma = autocovariances(phi, cross, m + 1);
  if (!gamma) return null;
  const total = n + horizon;
  const averaged = movingAverageCovariances(theta);
  const columns = series.map((column) => whiten(column, phi, m));
  const factor = factorise(total, m, q, gamma, cross, averaged);
  if (!factor) return null;
  const { lower, deviations, settled, logDeterminant } = factor;
  for (const column of columns) forward(column, factor, m, q, theta);
  const variances = deviations.map((value) => value * value);
  const weight = (t: number, lag: number) => (t < settled ? lower[rowOf(t, m) + t - lag] / deviations[t - lag] : theta[lag - 1]);
  const forecast = continueArma(series[0], columns[0], phi, q, m, horizon, weight);
  return { columns, variances: variances.subarray(0, n), logDeterminant: logDeterminant(n), forecast };
}

type Factor = { lower: Float64Array; deviations: Float64Array; settled: number; logDeterminant: (length: number) => number };

/** Where row t begins, so that column k of it stands at the sum: rows keep m + 1 places, the last for the diagonal. */
const rowOf = (t: number, m: number) => t * m + m;
const firstOf = (t: number, m: number, q: number) => (t < m ? 0 : Math.max(0, t - q));
let scratch = new Float64Array(0); // One factor lives at a time; a search makes thousands.

/** Rows of the Cholesky factor until they repeat. */
function factorise(total: number, m: number, q: number, gamma: Float64Array, cross: Float64Array, averaged: Float64Array): Factor | null {
  if (scratch.length < total * (m + 1) + m) scratch = new Float64Array(2 * total * (m + 1) + m);
  const lower = scratch;
  const deviations = new Float64Array(total).fill(1);
  let settled = total;
  for (let t = 0; t < total; t++) {
    const first = firstOf(t, m, q);
    const row = rowOf(t, m);
    let variance = t < m ? gamma[0] : averaged[0];
    for (let k = first; k < t; k++) {
      const other = rowOf(k, m);
      let value = t < m ? gamma[t - k] : k < m ? cross[t - k] : averaged[t - k];
      for (let l = first; l < k; l++) value -= lower[other + l] * lower[row + l];
      value /= deviations[k];
      lower[row + k] = value;
      variance -= value * value;
    }
    if (!(variance > 0)) return null;
    deviations[t] = Math.sqrt(variance);
    if (t >= m + q && variance - 1 < SETTLED) {
      settled = t + 1;
      break;
    }
  }
  const logDeterminant = (length: number) => {
    let sum = 0;
    for (let t = 0; t < Math.min(length, settled); t++) sum += Math.log(deviations[t]);
    return 2 * sum;
  };
  return { lower, deviations, settled, logDeterminant };
}

/** Values → innovations, in place. */
function forward(column: Float64Array, { lower, deviations, settled }: Factor, m: number, q: number, theta: Float64Array): void {
  const turn = Math.min(settled, column.length);
  for (let t = 0; t < turn; t++) {
    const row = rowOf(t, m);
    let value = column[t];
    for (let k = firstOf(t, m, q); k < t; k++) value -= lower[row + k] * column[k];
    column[t] = value / deviations[t];
  }
  for (let t = 0; t < turn; t++) column[t] *= deviations[t];
  const lags = Array.from(theta.keys(), (i) => i + 1).filter((lag) => theta[lag - 1] !== 0);
  for (let t = turn; t < column.length; t++) {
    let value = column[t];
    for (const lag of lags) value -= theta[lag - 1] * column[t - lag];
    column[t] = value;
  }
}

/** x̂_{n+h} = Σ φ_i x̂_{n+h−i} + Σ_{j ≥ h} θ_{t,j} u_{t−j}. */
function continueArma(
  series: Float64Array,
  errors: Float64Array,
  phi: Float64Array,
  q: number,
  m: number,
  horizon: number,
  weight: (t: number, lag: number) => number,
): Float64Array {
  const n = series.length;
  const whole = new Float64Array(n + horizon);
  whole.set(series);
  for (let t = n; t < n + horizon; t++) {
    let value = 0;
    if (t >= m) for (let i = 1; i <= phi.length; i++) value += phi[i - 1] * whole[t - i];
    for (let lag = t - n + 1; lag <= (t < m ? t : q); lag++) value += weight(t, lag) * errors[t - lag];
    whole[t] = value;
  }
  return whole.slice(n);
}

/** x_t as it is before m, x_t − Σ φ_i x_{t−i} from there on. */
function whiten(column: Float64Array, phi: Float64Array, m: number): Float64Array {
  const white = column.slice();
  for (let i = 0; i < phi.length; i++) {
    const coefficient = phi[i];
    if (coefficient !== 0) for (let t = m; t < white.length; t++) white[t] -= coefficient * column[t - i - 1];
  }
  return white;
}

/** Σ_r θ_r θ_{r+k} with θ_0 = 1. [q + 1] */
function movingAverageCovariances(theta: Float64Array): Float64Array {
  const whole = Float64Array.of(1, ...theta);
  return whole.map((_, k) => {
    let sum = 0;
    for (let r = 0; r + k < whole.length; r++) sum += whole[r] * whole[r + k];
    return sum;
  });
}
