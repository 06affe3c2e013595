import { nelderMead } from '../numeric/nelder-mead.ts';
import { mean, sampleVariance } from '../numeric/statistics.ts';
import { continueEts, type EtsParameters, type EtsShape, type EtsState, runEts, type Seasonality } from './ets-recursion.ts';
import type { Forecaster } from './forecaster.ts';
import { seasonalIndices } from './seasonal-indices.ts';

export interface EtsFit {
  shape: EtsShape;
  parameters: EtsParameters;
  /** State at the end of the history. */
  state: EtsState;
  /** Corrected Akaike criterion; lower is better. Infinite when the history is too short for the shape. */
  aicc: number;
}

export interface EtsOptions {
  /** 1 for none. */
  season: number;
  /** Length of history used, newest kept: older days cost time and change little. Default 3 years of days. */
  maxHistory?: number;
  /** Shapes tried. Default: without and with damped trend × without, additive and (for positive series) multiplicative seasonality. */
  shapes?: readonly EtsShape[];
}

/** Automatic exponential smoothing: each shape fitted by least squares, the one with the lowest AICc continues the series (Hyndman et al. 2002). */
export function ets(options: EtsOptions): Forecaster {
  return {
    name: 'ets',
    forecast(history, horizon) {
      const recent = history.subarray(Math.max(0, history.length - (options.maxHistory ?? 1_096)));
      const fit = fitEts(recent, options);
      return continueEts(fit.shape, fit.parameters, fit.state, recent.length, horizon);
    },
  };
}

/** The shape with the lowest AICc. Throws RangeError for an empty history. */
export function fitEts(history: Float64Array, { season, shapes = shapesFor(history, season) }: EtsOptions): EtsFit {
  if (history.length === 0) throw new RangeError('a forecast needs at least one value of history');
  const fits = shapes.map((shape) => fitShape(history, shape));
  return fits.reduce((best, fit) => (fit.aicc < best.aicc ? fit : best));
}

function shapesFor(history: Float64Array, season: number): EtsShape[] {
  const shapes: EtsShape[] = [];
  const add = (seasonality: Seasonality, period: number) =>
    shapes.push({ trend: 'none', seasonality, season: period }, { trend: 'damped', seasonality, season: period });
  add('none', 1);
  if (season > 1 && history.length >= 2 * season + 2) {
    add('additive', season);
    if (history.every((value) => value > 0)) add('multiplicative', season);
  }
  return shapes;
}

const logistic = (x: number) => 1 / (1 + Math.exp(-x));

/** Unbounded search coordinates → admissible parameters (0 < β < α, 0 < γ < 1 − α, 0.8 < φ < 0.98). */
function parametersOf(point: Float64Array, shape: EtsShape): EtsParameters {
  const alpha = logistic(point[0]);
  const trended = shape.trend === 'damped';
  const beta = trended ? alpha * logistic(point[1]) : 0;
  const phi = trended ? 0.8 + 0.18 * logistic(point[2]) : 1;
  const gamma = shape.seasonality === 'none' ? 0 : (1 - alpha) * logistic(point[trended ? 3 : 1]);
  return { alpha, beta, gamma, phi };
}

function fitShape(history: Float64Array, shape: EtsShape): EtsFit {
  const first = initialState(history, shape);
  const scale = Math.sqrt(sampleVariance(history)) || 1;
  const smoothing = 1 + (shape.trend === 'damped' ? 2 : 0) + (shape.seasonality === 'none' ? 0 : 1);
  const stateAt = (point: Float64Array): EtsState => ({
    level: first.level + scale * point[smoothing],
    slope: shape.trend === 'damped' ? first.slope + scale * 0.1 * point[smoothing + 1] : 0,
    seasonal: first.seasonal.slice(),
  });
  const start = [
    -1,
    ...(shape.trend === 'damped' ? [-2, 1.5] : []),
    ...(shape.seasonality === 'none' ? [] : [-2]),
    0,
    ...(shape.trend === 'damped' ? [0] : []),
  ];
  const loss = (point: Float64Array) => runEts(history, shape, parametersOf(point, shape), stateAt(point));
  const best = nelderMead(loss, start, 0.6, 80 * start.length, 1e-5);
  const state = stateAt(best.point);
  const parameters = parametersOf(best.point, shape);
  const sum = runEts(history, shape, parameters, state);
  return { shape, parameters, state, aicc: aicc(sum, history.length, start.length + 1 + first.seasonal.length) };
}

function aicc(sumOfSquares: number, n: number, k: number): number {
  if (n - k - 1 <= 0) return Number.POSITIVE_INFINITY;
  return n * Math.log(Math.max(sumOfSquares, 1e-12) / n) + 2 * k + (2 * k * (k + 1)) / (n - k - 1);
}

/** Seasonal indices from centred averages of the first seasons, then level and slope from the first seasonally adjusted values. */
function initialState(history: Float64Array, shape: EtsShape): EtsState {
  const seasonal =
    shape.seasonality === 'none' ? new Float64Array(0) : seasonalIndices(history, shape.season, shape.seasonality === 'multiplicative', 4);
  const span = Math.min(history.length, Math.max(10, 2 * shape.season));
  const adjusted = Array.from({ length: span }, (_, t) => {
    if (shape.seasonality === 'none') return history[t];
    return shape.seasonality === 'additive' ? history[t] - seasonal[t % shape.season] : history[t] / seasonal[t % shape.season];
  });
  const [centre, middle] = [mean(adjusted), (span - 1) / 2];
  let [xx, xy] = [0, 0];
  adjusted.forEach((value, t) => {
    xx += (t - middle) ** 2;
    xy += (t - middle) * (value - centre);
  });
  const slope = xx > 0 ? xy / xx : 0;
  return shape.trend === 'damped' ? { level: centre - slope * (middle + 1), slope, seasonal } : { level: centre, slope: 0, seasonal };
}
