import { openTensorflow } from '@promolift/tensorflow';
import { beforeAll, expect, test } from 'vitest';
import { createRandom } from '../random/random.ts';
import { sigmoid } from './calibration.ts';
import { type LabelledRows, predictLogistic, trainLogisticRegression } from './logistic-regression.ts';
import type { Tf } from './tensors.ts';

let tf: Tf;
beforeAll(async () => {
  ({ tf } = await openTensorflow());
});

const TRUTH = { weights: [1.2, -0.8, 0], intercept: -1.5 };
/** Features on very different scales; standardised, their weights are TRUTH. */
function shop(count: number, seed = 1): LabelledRows & { probabilities: number[] } {
  const random = createRandom(seed);
  const features = new Float32Array(count * 4);
  const probabilities = Array.from({ length: count }, (_, row) => {
    const z = [random.normal(), random.normal(), random.normal()];
    features.set([100 + 50 * z[0], 0.01 * z[1], z[2], 7], row * 4);
    return sigmoid(TRUTH.intercept + z.reduce((sum, value, j) => sum + value * TRUTH.weights[j], 0));
  });
  return { features, columns: 4, probabilities, labels: probabilities.map((p) => (random.bernoulli(p) ? 1 : 0)) };
}

test('finds the weights that made the data, and a constant column does no harm', async () => {
  const { model } = await trainLogisticRegression(tf, shop(20_000), { seed: 1, l2: 0 });
  TRUTH.weights.forEach((weight, j) => {
    expect(Math.abs(model.weights[j] - weight)).toBeLessThan(0.08);
  });
  expect(Math.abs(model.intercept - TRUTH.intercept)).toBeLessThan(0.1);
  expect(model.means[3]).toBeCloseTo(7, 3);
});

test.each(['platt', 'isotonic'] as const)('beats the base rate on unseen rows and is calibrated (%s)', async (calibration) => {
  const { model, quality, curve } = await trainLogisticRegression(tf, shop(20_000), { seed: 2, calibration, heldBack: 'last' });
  expect(quality.rows).toBe(3_000);
  expect(quality.logLoss).toBeLessThan(0.9 * quality.baseRateLogLoss);
  expect(quality.areaUnderRoc).toBeGreaterThan(0.78);
  expect(quality.calibrationError).toBeLessThan(0.035);
  expect(curve.at(-1)).toBeLessThan(curve[0]);
  const fresh = shop(2_000, 9);
  const predicted = predictLogistic(model, fresh.features);
  const error = predicted.reduce((sum, p, row) => sum + Math.abs(p - fresh.probabilities[row]), 0) / 2_000;
  expect(error).toBeLessThan(0.03);
});

test('labels without any pattern give the base rate and chance', async () => {
  const random = createRandom(4);
  const { features, columns } = shop(6_000);
  const labels = Array.from({ length: 6_000 }, () => (random.bernoulli(0.2) ? 1 : 0));
  const { quality } = await trainLogisticRegression(tf, { features, columns, labels }, { seed: 3 });
  expect(Math.abs(quality.areaUnderRoc - 0.5)).toBeLessThan(0.06);
  expect(Math.abs(quality.logLoss - quality.baseRateLogLoss)).toBeLessThan(0.02);
});

test('a strong penalty shrinks the weights', async () => {
  const loose = await trainLogisticRegression(tf, shop(4_000), { seed: 1, l2: 0 });
  const tight = await trainLogisticRegression(tf, shop(4_000), { seed: 1, l2: 1 });
  expect(Math.abs(tight.model.weights[0])).toBeLessThan(0.4 * Math.abs(loose.model.weights[0]));
});

test('same seed, same bytes; another seed, others; JSON keeps the forecasts; no tensor stays behind', async () => {
  const rows = shop(2_000);
  const before = tf.memory().numTensors;
  const train = (seed: number) => trainLogisticRegression(tf, rows, { seed, epochs: 2 });
  const [first, again, other] = [await train(1), await train(1), await train(2)];
  expect(JSON.stringify(again)).toBe(JSON.stringify(first));
  expect(JSON.stringify(other)).not.toBe(JSON.stringify(first));
  expect(predictLogistic(JSON.parse(JSON.stringify(first.model)), rows.features)).toEqual(predictLogistic(first.model, rows.features));
  expect(tf.memory().numTensors).toBe(before);
});

test('rows that do not fit or are too few are refused; a request to stop is heard', async () => {
  await expect(trainLogisticRegression(tf, shop(19), { seed: 1 })).rejects.toThrow('19 rows are too few');
  await expect(trainLogisticRegression(tf, { ...shop(30), columns: 3 }, { seed: 1 })).rejects.toThrow(RangeError);
  const { curve } = await trainLogisticRegression(tf, shop(100), { seed: 1, shouldStop: () => true });
  expect(curve).toEqual([]);
  expect(() =>
    predictLogistic(
      {
        means: [0, 0],
        deviations: [1, 1],
        weights: [1, 1],
        intercept: 0,
        baseRate: 0.5,
        calibration: { kind: 'platt', slope: 1, intercept: 0 },
      },
      new Float32Array(3),
    ),
  ).toThrow(RangeError);
});
