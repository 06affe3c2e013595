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

/** For series with many zeros: demand rate by Teunter, Syntetos & Babai 2011 (TSB), probability and size smoothed apart. */
export function intermittent(sizeSmoothing = 0.1, probabilitySmoothing = 0.1): Forecaster {
  return {
    name: 'tsb',
    forecast(history, horizon) {
      atLeastOne(history);
      const sales = history.filter((value) => value > 0);
      if (sales.length === 0) return repeat(0, horizon);
      let size = mean(sales);
      let probability = sales.length / history.length;
      for (const value of history) {
        probability += probabilitySmoothing * ((value > 0 ? 1 : 0) - probability);
        if (value > 0) size += sizeSmoothing * (value - size);
      }
      return repeat(size * probability, horizon);
    },
  };
}
