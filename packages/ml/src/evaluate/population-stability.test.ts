import fc from 'fast-check';
import { expect, test } from 'vitest';
import { countByEdges, populationStability, quantileEdges } from './population-stability.ts';

test('a worked example: 50:50 becomes 80:20', () => {
  // 0.3 ln 1.6 − 0.3 ln 0.4
  expect(populationStability([50, 50], [80, 20])).toBeCloseTo(0.3 * Math.log(1.6) - 0.3 * Math.log(0.4), 12);
});

test('deciles of 1…100', () => {
  const values = Array.from({ length: 100 }, (_, at) => at + 1);
  const edges = quantileEdges(values, 10);
  expect(edges).toEqual([11, 21, 31, 41, 51, 61, 71, 81, 91]);
  expect(countByEdges(values, edges)).toEqual(new Array(10).fill(10));
});

test('one value only, nothing, NaN', () => {
  expect(quantileEdges([5, 5, 5], 10)).toEqual([5]);
  expect(quantileEdges([Number.NaN], 10)).toEqual([]);
  expect(countByEdges([1, Number.NaN, 9], [5])).toEqual([1, 1]);
  expect(populationStability([], [])).toBe(0);
  expect(populationStability([0, 0], [1, 2])).toBe(0);
});

test('never negative, the same both ways, nothing against itself', () => {
  const counts = fc.array(fc.tuple(fc.nat(1_000), fc.nat(1_000)), { minLength: 1, maxLength: 20 });
  fc.assert(
    fc.property(counts, (pairs) => {
      const [before, now] = [pairs.map(([a]) => a), pairs.map(([, b]) => b)];
      expect(populationStability(before, now)).toBeGreaterThanOrEqual(0);
      expect(populationStability(before, now)).toBeCloseTo(populationStability(now, before), 10);
      expect(populationStability(before, before)).toBe(0);
    }),
  );
});
