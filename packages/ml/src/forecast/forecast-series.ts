import { movingAverage, seasonalNaive } from './baselines.ts';
import { combination } from './combination.ts';
import { ets } from './ets.ts';
import type { Forecaster } from './forecaster.ts';
import { intermittent } from './intermittent.ts';
import { addIntervals, type ForecastWithIntervals } from './intervals.ts';
import { type ForecastScore, type RollingOriginPlan, scoreForecaster } from './rolling-origin.ts';
import { theta } from './theta.ts';

export interface SeriesForecast extends ForecastWithIntervals {
  /** Name of the forecaster that serves. */
  champion: string;
  /** What the champion was chosen by; 'none' when the history is too short to compare. */
  criterion: 'mase' | 'rmse' | 'none';
  /** One row per forecaster, best first; empty when the history is too short. */
  scores: Omit<ForecastScore, 'errors'>[];
}

export interface SeriesForecastOptions extends RollingOriginPlan {
  /** Replaces the standard set: seasonal naive, moving average over four seasons, ETS, its mean with theta, TSB. Seasonal naive is always added: nothing serves that does not beat it. */
  forecasters?: readonly Forecaster[];
  /** Compete beside the standard set, for example a network's precomputed forecasts. */
  extraForecasters?: readonly Forecaster[];
  /** Smallest possible value. Default 0 (demand). */
  minimum?: number;
}

const MANY_ZEROS = 0.4; // Where most periods are empty, "always zero" has the best MASE: there the mean is judged, by squared error.

/** Seasonal naive, moving average over four seasons, ETS, its mean with theta, TSB. */
function standardForecasters(season: number): Forecaster[] {
  const smoothing = rememberByLength(ets({ season, trends: 'damped' }));
  return [
    seasonalNaive(season),
    movingAverage(4 * season),
    smoothing,
    combination('ets-theta', [smoothing, theta(season)]),
    intermittent(),
  ];
}

/** For use on cuts of one series only, where the length tells the history: two forecasters share one costly fit. */
function rememberByLength({ name, forecast }: Forecaster): Forecaster {
  const known = new Map<string, Float64Array>();
  return {
    name,
    forecast(history, horizon) {
      const key = `${history.length}/${horizon}`;
      const values = known.get(key) ?? forecast(history, horizon);
      known.set(key, values);
      return values;
    },
  };
}

/**
 * Compares forecasters by rolling origin and lets the best continue the series. The ranges come from errors nobody was chosen by: at each
 * origin those of the forecaster that is best at the others. (The champion's own errors are the luckiest: on monthly M3 they cover 73% where 80% is promised.)
 */
export function forecastSeries(history: Float64Array, options: SeriesForecastOptions): SeriesForecast {
  const { season, horizon, minimum = 0 } = options;
  const naive = seasonalNaive(season);
  const given = [...(options.forecasters ?? standardForecasters(season)), ...(options.extraForecasters ?? [])];
  const forecasters = given.some(({ name }) => name === naive.name) ? given : [naive, ...given];
  const scored = forecasters.flatMap((forecaster) => {
    const score = scoreForecaster(history, forecaster, options);
    return score ? [{ forecaster, score }] : [];
  });
  if (scored.length === 0) return withoutComparison(history, horizon, season, minimum);
  const zeros = history.filter((value) => value === 0).length / history.length;
  const criterion = zeros > MANY_ZEROS || scored.some(({ score }) => Number.isNaN(score.mase)) ? 'rmse' : 'mase';
  scored.sort((a, b) => a.score[criterion] - b.score[criterion]);
  const [{ forecaster }] = scored;
  const errors = heldOutErrors(
    scored.map((one) => one.score),
    horizon,
    criterion === 'rmse' ? (error) => error * error : Math.abs,
  );
  const scores = scored.map(({ score: { name, mase, mae, rmse, bias } }) => ({ name, mase, mae, rmse, bias }));
  return { champion: forecaster.name, criterion, scores, ...addIntervals(forecaster.forecast(history, horizon), errors, minimum) };
}

/**
 * For each origin the errors of the forecaster with the least loss at the other origins; with a single origin those of the middle one by rank, as every
 * choice would look at it. `scores`: best first.
 */
function heldOutErrors(scores: readonly ForecastScore[], horizon: number, loss: (error: number) => number): Float64Array {
  const { length } = scores[0].errors;
  const sumOver = (errors: Float64Array) => errors.reduce((sum, error) => sum + loss(error), 0);
  const totals = scores.map(({ errors }) => sumOver(errors));
  const held = new Float64Array(length);
  for (let from = 0; from < length; from += horizon) {
    const parts = scores.map(({ errors }) => errors.subarray(from, from + horizon));
    const elsewhere = parts.map((part, i) => totals[i] - sumOver(part));
    const best = length === horizon ? scores.length >> 1 : elsewhere.indexOf(Math.min(...elsewhere));
    held.set(parts[best], from);
  }
  return held;
}

/** A short history: its mean, with the differences from it as errors. */
function withoutComparison(history: Float64Array, horizon: number, season: number, minimum: number): SeriesForecast {
  const average = movingAverage(Math.max(4 * season, history.length));
  const forecast = history.length === 0 ? new Float64Array(horizon) : average.forecast(history, horizon);
  const errors = new Float64Array(Math.max(1, Math.ceil(history.length / horizon)) * horizon);
  for (let at = 0; at < errors.length; at++) errors[at] = history.length === 0 ? 0 : history[at % history.length] - forecast[0];
  return { champion: average.name, criterion: 'none', scores: [], ...addIntervals(forecast, errors, minimum) };
}
