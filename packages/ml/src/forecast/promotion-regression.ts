import { choleskyFactor, choleskySolve } from '../numeric/cholesky.ts';
import { type DemandPanel, LEAST_PAST, panelFeatures } from './panel-features.ts';

export interface PromotionRegressionOptions {
  /** Periods whose units are known; later ones are forecast. */
  cut: number;
  /** Periods ahead of the last known one, 1 for the next. */
  ahead: number;
  /** λ of the ridge. Default 5. */
  penalty?: number;
  /** Periods after which a row counts half. Default 80. */
  halfLife?: number;
  /** What the forecast is best for: the mean (smearing, Duan 1983), or the percentage error, whose best value lies lower. Default mean. */
  criterion?: 'mean' | 'mape';
}

const ROUNDS = 6;
const LEAST_ERROR = 0.1;

/**
 * Demand under price and promotions: log units of all series of the panel in one ridge regression on price, deals and their products, their
 * own past, competitors' prices and deals, and smoothed past units (the pooled log-log response of Wittink et al.'s SCAN*PRO,
 * 1988, with lags). For percentages the loss |1 − f/y| itself is minimised by reweighting: weight = its slope ÷ |log error|. Forecasts are
 * direct: one regression per step ahead. Returns units per series, NaN for a series without any past.
 */
export function forecastPromotions(panel: DemandPanel, options: PromotionRegressionOptions): Float64Array {
  const { cut, ahead, penalty = 5, halfLife = 80, criterion = 'mean' } = options;
  const features = panelFeatures(panel, cut, ahead);
  const { width, levels, fill } = features;
  const rows = designOf(features, cut, halfLife);
  let coefficients = weightedRidge(rows, width, rows.weights, penalty);
  if (criterion === 'mape')
    for (let round = 0; round < ROUNDS; round++) {
      const weights = errorsOf(rows, width, coefficients).map((error, i) => {
        const slope = Math.exp(Math.min(3, Math.max(-1.5, -error)));
        return (rows.weights[i] * slope) / Math.max(LEAST_ERROR, Math.abs(error));
      });
      coefficients = weightedRidge(rows, width, weights, penalty);
    }
  const factor = criterion === 'mean' ? smearing(errorsOf(rows, width, coefficients)) : 1;
  const row = new Float64Array(width);
  return Float64Array.from(panel.units, (values, s) => {
    if (!values.subarray(0, cut).some((value) => !Number.isNaN(value))) return Number.NaN;
    fill(s, cut - 1 + ahead, row);
    return factor * Math.exp(levels[s] + row.reduce((sum, value, i) => sum + value * coefficients[i], 0));
  });
}

type Rows = { design: Float64Array; targets: Float64Array; weights: Float64Array };

/** Every known series and period before the cut as one row; newer ones weigh more. */
function designOf({ width, targets, fill }: ReturnType<typeof panelFeatures>, cut: number, halfLife: number): Rows {
  const places = targets.flatMap((values, s) =>
    Array.from({ length: Math.max(0, cut - LEAST_PAST) }, (_, i) => [s, LEAST_PAST + i] as const).filter(
      ([, t]) => !Number.isNaN(values[t]),
    ),
  );
  const design = new Float64Array(places.length * width);
  places.forEach(([s, t], i) => fill(s, t, design.subarray(i * width, (i + 1) * width)));
  return {
    design,
    targets: Float64Array.from(places, ([s, t]) => targets[s][t]),
    weights: Float64Array.from(places, ([, t]) => 0.5 ** ((cut - 1 - t) / halfLife)),
  };
}

/** Least squares with weights and a penalty, by normal equations. */
function weightedRidge({ design, targets }: Rows, width: number, weights: Float64Array, penalty: number): Float64Array {
  const normal = new Float64Array(width * width);
  const right = new Float64Array(width);
  for (let r = 0; r < targets.length; r++) {
    const from = r * width;
    for (let i = 0; i < width; i++) {
      const value = weights[r] * design[from + i];
      if (value === 0) continue;
      right[i] += value * targets[r];
      const place = i * width;
      for (let j = 0; j <= i; j++) normal[place + j] += value * design[from + j];
    }
  }
  for (let i = 0; i < width; i++) normal[i * width + i] += penalty;
  choleskyFactor(normal, width);
  return choleskySolve(normal, width, right);
}

/** Target − fit, logged. */
const errorsOf = ({ design, targets }: Rows, width: number, coefficients: Float64Array): Float64Array =>
  targets.map((target, r) => {
    let rest = target;
    for (let i = 0; i < width; i++) rest -= design[r * width + i] * coefficients[i];
    return rest;
  });

/** Mean of exp(error). */
const smearing = (errors: Float64Array) => errors.reduce((sum, error) => sum + Math.exp(error), 0) / Math.max(1, errors.length);
