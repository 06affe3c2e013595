import { expect, test } from 'vitest';
import { createRandom } from '../random/random.ts';
import { matchedLevel, placeboError, type QuietValue } from './matched-level.ts';

const options = { reach: 30, apart: 5 };
const series = (value: (at: number) => number, count = 40): QuietValue[] =>
  Array.from({ length: count }, (_, index) => ({ at: index * 7, value: value(index * 7) }));

test('a line through the weeks around, the mean of one side, nothing of too few', () => {
  const rising = series((at) => 100 + 2 * at);
  expect(matchedLevel(rising, 140, options)).toBeCloseTo(380, 9);
  // 14, 21 and 28 lie after: their mean, not a line into the unknown.
  expect(matchedLevel(rising, 0, { reach: 28, apart: 14 })).toBeCloseTo(100 + 2 * 21, 9);
  expect(matchedLevel([{ at: 0, value: 5 }], 10, options)).toBeNull();
});

test('stretches that share days with the one in question do not stand for it', () => {
  const values = [...series(() => 10), { at: 101, value: 1_000 }];
  expect(matchedLevel(values, 98, options)).toBeCloseTo(10, 9);
});

test('the placebo error is the noise where nothing was offered, and odd weeks do not hide it', () => {
  const random = createRandom('placebo');
  const noisy = series(() => 100 * (1 + random.normal(0, 0.05)), 300);
  const error = placeboError(noisy, options) ?? 0;
  // A week against the line through eight others: 0.05 · √(1 + 1/8).
  expect(error / (0.05 * Math.sqrt(1 + 1 / 8))).toBeGreaterThan(0.85);
  expect(error / (0.05 * Math.sqrt(1 + 1 / 8))).toBeLessThan(1.15);
  const odd = noisy.map((each, index) => (index % 40 === 0 ? { ...each, value: 400 } : each));
  expect(placeboError(odd, options)).toBeLessThan(2 * error);
  expect(
    placeboError(
      series(() => 1, 7),
      { reach: 7, apart: 7 },
    ),
  ).toBe(0);
  expect(
    placeboError(
      series(() => 1, 4),
      options,
    ),
  ).toBeNull();
});
