import { mean } from '../numeric/statistics.ts';
import type { Forecaster } from './forecaster.ts';

/** Demand of many zeros, as its size when there is some and the wait between. Neither is known before the first sale. */
type Rate = (history: Float64Array) => number;

const flat = (name: string, rate: Rate): Forecaster => ({
  name,
  forecast(history, horizon) {
    if (history.length === 0) throw new RangeError('a forecast needs at least one value of history');
    return new Float64Array(horizon).fill(history.some((value) => value > 0) ? rate(history) : 0);
  },
});

/** Size ÷ interval, both smoothed on days of demand only, from the first one on (Croston 1972, in Willemain et al. 1994's notation). */
function crostonRate(history: Float64Array, smoothing: number): number {
  let [size, interval, wait] = [Number.NaN, Number.NaN, 1];
  for (const value of history) {
    if (value <= 0) {
      wait++;
      continue;
    }
    size = Number.isNaN(size) ? value : size + smoothing * (value - size);
    interval = Number.isNaN(interval) ? wait : interval + smoothing * (wait - interval);
    wait = 1;
  }
  return size / interval;
}

/** Croston 1972. Too high by about `smoothing` ÷ 2, which SBA takes out; never falls while nothing sells. */
export const croston = (smoothing = 0.1): Forecaster => flat('croston', (history) => crostonRate(history, smoothing));

/** Croston's rate × (1 − α/2) (Syntetos & Boylan 2005). */
export const sba = (smoothing = 0.1): Forecaster => flat('sba', (history) => (1 - smoothing / 2) * crostonRate(history, smoothing));

/** Probability of demand smoothed every period, size at each demand (Teunter, Syntetos & Babai 2011, TSB): falls while nothing sells. */
export const intermittent = (sizeSmoothing = 0.1, probabilitySmoothing = 0.1): Forecaster =>
  flat('tsb', (history) => {
    const sales = history.filter((value) => value > 0);
    let size = mean(sales);
    let probability = sales.length / history.length;
    for (const value of history) {
      probability += probabilitySmoothing * ((value > 0 ? 1 : 0) - probability);
      if (value > 0) size += sizeSmoothing * (value - size);
    }
    return size * probability;
  });
