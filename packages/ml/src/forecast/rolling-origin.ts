import { meanAbsoluteError, meanSquaredError, seasonalNaiveScale } from '../evaluate/forecast-errors.ts';
import { mean } from '../numeric/statistics.ts';
import type { Forecaster } from './forecaster.ts';

export interface RollingOriginPlan {
  season: number;
  horizon: number;
  /** How many times the series is cut. Default 4. */
  origins?: number;
  /** Steps between cuts. Default: the horizon. */
  step?: number;
}

export interface ForecastScore {
  name: string;
  /** Mean over origins, each scaled by the seasonal naive error inside its own history. NaN when the history never changes. */
  mase: number;
  mae: number;
  rmse: number;
  /** Mean of forecast − actual. */
  bias: number;
  /** actual − forecast, [origins × horizon], oldest origin first. */
  errors: Float64Array;
}

/** Lengths of history from which forecasts are made, oldest first; the last one leaves exactly `horizon` values. Cuts that leave under two seasons (or eight values) are dropped. */
export function originLengths(length: number, { season, horizon, origins = 4, step = horizon }: RollingOriginPlan): number[] {
  const least = Math.max(2 * season, 8);
  return Array.from({ length: origins }, (_, k) => length - horizon - k * step)
    .filter((cut) => cut >= least)
    .reverse();
}

/** Forecasts from every origin against what came. Returns null when the series is too short for a single origin. */
export function scoreForecaster(series: Float64Array, forecaster: Forecaster, plan: RollingOriginPlan): ForecastScore | null {
  const cuts = originLengths(series.length, plan);
  if (cuts.length === 0) return null;
  const { horizon } = plan;
  const errors = new Float64Array(cuts.length * horizon);
  const scores = cuts.map((cut, k) => {
    const history = series.subarray(0, cut);
    const actual = series.subarray(cut, cut + horizon);
    const forecast = forecaster.forecast(history, horizon);
    for (let h = 0; h < horizon; h++) errors[k * horizon + h] = actual[h] - forecast[h];
    const mae = meanAbsoluteError(actual, forecast);
    const scale = seasonalNaiveScale(history, plan.season);
    return { mae, mase: scale > 0 ? mae / scale : Number.NaN, mse: meanSquaredError(actual, forecast) };
  });
  const scaled = scores.map(({ mase }) => mase).filter((mase) => !Number.isNaN(mase));
  const mae = mean(scores.map((score) => score.mae));
  return {
    name: forecaster.name,
    mase: mean(scaled),
    mae,
    rmse: Math.sqrt(mean(scores.map(({ mse }) => mse))),
    bias: -mean(errors),
    errors,
  };
}
