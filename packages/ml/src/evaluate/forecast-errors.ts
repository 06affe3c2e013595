import { mean } from '../numeric/statistics.ts';

const meanOf = (actual: ArrayLike<number>, loss: (index: number) => number) => {
  let sum = 0;
  for (let i = 0; i < actual.length; i++) sum += loss(i);
  return sum / actual.length;
};

/** Mean squared error. `actual`, `forecast`: [n]. */
export const meanSquaredError = (actual: ArrayLike<number>, forecast: ArrayLike<number>) =>
  meanOf(actual, (i) => (actual[i] - forecast[i]) ** 2);

/** Mean absolute error. */
export const meanAbsoluteError = (actual: ArrayLike<number>, forecast: ArrayLike<number>) =>
  meanOf(actual, (i) => Math.abs(actual[i] - forecast[i]));

/** Symmetric MAPE in percent, 200 |a − f| / (|a| + |f|) (Makridakis & Hibon 2000); a pair of zeros counts 0. */
export const symmetricMape = (actual: ArrayLike<number>, forecast: ArrayLike<number>) =>
  meanOf(actual, (i) => {
    const size = Math.abs(actual[i]) + Math.abs(forecast[i]);
    return size === 0 ? 0 : (200 * Math.abs(actual[i] - forecast[i])) / size;
  });

/** Mean absolute in-sample error of the seasonal naive forecast: the scale of MASE. Falls back to season 1 when the history is no longer than a season. */
export function seasonalNaiveScale(history: ArrayLike<number>, season: number): number {
  const lag = history.length > season ? season : 1;
  const errors: number[] = [];
  for (let t = lag; t < history.length; t++) errors.push(Math.abs(history[t] - history[t - lag]));
  return mean(errors);
}

/** Mean absolute scaled error (Hyndman & Koehler 2006). NaN when the history never changes from season to season. */
export function meanAbsoluteScaledError(
  actual: ArrayLike<number>,
  forecast: ArrayLike<number>,
  history: ArrayLike<number>,
  season: number,
): number {
  const scale = seasonalNaiveScale(history, season);
  return scale > 0 ? meanAbsoluteError(actual, forecast) / scale : Number.NaN;
}

/** Quantile (pinball) loss of forecasts of the `probability` quantile. */
export const pinballLoss = (actual: ArrayLike<number>, forecast: ArrayLike<number>, probability: number) =>
  meanOf(actual, (i) => Math.max(probability * (actual[i] - forecast[i]), (probability - 1) * (actual[i] - forecast[i])));

/** Share of actual values inside [lower, upper]. */
export const intervalCoverage = (actual: ArrayLike<number>, lower: ArrayLike<number>, upper: ArrayLike<number>) =>
  meanOf(actual, (i) => (actual[i] >= lower[i] && actual[i] <= upper[i] ? 1 : 0));

/** Mean absolute percentage error in percent; periods with nothing sold have none and are left out. */
export function meanAbsolutePercentageError(actual: ArrayLike<number>, forecast: ArrayLike<number>): number {
  let [sum, count] = [0, 0];
  for (let i = 0; i < actual.length; i++)
    if (actual[i] !== 0) {
      sum += Math.abs((actual[i] - forecast[i]) / actual[i]);
      count++;
    }
  return (100 * sum) / count;
}

/** Weighted quantile loss, the mean over quantiles of 2 Σ pinball ÷ Σ |actual| (GluonTS). `forecasts`: [quantiles][n]. */
export function weightedQuantileLoss(
  actual: ArrayLike<number>,
  forecasts: readonly ArrayLike<number>[],
  probabilities: readonly number[],
): number {
  const size = meanOf(actual, (i) => Math.abs(actual[i]));
  return mean(probabilities.map((probability, q) => (2 * pinballLoss(actual, forecasts[q], probability)) / size));
}
