import { mean } from '../numeric/statistics.ts';
import type { Forecaster } from './forecaster.ts';

const repeat = (value: number, horizon: number) => new Float64Array(horizon).fill(value);
const atLeastOne = (history: Float64Array) => {
  if (history.length === 0) throw new RangeError('a forecast needs at least one value of history');
};

/** The value one season ago; with less than a season of history, the last value. */
export function seasonalNaive(season: number): Forecaster {
  return {
    name: 'seasonal-naive',
    forecast(history, horizon) {
      atLeastOne(history);
      if (history.length < season) return repeat(history[history.length - 1], horizon);
      return Float64Array.from({ length: horizon }, (_, h) => history[history.length - season + (h % season)]);
    },
  };
}

/** The mean of the last `window` values. */
export function movingAverage(window: number): Forecaster {
  return {
    name: 'moving-average',
    forecast(history, horizon) {
      atLeastOne(history);
      return repeat(mean(history.subarray(Math.max(0, history.length - window))), horizon);
    },
  };
}
