import fc from 'fast-check';
import { expect, test } from 'vitest';
import { choleskyInverse, choleskySolve } from './cholesky.ts';

/** x · xᵀ + n · I of a wave: positive definite. */
function definite(n: number): Float64Array {
  const x = Float64Array.from({ length: n * n }, (_, i) => Math.sin(i * 1.7));
  const a = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      for (let p = 0; p < n; p++) a[i * n + j] += x[i * n + p] * x[j * n + p];
    }
    a[i * n + i] += n;
  }
  return a;
}

function times(a: Float64Array, x: Float64Array, n: number, m: number): Float64Array {
  const out = new Float64Array(n * m);
  for (let i = 0; i < n; i++) {
    for (let p = 0; p < n; p++) {
      for (let j = 0; j < m; j++) out[i * m + j] += a[i * n + p] * x[p * m + j];
    }
  }
  return out;
}

test('the solution of any size gives the right side back', () => {
  fc.assert(
    fc.property(fc.constantFrom(0, 1, 2, 3, 31, 32, 33, 65, 70), fc.constantFrom(0, 1, 7, 8, 9, 17), (n, m) => {
      const a = definite(n);
      const b = Float64Array.from({ length: n * m }, (_, i) => Math.cos(i));
      const x = choleskySolve(a, b, n, m);
      const back = times(a, x ?? new Float64Array(0), n, m);
      expect(back.length).toBe(b.length);
      back.forEach((value, i) => {
        expect(Math.abs(value - b[i])).toBeLessThan(1e-10);
      });
    }),
    { numRuns: 40 },
  );
});

test('reads the lower triangle only', () => {
  const a = definite(35);
  const inverse = choleskyInverse(a, 35);
  for (let i = 0; i < 35; i++) for (let j = i + 1; j < 35; j++) a[i * 35 + j] = Number.NaN;
  expect(choleskyInverse(a, 35)).toEqual(inverse);
});

test('a matrix that is not positive definite, or not a number, has no solution', () => {
  expect(choleskySolve(Float64Array.of(1, 2, 2, 1), Float64Array.of(1, 1), 2)).toBeUndefined();
  expect(choleskySolve(Float64Array.of(0), Float64Array.of(1), 1)).toBeUndefined();
  expect(choleskySolve(Float64Array.of(1, 0, Number.NaN, 1), Float64Array.of(1, 1), 2)).toBeUndefined();
  expect(choleskySolve(Float64Array.of(Number.POSITIVE_INFINITY, 0, 1, 1), Float64Array.of(1, Number.NaN), 2)?.some(Number.isNaN)).toBe(
    true,
  );
});
