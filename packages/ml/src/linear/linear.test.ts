import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fitPlatt } from '../neural/calibration.ts';
import { minimiseLbfgs } from '../numeric/lbfgs.ts';
import { createRandom } from '../random/random.ts';
import { fitIsotonicRegression, interpolate, poolAdjacentViolators } from './isotonic.ts';
import { chooseByLasso, trainLasso } from './lasso.ts';
import { type LinearModel, predictLinear } from './linear-model.ts';
import { trainLogisticLbfgs } from './logistic.ts';
import { trainRidge } from './ridge.ts';

interface Coefficients {
  weights: number[];
  intercept: number;
}
interface Peer {
  features: number[][];
  targets: number[];
  sampleWeights: number[];
  labels: number[];
  linear: Coefficients;
  ridge: Coefficients;
  lasso: Coefficients;
  elasticNet: Coefficients;
  logistic: Coefficients;
  isotonic: { at: number[]; values: number[] };
  platt: { slope: number; intercept: number };
}

/** Answers of scikit-learn 1.2.1 for 40 rows. */
const peer: Peer = JSON.parse(readFileSync(new URL('fixtures/scikit-learn.json', import.meta.url), 'utf8'));
const rows = { features: Float32Array.from(peer.features.flat()), columns: 4, targets: peer.targets };
const labelled = { ...rows, targets: peer.labels };

function expectSame(model: LinearModel, expected: Coefficients) {
  model.weights.forEach((weight, j) => expect(weight).toBeCloseTo(expected.weights[j], 5));
  expect(Math.abs(model.intercept - expected.intercept)).toBeLessThan(1e-4);
}

test('linear, ridge, LASSO, elastic net and logistic coefficients are those of scikit-learn', () => {
  expectSame(trainRidge({ ...rows, weights: peer.sampleWeights }), peer.linear);
  expectSame(trainRidge(rows, { l2: 3 }), peer.ridge);
  expectSame(trainLasso(rows, { alpha: 0.5 }), peer.lasso);
  expectSame(trainLasso(rows, { alpha: 0.2, l1Share: 0.4 }), peer.elasticNet);
  expectSame(trainLogisticLbfgs(labelled, { l2: 0.01, tolerance: 1e-10 }), peer.logistic);
});

test('isotonic and Platt calibration are those of scikit-learn', () => {
  const scores = peer.features.map(([first]) => first);
  const { xs, ys } = fitIsotonicRegression(Float32Array.from(scores), peer.labels);
  peer.isotonic.at.forEach((x, at) => expect(interpolate(xs, ys, x)).toBeCloseTo(peer.isotonic.values[at], 5));
  const platt = fitPlatt(scores, peer.labels);
  if (platt.kind !== 'platt') throw new Error('Platt calibration is a slope and an intercept');
  expect(platt.slope).toBeCloseTo(peer.platt.slope, 4);
  expect(platt.intercept).toBeCloseTo(peer.platt.intercept, 4);
});

test('a LASSO with a large penalty keeps no column, and the choice finds the columns that matter', () => {
  const random = createRandom('lasso');
  const features = Float32Array.from({ length: 300 * 12 }, () => random.normal());
  const targets = Array.from({ length: 300 }, (_, row) => 3 * features[row * 12 + 2] - 2 * features[row * 12 + 7] + random.normal());
  const wide = { features, columns: 12, targets };
  expect(trainLasso(wide, { alpha: 100 }).weights.every((weight) => weight === 0)).toBe(true);
  const choice = chooseByLasso(wide, { seed: 1 });
  expect(choice.chosen).toEqual(expect.arrayContaining([2, 7]));
  expect(Math.abs(choice.model.weights[2])).toBeGreaterThan(2.5);
  expect(chooseByLasso(wide, { seed: 1 })).toEqual(choice);
  expect(choice.tried[0].error).toBeGreaterThan(Math.min(...choice.tried.map(({ error }) => error)));
});

test('dependent columns need a penalty, missing values and wrong widths are refused', () => {
  const twice = { features: Float32Array.of(1, 2, 2, 4, 3, 6), columns: 2, targets: [1, 2, 3] };
  expect(() => trainRidge(twice)).toThrow(/depend/);
  const shared = trainRidge(twice, { l2: 1e-6 });
  expect(predictLinear(shared, twice)[2]).toBeCloseTo(3, 3);
  expect(() => trainRidge({ ...twice, features: Float32Array.of(1, Number.NaN, 2, 4, 3, 6) }, { l2: 1 })).toThrow(/missing/);
  expect(() => trainLogisticLbfgs({ ...twice, features: Float32Array.of(1, Number.NaN, 2, 4, 3, 6) })).toThrow(/missing/);
  expect(() => trainRidge({ ...twice, targets: [1] })).toThrow(RangeError);
  expect(() => predictLinear(shared, { features: new Float32Array(3), columns: 3 })).toThrow(/2 columns/);
});

test('pooled means never fall, keep the weighted sum, and leave rising values alone', () => {
  const pair = fc.tuple(fc.double({ min: -9, max: 9, noNaN: true }), fc.double({ min: 0.1, max: 5, noNaN: true }));
  fc.assert(
    fc.property(fc.array(pair, { minLength: 1, maxLength: 30 }), (pairs) => {
      const [values, weights] = [pairs.map(([value]) => value), pairs.map(([, weight]) => weight)];
      const { starts, means } = poolAdjacentViolators(values, weights);
      const fitted = values.map((_, at) => means[starts.filter((start) => start <= at).length - 1]);
      expect(fitted.every((value, at) => at === 0 || value >= fitted[at - 1])).toBe(true);
      const total = (list: number[]) => list.reduce((sum, value, at) => sum + weights[at] * value, 0);
      expect(total(fitted)).toBeCloseTo(total(values), 6);
      const rising = [...new Set(values)].sort((a, b) => a - b);
      expect(
        poolAdjacentViolators(
          rising,
          rising.map(() => 1),
        ).means,
      ).toEqual(rising);
    }),
  );
});

test("L-BFGS finds Rosenbrock's valley", () => {
  const rosenbrock = ([x, y]: Float64Array, gradient: Float64Array) => {
    gradient[0] = -2 * (1 - x) - 400 * x * (y - x * x);
    gradient[1] = 200 * (y - x * x);
    return (1 - x) ** 2 + 100 * (y - x * x) ** 2;
  };
  const { point, steps } = minimiseLbfgs(rosenbrock, [-1.2, 1], { tolerance: 1e-9 });
  expect(point[0]).toBeCloseTo(1, 7);
  expect(point[1]).toBeCloseTo(1, 7);
  expect(steps).toBeLessThan(80);
});
