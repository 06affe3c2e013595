import { openTensorflow } from '@promolift/tensorflow';
import { beforeAll, expect, test } from 'vitest';
import { createRandom } from '../random/random.ts';
import { forecastWithLstm, trainLstmForecaster } from './lstm-forecaster.ts';
import type { LstmTools } from './lstm-network.ts';
import type { LstmSeries } from './lstm-windows.ts';

let tools: LstmTools;
beforeAll(async () => {
  tools = await openTensorflow();
});

const HORIZON = 7;
const STEPS = 240;
/** Weekly pattern shared in kind but not in size, and promotions that double demand. The last HORIZON steps are the future. */
function shop(products: number): (LstmSeries & { truth: number[] })[] {
  const random = createRandom('lstm shop');
  return Array.from({ length: products }, () => {
    const base = 2 + random.gamma(2, 10);
    const promoted = Array.from({ length: STEPS }, (_, t) => (random.bernoulli(0.1) || t === STEPS - 3 ? 1 : 0));
    const truth = promoted.map((flag, t) => base * (1 + 0.5 * Math.sin((2 * Math.PI * t) / 7)) * (1 + flag));
    return { units: Float32Array.from(truth, (mean) => random.poisson(mean)).subarray(0, STEPS - HORIZON), covariates: [promoted], truth };
  });
}
const small = { horizon: HORIZON, seed: 1, units: 16, epochs: 6, windowsPerEpoch: 3_000, batchSize: 128, learningRate: 0.01 };

test('beats the last week and the moving mean where there are weeks and promotions, and knows a planned promotion', async () => {
  const series = shop(30);
  const { model, curve, baselineLoss, validationLoss } = await trainLstmForecaster(tools, series, small);
  expect(validationLoss).toBeLessThan(0.4 * baselineLoss);
  expect(curve[curve.length - 1].trainingLoss).toBeLessThan(curve[0].trainingLoss);
  const forecasts = forecastWithLstm(tools, model, series);
  const last = STEPS - HORIZON;
  const errorOf = (forecast: (one: number, h: number) => number) =>
    series.reduce(
      (sum, { truth }, one) => sum + truth.slice(last).reduce((inner, mean, h) => inner + Math.abs(forecast(one, h) - mean) / truth[0], 0),
      0,
    );
  const ours = errorOf((one, h) => forecasts[one][h]);
  expect(ours).toBeLessThan(0.5 * errorOf((one, h) => series[one].units[last - HORIZON + h]));
  expect(ours).toBeLessThan(0.5 * errorOf((one) => (series[one].units instanceof Float32Array ? mean(series[one].units.slice(-28)) : 0)));
  const without = forecastWithLstm(
    tools,
    model,
    series.map((one) => ({ ...one, covariates: [new Float32Array(STEPS)] })),
  );
  const lift = forecasts.reduce((sum, forecast, one) => sum + forecast[4] / without[one][4], 0) / series.length;
  expect(lift).toBeGreaterThan(1.4);
});

test('same seed, same bytes; another seed, others; no tensor stays behind', async () => {
  const series = shop(4);
  const before = tools.tf.memory().numTensors;
  const train = async (seed: number) =>
    forecastWithLstm(tools, (await trainLstmForecaster(tools, series, { ...small, epochs: 2, windowsPerEpoch: 256, seed })).model, series);
  const [first, again, other] = [await train(1), await train(1), await train(2)];
  expect(again).toEqual(first);
  expect(other).not.toEqual(first);
  expect(tools.tf.memory().numTensors).toBe(before);
});

test('a forecast reads no units after its origin', async () => {
  const series = shop(3);
  const { model } = await trainLstmForecaster(tools, series, { ...small, epochs: 1, windowsPerEpoch: 128 });
  const spoilt = series.map((one) => ({ ...one, units: Float32Array.from(one.units).fill(1e6, 100) }));
  expect(forecastWithLstm(tools, model, spoilt, 100)).toEqual(forecastWithLstm(tools, model, series, 100));
});

test('progress is told every epoch, and a request to stop ends training with a usable model', async () => {
  const series = shop(3);
  const seen: number[] = [];
  const short = { ...small, epochs: 3, windowsPerEpoch: 128, onProgress: ({ epoch }: { epoch: number }) => void seen.push(epoch) };
  expect((await trainLstmForecaster(tools, series, { ...short, patience: 9 })).endedBy).toBe('epochs');
  expect(seen).toEqual([1, 2, 3]);
  const stopped = await trainLstmForecaster(tools, series, { ...short, shouldStop: () => true });
  expect([stopped.endedBy, stopped.curve, stopped.validationLoss]).toEqual(['request', [], stopped.baselineLoss]);
  const [forecast] = forecastWithLstm(tools, stopped.model, series);
  expect(forecast.every((value) => value >= 0 && Number.isFinite(value))).toBe(true);
});

test('a product that never sold is forecast near nothing', async () => {
  const series = [...shop(6), { units: new Float32Array(STEPS - HORIZON), covariates: [new Float32Array(STEPS)] }];
  const { model } = await trainLstmForecaster(tools, series, { ...small, epochs: 2, windowsPerEpoch: 1_000 });
  expect(Math.max(...forecastWithLstm(tools, model, series)[6])).toBeLessThan(0.1);
});

test('histories too short, of different lengths or without planned covariates are refused', async () => {
  const one = (steps: number, known = steps + HORIZON): LstmSeries => ({
    units: new Float32Array(steps).fill(1),
    covariates: [new Float32Array(known)],
  });
  const train = (series: LstmSeries[]) => trainLstmForecaster(tools, series, { ...small, epochs: 1 });
  await expect(train([])).rejects.toThrow('no series');
  await expect(train([one(41)])).rejects.toThrow('41 steps are too few');
  await expect(train([one(60), one(61)])).rejects.toThrow('same number of steps');
  const { model } = await train([one(42)]);
  expect(() => forecastWithLstm(tools, model, [one(27)])).toThrow('27 steps are too few');
  expect(() => forecastWithLstm(tools, model, [one(42, 48)])).toThrow('to the end of the horizon');
});

const mean = (values: Float32Array) => values.reduce((sum, value) => sum + value, 0) / values.length;
