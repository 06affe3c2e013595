import { expect, test } from 'vitest';
import { createRandom } from '../random/random.ts';
import { calibrated, fitIsotonic, fitPlatt, sigmoid } from './calibration.ts';
import { calibrationError, probabilityQuality } from './probability-quality.ts';

test('Platt finds the map that made the labels', () => {
  const random = createRandom(3);
  const scores = Array.from({ length: 20_000 }, () => random.normal(0, 2));
  const labels = scores.map((score) => (random.bernoulli(sigmoid(0.5 * score - 1)) ? 1 : 0));
  const fitted = fitPlatt(scores, labels);
  if (fitted.kind !== 'platt') throw new Error('wrong kind');
  expect(fitted.slope).toBeCloseTo(0.5, 1);
  expect(fitted.intercept).toBeCloseTo(-1, 1);
});

test('Platt on one class alone stays a probability below one', () => {
  const fitted = fitPlatt([1, 1, 1], [1, 1, 1]);
  expect(calibrated(fitted, 1)).toBeCloseTo(4 / 5, 6); // His smoothed target for three of three.
});

test('isotonic pools what falls: worked out by hand', () => {
  const fitted = fitIsotonic([1, 2, 3, 4, 5, 6], [0, 1, 0, 0, 1, 1]);
  // Blocks: {1}: 0 of 1, {2, 3, 4}: 1 of 3, {5}, {6}: 1 of 1 pooled; pure blocks move half a count inwards.
  expect(fitted).toEqual({ kind: 'isotonic', scores: [1, 3, 5.5], probabilities: [0.25, 1 / 3, 2.5 / 3] });
  expect(calibrated(fitted, 2)).toBeCloseTo((0.25 + 1 / 3) / 2, 12);
  expect([calibrated(fitted, -9), calibrated(fitted, 9)]).toEqual([0.25, 2.5 / 3]);
});

test('isotonic never falls', () => {
  const random = createRandom(5);
  const scores = Array.from({ length: 500 }, () => random.integer(60));
  const fitted = fitIsotonic(
    scores,
    scores.map((score) => (random.bernoulli(score / 60) ? 1 : 0)),
  );
  const curve = Array.from({ length: 60 }, (_, score) => calibrated(fitted, score));
  curve.slice(1).forEach((value, i) => {
    expect(value).toBeGreaterThanOrEqual(curve[i]);
  });
  expect(curve[45]).toBeGreaterThan(curve[15] + 0.3);
});

test('calibration error by hand: ten rows, one a bin', () => {
  const labels = [0, 0, 0, 0, 0, 1, 1, 1, 1, 1];
  expect(
    calibrationError(
      labels,
      labels.map((label, i) => (label === 1 ? 0.8 + i / 100 : 0.1 + i / 100)),
    ),
  ).toBeCloseTo((0.6 + (1 - 0.87) * 5) / 10, 12);
  expect(calibrationError(labels, labels)).toBe(0);
});

test('forecasting the base rate is exactly as good as the baseline', () => {
  const quality = probabilityQuality([1, 0, 0, 0], [0.25, 0.25, 0.25, 0.25], 0.25);
  expect(quality.logLoss).toBeCloseTo(quality.baseRateLogLoss, 12);
  expect(quality).toMatchObject({ rows: 4, positives: 1, areaUnderRoc: 0.5 });
});
