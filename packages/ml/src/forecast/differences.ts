import { mean } from '../numeric/statistics.ts';
import { seasonalStrength, stl } from './stl.ts';

/** Differences over `lag` steps, `times` times. */
export function difference(values: Float64Array, lag: number, times: number): Float64Array {
  for (let round = 0; round < times; round++) {
    const shorter = new Float64Array(Math.max(0, values.length - lag));
    for (let t = 0; t < shorter.length; t++) shorter[t] = values[t + lag] - values[t];
    values = shorter;
  }
  return values;
}

/** Continues a series whose differences ((1 − B)^d (1 − B^m)^D) are forecast. `history`: undifferenced; `forecast`: of the differences. */
export function integrate(history: Float64Array, forecast: Float64Array, d: number, seasonalD: number, season: number): Float64Array {
  let polynomial: Float64Array = Float64Array.of(1);
  for (let round = 0; round < d; round++) polynomial = timesDifference(polynomial, 1);
  for (let round = 0; round < seasonalD; round++) polynomial = timesDifference(polynomial, season);
  const whole = new Float64Array(history.length + forecast.length);
  whole.set(history);
  for (let h = 0; h < forecast.length; h++) {
    let value = forecast[h];
    for (let lag = 1; lag < polynomial.length; lag++) value -= polynomial[lag] * whole[history.length + h - lag];
    whole[history.length + h] = value;
  }
  return whole.slice(history.length);
}

function timesDifference(polynomial: Float64Array, lag: number): Float64Array {
  const product = new Float64Array(polynomial.length + lag);
  product.set(polynomial);
  polynomial.forEach((value, i) => {
    product[i + lag] -= value;
  });
  return product;
}

/**
 * Statistic of the test for a constant level (Kwiatkowski, Phillips, Schmidt & Shin 1992) with Bartlett weights up to `lags`;
 * above 0.463 a level is refused at 5%.
 */
export function kpssStatistic(values: Float64Array, lags = Math.trunc((3 * Math.sqrt(values.length)) / 13)): number {
  const n = values.length;
  const centre = mean(values);
  const deviations = values.map((value) => value - centre);
  let [running, squares] = [0, 0];
  for (const deviation of deviations) {
    running += deviation;
    squares += running * running;
  }
  let spread = 0;
  for (let lag = 0; lag <= lags; lag++) {
    let product = 0;
    for (let t = lag; t < n; t++) product += deviations[t] * deviations[t - lag];
    spread += (lag === 0 ? 1 : 2 * (1 - lag / (lags + 1))) * product;
  }
  return spread > 0 ? squares / n / spread : 0;
}

const KPSS_LIMIT = 0.463;
const STRONG_SEASON = 0.64; // Where seasonal differences forecast M3 better than none (Hyndman & Athanasopoulos 2021, §9.1).
const isConstant = (values: Float64Array) => values.every((value) => Math.abs(value - values[0]) < 1e-10);

/** Differences that make a series level: one seasonal one where the season is strong, then plain ones by repeated KPSS tests (Hyndman & Khandakar 2008). */
export function chooseDifferences(history: Float64Array, season: number): { d: number; seasonalD: number } {
  const isSeasonal = season > 1 && history.length >= 2 * season + 2 && !isConstant(history);
  let seasonalD = isSeasonal && seasonalStrength(stl(history, { season })) > STRONG_SEASON ? 1 : 0;
  if (isConstant(difference(history, season, seasonalD))) seasonalD = 0;
  let values = difference(history, season, seasonalD);
  let d = 0;
  while (d < 2 && values.length > 8 && !isConstant(values) && kpssStatistic(values) > KPSS_LIMIT) {
    values = difference(values, 1, 1);
    d++;
  }
  return { d, seasonalD };
}
