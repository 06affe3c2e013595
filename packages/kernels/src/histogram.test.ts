import fc from 'fast-check';
import { expect, test } from 'vitest';
import { HISTOGRAM_BINS, holdBinnedRows } from './histogram.ts';

test('sums equal the naive ones for any rows, features and choice, repeated rows counted again', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 30 }), fc.nat(6), fc.array(fc.nat(29)), (rows, features, some) => {
      const bins = Uint8Array.from({ length: rows * features }, (_, i) => (i * 37) % 256);
      const gradients = Float32Array.from({ length: rows }, (_, r) => Math.sin(r));
      const hessians = Float32Array.from({ length: rows }, (_, r) => 1 + r / 8);
      const chosen = Uint32Array.from(some.filter((row) => row < rows));
      const held = holdBinnedRows(bins, rows, features);
      held.setDerivatives(gradients, hessians);
      const expected = new Float64Array(features * HISTOGRAM_BINS * 2);
      for (const row of chosen) {
        for (let f = 0; f < features; f++) {
          const at = (f * HISTOGRAM_BINS + bins[row * features + f]) * 2;
          expected[at] += gradients[row];
          expected[at + 1] += hessians[row];
        }
      }
      expect(held.histogram(chosen)).toEqual(expected);
      expect(held.histogram(chosen)).toEqual(expected);
    }),
    { numRuns: 60 },
  );
});

test('not-a-number stays in its bin; a row that does not exist is refused', () => {
  const held = holdBinnedRows(Uint8Array.of(0, 255), 2, 1);
  held.setDerivatives(Float32Array.of(1, Number.NaN), Float32Array.of(1, 1));
  const sums = held.histogram(Uint32Array.of(0, 1));
  expect([sums[0], sums[1], sums[510], sums[511]]).toEqual([1, 1, Number.NaN, 1]);
  expect(() => held.histogram(Uint32Array.of(2))).toThrow('row 2 does not exist');
});
