import fc from 'fast-check';
import { expect, test } from 'vitest';
import { choleskySolve, symmetricRankUpdate } from './least-squares.ts';

test('a system worked out by hand', () => {
  const x = choleskySolve(Float64Array.of(4, 0, 0, 12, 37, 0, -16, -43, 98), Float64Array.of(-20, -43, 192), 3);
  [1, 2, 3].forEach((value, i) => expect(x[i]).toBeCloseTo(value, 9));
});

test('the solution of the normal equations reproduces the weights that made the data', () => {
  const value = fc.float({ min: -1, max: 1, noNaN: true });
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 9 }), fc.infiniteStream(value), (size, stream) => {
      const next = () => Number(stream.next().value);
      const truth = Float64Array.from({ length: size }, next);
      const vectors = Float64Array.from({ length: 12 * size }, next);
      const weights = Float64Array.from({ length: 12 }, () => 0.5 + Math.abs(next()));
      const matrix = new Float64Array(size * size);
      for (let i = 0; i < size; i++) matrix[i * size + i] = 1;
      symmetricRankUpdate(matrix, size, vectors, weights);
      const right = Float64Array.from({ length: size }, (_, i) => {
        let sum = 0;
        for (let j = 0; j < size; j++) sum += matrix[Math.max(i, j) * size + Math.min(i, j)] * truth[j];
        return sum;
      });
      const solved = choleskySolve(matrix, right, size);
      for (let i = 0; i < size; i++) expect(Math.abs(solved[i] - truth[i])).toBeLessThan(1e-8);
    }),
    { numRuns: 50 },
  );
});

test('chosen rows only', () => {
  const target = new Float64Array(4);
  symmetricRankUpdate(target, 2, Float32Array.of(9, 9, 1, 2), [3], [1]);
  expect(Array.from(target)).toEqual([3, 0, 6, 12]);
  expect(() => symmetricRankUpdate(target, 2, Float32Array.of(1, 2), [1], [1])).toThrow('row 1 does not exist');
});

test('a matrix that is not positive definite is refused', () => {
  expect(() => choleskySolve(Float64Array.of(1, 0, 2, 1), Float64Array.of(1, 1), 2)).toThrow('not positive definite (pivot 1)');
  expect(() => choleskySolve(Float64Array.of(Number.NaN), Float64Array.of(1), 1)).toThrow(RangeError);
});
