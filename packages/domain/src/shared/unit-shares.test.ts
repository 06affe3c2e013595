import fc from 'fast-check';
import { expect, test } from 'vitest';
import { firstUnitsMinor, unitRuns } from './unit-shares.ts';

const amount = fc.integer({ min: 0, max: 1_000_000_000_000 });
const quantity = fc.integer({ min: 1, max: 50 });
/** Each unit by itself, the slow way. */
const spread = (runs: ReturnType<typeof unitRuns>) =>
  runs.flatMap(({ units, amountMinor }) => Array.from({ length: units }, () => amountMinor));
const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

test.each([
  [
    100,
    3,
    0,
    [
      [1, 34],
      [2, 33],
    ],
  ],
  [0, 3, 0, [[3, 0]]],
  [
    2,
    5,
    0,
    [
      [2, 1],
      [3, 0],
    ],
  ],
  [
    1,
    3,
    1,
    [
      [1, 0],
      [1, 1],
      [1, 0],
    ],
  ],
  [
    2,
    3,
    2,
    [
      [1, 1],
      [1, 0],
      [1, 1],
    ],
  ],
  [
    300,
    100_000,
    0,
    [
      [300, 1],
      [99_700, 0],
    ],
  ],
])('%i over %i units after %i: %j', (amountMinor, units, before, expected) => {
  expect(unitRuns(amountMinor, units, before).map((run) => [run.units, run.amountMinor])).toEqual(expected);
});

test('shares sum to the amount, differ by one minor unit at most, and are whole', () => {
  fc.assert(
    fc.property(amount, quantity, (amountMinor, units) => {
      const shares = spread(unitRuns(amountMinor, units));
      expect(shares).toHaveLength(units);
      expect(sum(shares)).toBe(amountMinor);
      expect(Math.max(...shares) - Math.min(...shares)).toBeLessThanOrEqual(1);
    }),
    { seed: 1 },
  );
});

test('amounts split one on top of the other make the split of their sum, and no unit ever gets less than nothing', () => {
  fc.assert(
    fc.property(fc.array(amount, { maxLength: 6 }), quantity, (amounts, units) => {
      const totals = Array.from({ length: units }, () => 0);
      let before = 0;
      for (const amountMinor of amounts) {
        const shares = spread(unitRuns(amountMinor, units, before));
        expect(sum(shares)).toBe(amountMinor);
        expect(Math.min(...shares)).toBeGreaterThanOrEqual(0);
        for (const [index, share] of shares.entries()) totals[index] = (totals[index] ?? 0) + share;
        before += amountMinor;
      }
      expect(totals).toEqual(spread(unitRuns(before, units)));
    }),
    { seed: 2 },
  );
});

test('the first units together carry what they carry one by one', () => {
  fc.assert(
    fc.property(amount, quantity, fc.nat(), (amountMinor, units, some) => {
      const first = some % (units + 1);
      expect(firstUnitsMinor(amountMinor, first, units)).toBe(sum(spread(unitRuns(amountMinor, units)).slice(0, first)));
    }),
    { seed: 3 },
  );
});
