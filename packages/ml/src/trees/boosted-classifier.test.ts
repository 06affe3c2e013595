import { expect, test } from 'vitest';
import { createRandom } from '../random/random.ts';
import { predictBoostedClassifier, trainBoostedClassifier } from './boosted-classifier.ts';

/** Buys when exactly one of two signs is positive: no straight line tells. */
function crossed(rows: number) {
  const random = createRandom('crossed');
  const features = Float32Array.from({ length: rows * 3 }, () => random.normal());
  const labels = Array.from({ length: rows }, (_, row) =>
    random.bernoulli(features[row * 3] * features[row * 3 + 1] > 0 ? 0.8 : 0.1) ? 1 : 0,
  );
  return { features, columns: 3, labels };
}

test('a crossed sign is learned, calibrated, and judged on rows of its own', () => {
  const rows = crossed(6_000);
  const { model, quality } = trainBoostedClassifier(rows, { seed: 1 });
  expect(quality.rows).toBe(900);
  expect(quality.areaUnderRoc).toBeGreaterThan(0.8);
  expect(quality.logLoss).toBeLessThan(0.85 * quality.baseRateLogLoss);
  expect(quality.calibrationError).toBeLessThan(0.05);
  const [same, different] = predictBoostedClassifier(model, Float32Array.of(1, 1, 0, 1, -1, 0));
  expect(same).toBeGreaterThan(0.65);
  expect(different).toBeLessThan(0.25);
  expect(trainBoostedClassifier(rows, { seed: 1 }).model).toEqual(model);
});

test('the last rows judge when rows are in order of time; few rows are refused', () => {
  const rows = crossed(400);
  const turned = { ...rows, labels: rows.labels.map((label, row) => (row >= 340 ? 1 - label : label)) };
  expect(trainBoostedClassifier(turned, { seed: 1, heldBack: 'last' }).quality.areaUnderRoc).toBeLessThan(0.5);
  expect(() => trainBoostedClassifier(crossed(19), { seed: 1 })).toThrow(RangeError);
});
