import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { allocate } from './allocate.ts';

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

describe('allocate', () => {
  test.each([
    ['equal thirds of 10 by index', 10, [1, 1, 1], undefined, undefined, [4, 3, 3]],
    ['equal thirds of 10 by key', 10, [1, 1, 1], undefined, ['c', 'a', 'b'], [3, 4, 3]],
    ['largest remainder first', 10, [6, 3, 2], undefined, undefined, [5, 3, 2]], // 5.45, 2.73, 1.82
    ['zero weight gets nothing', 5, [0, 1, 0], undefined, undefined, [0, 5, 0]],
    ['excess goes to lines with room', 10, [1, 1, 1], [2, 10, 10], undefined, [2, 4, 4]],
    ['excess cascades', 12, [1, 1, 1, 1], [1, 2, 3, 9], undefined, [1, 2, 3, 6]],
    ['no more than all the room', 10, [1, 1], [2, 3], undefined, [2, 3]],
    ['room of a weightless line stays unused', 10, [1, 0], [2, 9], undefined, [2, 0]],
    ['nothing to give', 0, [1, 2], undefined, undefined, [0, 0]],
    ['no lines', 5, [], undefined, undefined, []],
  ])('%s', (_, amount, weights, rooms, keys, expected) => {
    expect(allocate(amount, weights, rooms, keys)).toEqual(expected);
  });

  const line = fc.record({ weight: fc.oneof(fc.nat(3), fc.nat(1_000_000_000)), room: fc.nat(1_000_000) });
  const lines = fc.array(line, { maxLength: 12 });

  test('sums are exact, no line exceeds its room, weightless lines are untouched', () => {
    fc.assert(
      fc.property(fc.nat(5_000_000), lines, (amount, given) => {
        const shares = allocate(
          amount,
          given.map(({ weight }) => weight),
          given.map(({ room }) => room),
        );
        expect(sum(shares)).toBe(Math.min(amount, sum(given.map(({ weight, room }) => (weight > 0 ? room : 0)))));
        given.forEach(({ weight, room }, index) => {
          expect(shares[index]).toBeLessThanOrEqual(room);
          if (weight === 0) expect(shares[index]).toBe(0);
        });
      }),
      { numRuns: 2_000 },
    );
  });

  test('without rooms every share is within one unit of its exact part', () => {
    fc.assert(
      fc.property(fc.nat(5_000_000), lines, (amount, given) => {
        const weights = given.map(({ weight }) => weight);
        const total = sum(weights);
        allocate(amount, weights).forEach((share, index) => {
          if (total > 0) expect(Math.abs(share - (amount * (weights[index] ?? 0)) / total)).toBeLessThan(1 + 1e-6);
        });
      }),
    );
  });

  test('with keys the order of lines does not matter', () => {
    fc.assert(
      fc.property(fc.nat(10_000), lines, (amount, given) => {
        const keyed = given.map((entry, index) => ({ ...entry, key: `k${index}` }));
        const run = (order: typeof keyed) => {
          const shares = allocate(
            amount,
            order.map(({ weight }) => weight),
            order.map(({ room }) => room),
            order.map(({ key }) => key),
          );
          return new Map(order.map(({ key }, index) => [key, shares[index]]));
        };
        const there = run(keyed);
        for (const [key, share] of run(keyed.toReversed())) expect(there.get(key)).toBe(share);
      }),
      { numRuns: 1_000 },
    );
  });

  test.each([
    [-1, [1]],
    [1.5, [1]],
    [1, [-1]],
    [1, [0.5]],
  ])('refuses %d over %j', (amount, weights) => {
    expect(() => allocate(amount, weights)).toThrow(RangeError);
  });
});
