import { expect, test } from 'vitest';
import { bfgs } from './bfgs.ts';
import { choleskyFactor, choleskySolve } from './cholesky.ts';
import { nelderMead } from './nelder-mead.ts';
import { chiSquareTail, logGamma, normalQuantile, studentTQuantile } from './special-functions.ts';
import { quantile, sampleVariance } from './statistics.ts';

test('quantiles and tails agree with the printed tables', () => {
  expect(normalQuantile(0.975)).toBeCloseTo(1.959963985, 8);
  expect(studentTQuantile(0.975, 5)).toBeCloseTo(2.570581836, 7);
  expect(studentTQuantile(0.025, 1)).toBeCloseTo(-12.70620474, 6);
  expect(chiSquareTail(3.841458821, 1)).toBeCloseTo(0.05, 9);
  expect(chiSquareTail(18.30703805, 10)).toBeCloseTo(0.05, 8);
  expect(logGamma(10)).toBeCloseTo(Math.log(362_880), 10);
});

test('a small system is solved exactly and an indefinite one is refused', () => {
  const matrix = Float64Array.of(4, 2, 2, 3);
  expect(choleskyFactor(matrix, 2)).toBe(true);
  const x = choleskySolve(matrix, 2, Float64Array.of(8, 8));
  expect(x[0]).toBeCloseTo(1, 12);
  expect(x[1]).toBeCloseTo(2, 12);
  expect(choleskyFactor(Float64Array.of(1, 2, 2, 1), 2)).toBe(false);
});

test('BFGS finds the valley of Rosenbrock, and steps back from where the function is infinite', () => {
  const rosenbrock = ([x, y]: Float64Array, gradient: Float64Array) => {
    gradient[0] = -2 * (1 - x) - 400 * x * (y - x * x);
    gradient[1] = 200 * (y - x * x);
    return (1 - x) ** 2 + 100 * (y - x * x) ** 2;
  };
  const best = bfgs(rosenbrock, [-1.2, 1], { tolerance: 1e-12 });
  expect(best.point[0]).toBeCloseTo(1, 5);
  expect(best.point[1]).toBeCloseTo(1, 5);
  const walled = bfgs(
    ([x], gradient) => {
      gradient[0] = x > 0 ? 1 - 1 / x : Number.NaN;
      return x > 0 ? x - Math.log(x) : Number.POSITIVE_INFINITY;
    },
    [50],
    { firstStep: 100, tolerance: 1e-10 },
  );
  expect(walled.point[0]).toBeCloseTo(1, 4);
});

test('the downhill simplex finds the valley of Rosenbrock', () => {
  const best = nelderMead(([x, y]) => (1 - x) ** 2 + 100 * (y - x * x) ** 2, [-1.2, 1], 0.5, 2_000, 1e-14);
  expect(best.point[0]).toBeCloseTo(1, 3);
  expect(best.point[1]).toBeCloseTo(1, 3);
});

test('quantile interpolates and variance divides by n - 1', () => {
  expect(quantile([4, 1, 3, 2], 0.5)).toBe(2.5);
  expect(sampleVariance([1, 2, 3, 4])).toBeCloseTo(5 / 3, 12);
});
