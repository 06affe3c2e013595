import { mean } from '../numeric/statistics.ts';
import { fitEts } from './ets.ts';
import type { Forecaster } from './forecaster.ts';
import { seasonalIndices } from './seasonal-indices.ts';

const FLAT = [{ error: 'additive', trend: 'none', seasonality: 'none', season: 1 }] as const;

/** Theta (Assimakopoulos & Nikolopoulos 2000), in the form of Hyndman & Billah 2003: simple smoothing with half the slope of the line, seasonally adjusted where a season shows. */
export function theta(season: number): Forecaster {
  return {
    name: 'theta',
    forecast(history, horizon) {
      const multiplicative = history.every((value) => value > 0);
      const indices = isSeasonal(history, season) ? seasonalIndices(history, season, multiplicative) : null;
      const adjusted = indices
        ? history.map((value, t) => (multiplicative ? value / indices[t % season] : value - indices[t % season]))
        : history;
      const { parameters, state } = fitEts(adjusted, { season: 1, shapes: FLAT });
      const [slope, { alpha }, n] = [slopeOf(adjusted), parameters, adjusted.length];
      return Float64Array.from({ length: horizon }, (_, h) => {
        const value = state.level + (slope / 2) * (h + (1 - (1 - alpha) ** n) / alpha);
        if (!indices) return value;
        const index = indices[(n + h) % season];
        return multiplicative ? value * index : value + index;
      });
    },
  };
}

function slopeOf(values: Float64Array): number {
  const [middle, centre] = [(values.length - 1) / 2, mean(values)];
  let [xx, xy] = [0, 0];
  values.forEach((value, t) => {
    xx += (t - middle) ** 2;
    xy += (t - middle) * (value - centre);
  });
  return xx > 0 ? xy / xx : 0;
}

/** Whether the autocorrelation at one season is beyond chance at the 90% level, given those at shorter lags (as in the M3 and M4 benchmarks). */
function isSeasonal(history: Float64Array, season: number): boolean {
  if (season < 2 || history.length < 3 * season) return false;
  const centre = mean(history);
  const deviations = history.map((value) => value - centre);
  const variance = deviations.reduce((sum, value) => sum + value * value, 0);
  if (variance === 0) return false;
  const correlation = (lag: number) =>
    deviations.reduce((sum, value, t) => (t < lag ? sum : sum + value * deviations[t - lag]), 0) / variance;
  let squares = 0;
  for (let lag = 1; lag < season; lag++) squares += correlation(lag) ** 2;
  return Math.abs(correlation(season)) > 1.645 * Math.sqrt((1 + 2 * squares) / history.length);
}
