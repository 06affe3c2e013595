import { expect, test } from 'vitest';
import { meanSquaredError, weightedQuantileLoss } from '../evaluate/forecast-errors.ts';
import { mean } from '../numeric/statistics.ts';
import { createRandom } from '../random/random.ts';
import { dataTest, readRows } from '../test-data.ts';
import { croston, intermittent, sba } from './intermittent.ts';
import { forecastPooledDemand, trainPooledDemand } from './pooled-demand.ts';

test('rates by hand', () => {
  // Sizes 4, 2; intervals 2, 3: size 4 + ½(2 − 4) = 3, interval 2 + ½(3 − 2) = 2.5.
  const history = Float64Array.of(0, 4, 0, 0, 2, 0);
  expect([...croston(0.5).forecast(history, 2)]).toEqual([1.2, 1.2]);
  expect(sba(0.5).forecast(history, 1)[0]).toBeCloseTo(0.9, 12);
  expect(intermittent(0.5, 0.5).forecast(Float64Array.of(0, 4), 1)[0]).toBeCloseTo(4 * 0.625, 12);
  for (const forecaster of [croston(), sba(), intermittent()]) {
    expect([...forecaster.forecast(new Float64Array(9), 1)]).toEqual([0]);
    expect(() => forecaster.forecast(new Float64Array(0), 1)).toThrow(RangeError);
  }
});

test('SBA takes out most of the bias of Croston on demand of a constant rate', () => {
  const rates = Array.from({ length: 300 }, (_, run) => {
    const random = createRandom(`rate-${run}`);
    const history = Float64Array.from({ length: 400 }, () => (random.bernoulli(0.25) ? 1 + random.poisson(1) : 0));
    return [croston(0.3), sba(0.3)].map((forecaster) => forecaster.forecast(history, 1)[0]);
  });
  const [plain, corrected] = [0, 1].map((at) => mean(rates.map((pair) => pair[at])) - 0.5);
  expect(plain).toBeGreaterThan(0.04);
  expect(Math.abs(corrected)).toBeLessThan(0.03);
});

test('only TSB falls while nothing sells', () => {
  const sold = Float64Array.of(3, 0, 3, 0, 3);
  const quiet = Float64Array.from([...sold, ...new Float64Array(20)]);
  expect(intermittent().forecast(quiet, 1)[0]).toBeLessThan(0.3 * intermittent().forecast(sold, 1)[0]);
  expect(croston().forecast(quiet, 1)[0]).toBe(croston().forecast(sold, 1)[0]);
});

test('pooled outcomes are those of series of like demand, and too short histories are refused', () => {
  const slow = Array.from({ length: 20 }, () => new Float64Array(24).fill(1));
  const fast = Array.from({ length: 20 }, () => new Float64Array(24).fill(9));
  const model = trainPooledDemand([...slow, ...fast], { horizon: 6, groups: 4 });
  expect(forecastPooledDemand(model, slow[0], [0.1, 0.9])).toEqual({ mean: 1, quantiles: Float64Array.of(1, 1) });
  expect(forecastPooledDemand(model, fast[0], [0.5]).mean).toBe(9);
  expect(() => trainPooledDemand([new Float64Array(5)], { horizon: 6 })).toThrow(RangeError);
});

dataTest('carparts-hospital/carparts.csv.gz', 'car parts: pooled demand is sharper than all zeros and hardly biased', () => {
  const rows = readRows('carparts-hospital/carparts.csv.gz');
  const parts = rows[0].slice(1).flatMap((_, at) => {
    const cells = rows.map((row) => row[at + 1]);
    return cells.some((cell) => cell === '' || cell === 'NA') ? [] : [Float64Array.from(cells, Number)];
  });
  expect(parts).toHaveLength(2_509);
  const deciles = Array.from({ length: 9 }, (_, i) => (i + 1) / 10);
  const [past, actual] = [parts.map((part) => part.subarray(0, 39)), parts.map((part) => part.subarray(39))];
  const model = trainPooledDemand(past, { horizon: 12 });
  const forecasts = past.map((history) => forecastPooledDemand(model, history, deciles));
  const rmse = Math.sqrt(mean(forecasts.map((forecast, i) => meanSquaredError(actual[i], new Float64Array(12).fill(forecast.mean)))));
  const bias = mean(forecasts.map((forecast, i) => forecast.mean - mean(actual[i])));
  const every = Float64Array.from(actual.flatMap((values) => [...values]));
  const quantiles = deciles.map((_, q) =>
    Float64Array.from(forecasts.flatMap((forecast) => Array<number>(12).fill(forecast.quantiles[q]))),
  );
  expect(rmse).toBeLessThan(1.1);
  expect(Math.abs(bias)).toBeLessThan(0.06);
  expect(weightedQuantileLoss(every, quantiles, deciles)).toBeLessThan(0.89);
});
