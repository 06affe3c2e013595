import { expect, test } from 'vitest';
import { createRandom } from '../random/random.ts';
import { lime } from './lime.ts';
import { type Predict, permutationImportance } from './permutation-importance.ts';

const random = createRandom('explain');
const background = { features: Float32Array.from({ length: 400 * 3 }, () => random.normal()), columns: 3 };
/** 2a − b; c is not used. */
const predict: Predict = ({ features }) =>
  Float64Array.from({ length: features.length / 3 }, (_, row) => 2 * features[row * 3] - features[row * 3 + 1]);
const meanSquare = (targets: ArrayLike<number>, predictions: ArrayLike<number>) => {
  let sum = 0;
  for (let i = 0; i < targets.length; i++) sum += (targets[i] - predictions[i]) ** 2 / targets.length;
  return sum;
};
const columnOf = (column: number) => background.features.filter((_, at) => at % 3 === column);
const average = (values: Float32Array) => values.reduce((sum, value) => sum + value, 0) / values.length;

test('LIME finds weight × distance from the usual of a linear model, and says how well it fits', () => {
  const row = Float32Array.of(1.5, -2, 3);
  const { contributions, usual, fidelity } = lime(predict, row, background, { seed: 1, samples: 20_000 });
  const means = [0, 1, 2].map((column) => average(columnOf(column)));
  expect(Math.abs(contributions[0] - 2 * (1.5 - means[0]))).toBeLessThan(0.15);
  expect(Math.abs(contributions[1] - (2 + means[1]))).toBeLessThan(0.15);
  expect(Math.abs(contributions[2])).toBeLessThan(0.15);
  expect(Math.abs(usual - (2 * means[0] - means[1]))).toBeLessThan(0.15);
  expect(fidelity).toBeGreaterThan(0.5);
  expect(lime(predict, row, background, { seed: 1, samples: 20_000 }).contributions).toEqual(contributions);
  expect(() => lime(predict, row, { features: new Float32Array(0), columns: 3 }, { seed: 1 })).toThrow(RangeError);
});

test('LIME says when there is nothing to explain', () => {
  const flat = lime(({ features }) => new Float64Array(features.length / 3).fill(4), Float32Array.of(1, 2, 3), background, { seed: 2 });
  expect([...flat.contributions]).toEqual([0, 0, 0]);
  expect(flat.usual).toBe(4);
});

test('shuffling a column costs twice its variance times its weight squared, an unused one nothing', () => {
  const rows = { ...background, targets: predict(background) };
  const { mean, deviation } = permutationImportance(predict, rows, { seed: 1, repeats: 20, loss: meanSquare });
  const variance = (column: number) => meanSquare(columnOf(column), new Float64Array(400).fill(average(columnOf(column))));
  expect(Math.abs(mean[0] / (8 * variance(0)) - 1)).toBeLessThan(0.1);
  expect(Math.abs(mean[1] / (2 * variance(1)) - 1)).toBeLessThan(0.1);
  expect(mean[2]).toBe(0);
  expect(deviation[2]).toBe(0);
});
