import { expect, test } from 'vitest';
import { createRandom } from '../random/random.ts';
import { invertPositiveDefinite } from './invert-positive-definite.ts';

test.each([1, 2, 95, 96, 97, 200, 500])('a matrix times its inverse is the identity, n = %i', (n) => {
  const random = createRandom(n);
  const root = Float64Array.from({ length: n * n }, () => random.normal());
  const matrix = new Float32Array(n * n);
  for (let i = 0; i < n; i++)
    for (let j = 0; j < n; j++) {
      let sum = i === j ? n : 0;
      for (let k = 0; k < n; k++) sum += root[i * n + k] * root[j * n + k];
      matrix[i * n + j] = sum;
    }
  const inverse = matrix.slice();
  expect(invertPositiveDefinite(inverse, n)).toBe(true);
  for (let i = 0; i < n; i++)
    for (let j = 0; j < n; j++) {
      let sum = 0;
      for (let k = 0; k < n; k++) sum += matrix[i * n + k] * inverse[k * n + j];
      expect(Math.abs(sum - Number(i === j))).toBeLessThan(1e-4);
    }
});

test('a matrix that is not positive definite is refused', () => {
  expect(invertPositiveDefinite(Float32Array.of(1, 2, 2, 1), 2)).toBe(false);
  expect(invertPositiveDefinite(Float32Array.of(Number.NaN), 1)).toBe(false);
  expect(invertPositiveDefinite(new Float32Array(), 0)).toBe(true);
});
