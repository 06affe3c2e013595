import { mean } from '../numeric/statistics.ts';
import type { Forecaster } from './forecaster.ts';

/** The plain mean of several forecasters: hard to beat, because their errors differ (Clemen 1989). */
export function combination(name: string, members: readonly Forecaster[]): Forecaster {
  return {
    name,
    forecast(history, horizon) {
      const forecasts = members.map((member) => member.forecast(history, horizon));
      return Float64Array.from({ length: horizon }, (_, h) => mean(forecasts.map((forecast) => forecast[h])));
    },
  };
}

/** The geometric mean of forecasts of units made in logs, [n] each: there errors are shares, and a share too high is not cancelled by one too low in units. */
export const geometricMean = (forecasts: readonly Float64Array[]): Float64Array =>
  forecasts[0].map((_, i) => Math.exp(mean(forecasts.map((values) => Math.log(values[i])))));
