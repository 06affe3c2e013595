import { expect, test } from 'vitest';
import { holidayCovariates } from './holidays.ts';

const daysOf = (flags: Float64Array) => [...flags.keys()].filter((at) => flags[at] === 1);

test('German Christmas and New Year, with the days before them, across the turn of a year', async () => {
  // Day 0 is 20 December: Christmas is days 5 and 6, New Year day 12.
  const [day, eve] = await holidayCovariates('DE', '2025-12-20', 14);
  expect(daysOf(day)).toEqual([5, 6, 12]);
  expect(daysOf(eve)).toEqual([4, 5, 11]);
});

test('a moving feast: Easter Monday of 2026 is 6 April; the eve of a holiday just behind the span counts', async () => {
  expect(daysOf((await holidayCovariates('DE', '2026-04-06', 1))[0])).toEqual([0]);
  expect(daysOf((await holidayCovariates('DE', '2026-04-05', 1))[1])).toEqual([0]);
});

test('regions differ, and unknown countries are refused', async () => {
  expect(daysOf((await holidayCovariates('DE', '2026-01-06', 1))[0])).toEqual([]);
  expect(daysOf((await holidayCovariates('DE', '2026-01-06', 1, 'BY'))[0])).toEqual([0]);
  await expect(holidayCovariates('XX', '2026-01-01', 7)).rejects.toThrow(RangeError);
});
