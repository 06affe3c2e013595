import { expect, test } from 'vitest';
import { intervalCoverage, meanAbsoluteScaledError, symmetricMape } from '../evaluate/forecast-errors.ts';
import { mean } from '../numeric/statistics.ts';
import { createRandom } from '../random/random.ts';
import { dataTest, readRows } from '../test-data.ts';
import { sumByGroup } from './aggregate.ts';
import { movingAverage, seasonalNaive } from './baselines.ts';
import { combination } from './combination.ts';
import { ets, fitEts } from './ets.ts';
import { forecastSeries } from './forecast-series.ts';
import { precomputedForecaster } from './forecaster.ts';
import { addPromotionUplift, removePromotionUplift } from './promotion-days.ts';
import { originLengths, scoreForecaster } from './rolling-origin.ts';
import { theta } from './theta.ts';

const WEEK = [10, 12, 14, 16, 20, 30, 24];

/** Weekly demand around a level with noise. */
function weekly(days: number, seed: string, noise = 2, slope = 0) {
  const random = createRandom(seed);
  return Float64Array.from({ length: days }, (_, day) => Math.max(0, WEEK[day % 7] + slope * day + random.normal(0, noise)));
}

test('baselines by hand', () => {
  const history = Float64Array.of(1, 2, 3, 4, 5, 6);
  expect([...seasonalNaive(3).forecast(history, 4)]).toEqual([4, 5, 6, 4]);
  expect([...seasonalNaive(9).forecast(history, 2)]).toEqual([6, 6]);
  expect([...movingAverage(4).forecast(history, 2)]).toEqual([4.5, 4.5]);
  expect(() => seasonalNaive(3).forecast(new Float64Array(0), 1)).toThrow(RangeError);
});

test('ETS finds the weekly shape and beats the seasonal naive forecast', () => {
  const series = weekly(140, 'ets');
  expect(fitEts(series, { season: 7 }).shape.seasonality).not.toBe('none');
  const plan = { season: 7, horizon: 14, origins: 4 };
  const [smooth, naive] = [ets({ season: 7 }), seasonalNaive(7)].map(
    (forecaster) => scoreForecaster(series, forecaster, plan)?.mase ?? Number.NaN,
  );
  expect(smooth).toBeLessThan(naive * 0.85);
});

test('ETS without seasonality settles on a flat line for noise and follows a trend', () => {
  const random = createRandom('flat');
  const flat = Float64Array.from({ length: 80 }, () => 50 + random.normal());
  expect(ets({ season: 1 }).forecast(flat, 5)[4]).toBeCloseTo(50, 0);
  const rising = Float64Array.from({ length: 80 }, (_, t) => 2 * t + random.normal());
  expect(ets({ season: 1 }).forecast(rising, 3)[2]).toBeGreaterThan(160);
});

test('theta carries half of the slope and the season', () => {
  const line = Float64Array.from({ length: 60 }, (_, t) => 10 + 2 * t);
  const flat = theta(1).forecast(line, 3);
  expect(flat[2] - flat[1]).toBeCloseTo(1, 6);
  const seasonal = theta(7).forecast(weekly(140, 'theta', 0.5), 7);
  seasonal.forEach((value, h) => {
    expect(Math.abs(value - WEEK[h])).toBeLessThan(1.5);
  });
});

test('forecasts made elsewhere compete beside the standard set', () => {
  const series = weekly(112, 'extra');
  const plan = { season: 7, horizon: 14, origins: 2 };
  const zeros = new Map([...originLengths(112, plan), 112].map((cut) => [cut, new Float64Array(14)]));
  const got = forecastSeries(series, { ...plan, extraForecasters: [precomputedForecaster('network', zeros)] });
  expect(got.scores.map(({ name }) => name).toSorted()).toEqual(['ets', 'ets-theta', 'moving-average', 'network', 'seasonal-naive', 'tsb']);
  expect(got.scores.at(-1)?.name).toBe('network');
});

test('origins end with the last horizon and never leave too little', () => {
  expect(originLengths(100, { season: 7, horizon: 14, origins: 3 })).toEqual([58, 72, 86]);
  expect(originLengths(35, { season: 7, horizon: 14, origins: 3 })).toEqual([21]);
  expect(originLengths(20, { season: 7, horizon: 14 })).toEqual([]);
});

