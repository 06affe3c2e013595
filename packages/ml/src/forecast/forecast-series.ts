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
  const smoothing = rememberByLength(ets({ season }));
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

/** Compares forecasters by rolling origin, lets the best continue the series, and takes its own past errors for the ranges. */
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
  const [{ forecaster, score }] = scored;
  const scores = scored.map(({ score: { name, mase, mae, rmse, bias } }) => ({ name, mase, mae, rmse, bias }));
  return { champion: forecaster.name, criterion, scores, ...addIntervals(forecaster.forecast(history, horizon), score.errors, minimum) };
}

/** A short history: its mean, with the differences from it as errors. */
function withoutComparison(history: Float64Array, horizon: number, season: number, minimum: number): SeriesForecast {
  const average = movingAverage(Math.max(4 * season, history.length));
  const forecast = history.length === 0 ? new Float64Array(horizon) : average.forecast(history, horizon);
  const errors = new Float64Array(Math.max(1, Math.ceil(history.length / horizon)) * horizon);
  for (let at = 0; at < errors.length; at++) errors[at] = history.length === 0 ? 0 : history[at % history.length] - forecast[0];
  return { champion: average.name, criterion: 'none', scores: [], ...addIntervals(forecast, errors, minimum) };
}
