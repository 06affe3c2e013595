import { type LinearModel, predictLinear } from '../linear/linear-model.ts';
import { trainRidge } from '../linear/ridge.ts';
import type { TargetRows } from '../trees/table.ts';
import { type DemandPanel, panelFeatures, panelRows } from './panel-features.ts';

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
  const rows = panelRows(features, cut, halfLife);
  let model = trainRidge(rows, { l2: penalty });
  if (criterion === 'mape')
    for (let round = 0; round < ROUNDS; round++) model = trainRidge({ ...rows, weights: percentageWeights(rows, model) }, { l2: penalty });
  const factor = criterion === 'mean' ? smearing(errorsOf(rows, model)) : 1;
  const row = new Float32Array(features.width);
  return Float64Array.from(panel.units, (values, s) => {
    if (!values.subarray(0, cut).some((value) => !Number.isNaN(value))) return Number.NaN;
    features.fill(s, cut - 1 + ahead, row);
    return factor * Math.exp(features.levels[s] + predictLinear(model, { features: row, columns: features.width })[0]);
  });
}

/** Weights with which least squares takes a step towards the least Σ |1 − f/y|. */
function percentageWeights(rows: Required<TargetRows>, model: LinearModel): Float64Array {
  return errorsOf(rows, model).map((error, i) => {
    const slope = Math.exp(Math.min(3, Math.max(-1.5, -error)));
    return (rows.weights[i] * slope) / Math.max(LEAST_ERROR, Math.abs(error));
  });
}

/** Target − fit, logged. */
function errorsOf(rows: TargetRows, model: LinearModel): Float64Array {
  const fitted = predictLinear(model, rows);
  return Float64Array.from(rows.targets, (target, i) => target - fitted[i]);
}

/** Mean of exp(error). */
const smearing = (errors: Float64Array) => errors.reduce((sum, error) => sum + Math.exp(error), 0) / errors.length;