test('the champion has the lowest error, and forecasts made elsewhere may win', () => {
  const series = weekly(126, 'champion');
  const plan = { season: 7, horizon: 14, origins: 3 };
  const oracle = new Map([...originLengths(112, plan), 112].map((cut) => [cut, series.subarray(cut, cut + 14)]));
  const won = forecastSeries(series.subarray(0, 112), {
    ...plan,
    forecasters: [ets({ season: 7 }), precomputedForecaster('network', oracle)],
  });
  expect(won.champion).toBe('network');
  expect(won.scores.map(({ name }) => name)).toContain('seasonal-naive');
  expect(won.scores[0].mase).toBe(0);
  expect(() => precomputedForecaster('network', oracle).forecast(series, 14)).toThrow(RangeError);
});

test('the ranges cover about what they promise', () => {
  const runs = Array.from({ length: 40 }, (_, run) => {
    const series = weekly(126, `interval-${run}`, 4);
    const got = forecastSeries(series.subarray(0, 112), { season: 7, horizon: 14, origins: 4, forecasters: [movingAverage(28)] });
    const actual = series.subarray(112);
    return [intervalCoverage(actual, got.lower80, got.upper80), intervalCoverage(actual, got.lower95, got.upper95)];
  });
  expect(Math.abs(mean(runs.map(([narrow]) => narrow)) - 0.8)).toBeLessThan(0.06);
  expect(Math.abs(mean(runs.map(([, wide]) => wide)) - 0.95)).toBeLessThan(0.04);
});

test('a series of mostly zeros is judged by squared error, a short one by nothing', () => {
  const random = createRandom('rare');
  const rare = Float64Array.from({ length: 120 }, () => (random.bernoulli(0.2) ? random.poisson(3) : 0));
  const got = forecastSeries(rare, { season: 7, horizon: 14 });
  expect(got.criterion).toBe('rmse');
  expect(Math.min(...got.lower95)).toBe(0);
  expect(forecastSeries(Float64Array.of(2, 4), { season: 7, horizon: 3 })).toMatchObject({
    criterion: 'none',
    mean: Float64Array.of(3, 3, 3),
  });
  expect([...forecastSeries(new Float64Array(0), { season: 7, horizon: 2 }).mean]).toEqual([0, 0]);
});

test('a doubled promotion week is found and taken out', () => {
  const plain = weekly(140, 'promotion', 1);
  const promoted = Float64Array.from({ length: 140 }, (_, day) => (day >= 70 && day < 84 ? 1 : 0));
  const units = plain.map((value, day) => value * (promoted[day] ? 2 : 1));
  const cleaned = removePromotionUplift({ units, promoted, season: 7, priorFactor: 1.5, priorDays: 1 });
  expect(cleaned.factor).toBeCloseTo(2, 0);
  expect(cleaned.promotedDays).toBe(14);
  expect(Math.abs(mean(cleaned.baseline.subarray(70, 84)) / mean(plain.subarray(70, 84)) - 1)).toBeLessThan(0.1);
  expect([...addPromotionUplift([1, 1], [0, 1], 2)]).toEqual([1, 2]);
  expect(removePromotionUplift({ units: [1], promoted: [0], season: 7 }).factor).toBeCloseTo(1.3, 12);
});

test('products add up to categories', () => {
  expect([...sumByGroup([1, 2, 3, 4, 5, 6], 2, [1, -1, 1], 2)]).toEqual([0, 0, 6, 8]);
});

dataTest('m3/m3_series.csv.gz', 'M3 monthly: the published seasonal naive MASE 1.146, then ETS and its mean with theta below it', () => {
  const series = readRows('m3/m3_series.csv.gz')
    .filter((row) => row[1].toLowerCase() === 'monthly')
    .map((row) => ({ train: Float64Array.from(row[9].split(' '), Number), actual: Float64Array.from(row[10].split(' '), Number) }));
  expect(series).toHaveLength(1_428);
  const scores = (subset: typeof series, forecaster: ReturnType<typeof ets>) =>
    subset.map(({ train, actual }) => {
      const forecast = forecaster.forecast(train, 18);
      return [meanAbsoluteScaledError(actual, forecast, train, 12), symmetricMape(actual, forecast)];
    });
  const naive = scores(series, seasonalNaive(12));
  expect(mean(naive.map(([mase]) => mase))).toBeCloseTo(1.1462, 3);
  expect(mean(naive.map(([, smape]) => smape))).toBeCloseTo(17.234, 2);
  const sample = series.filter((_, i) => i % 20 === 0);
  const masesOf = (forecaster: ReturnType<typeof ets>) => mean(scores(sample, forecaster).map(([mase]) => mase));
  const [plain, smooth] = [masesOf(seasonalNaive(12)), masesOf(ets({ season: 12 }))];
  expect(smooth).toBeLessThan(plain * 0.85);
  expect(masesOf(combination('both', [ets({ season: 12 }), theta(12)]))).toBeLessThan(smooth);
});
