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
