import fc from 'fast-check';
import { expect, test } from 'vitest';
import { nearestCentres } from './nearest.ts';

const value = fc.oneof(
  { weight: 20, arbitrary: fc.integer({ min: -3, max: 3 }) },
  fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 3e38),
);

test('labels and distances are those of the naive search for any sizes and values', () => {
  fc.assert(
    fc.property(fc.nat(13), fc.nat(5), fc.integer({ min: 1, max: 9 }), fc.infiniteStream(value), (rows, columns, count, stream) => {
      const numbers = (length: number) => Float32Array.from({ length }, () => Number(stream.next().value));
      const [points, centres] = [numbers(rows * columns), numbers(count * columns)];
      const { labels, distances } = nearestCentres(points, centres, rows, columns, count);
      expect([labels.length, distances.length]).toEqual([rows, rows]);
      for (let r = 0; r < rows; r++) {
        let [label, distance] = [0, Number.POSITIVE_INFINITY];
        for (let i = 0; i < count; i++) {
          let sum = 0;
          for (let j = 0; j < columns; j++) sum += Math.fround(points[r * columns + j] - centres[i * columns + j]) ** 2;
          if (Math.fround(sum) < distance) [label, distance] = [i, Math.fround(sum)];
        }
        expect([labels[r], distances[r]]).toEqual([label, distance]);
      }
    }),
    { numRuns: 200 },
  );
});

test('no centre is refused', () => {
  expect(() => nearestCentres(new Float32Array(2), new Float32Array(0), 1, 2, 0)).toThrow('there is no centre to be near to');
});
