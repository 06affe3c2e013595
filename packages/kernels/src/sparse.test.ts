import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sparseTimesDense } from './sparse.ts';

test('equals the naive product for any sizes, repeated entries added', () => {
  const entries = fc.array(fc.array(fc.tuple(fc.nat(6), fc.integer({ min: -4, max: 4 })), { maxLength: 8 }), { maxLength: 9 });
  fc.assert(
    fc.property(entries, fc.nat(11), (rows, width) => {
      const starts = Uint32Array.from([0, ...rows].map((_, r) => rows.slice(0, r).flat().length));
      const columns = Uint32Array.from(rows.flat(), ([column]) => column);
      const values = Float32Array.from(rows.flat(), ([, value]) => value);
      const dense = Float32Array.from({ length: 7 * width }, (_, i) => (i % 13) - 6);
      const expected = rows.flatMap((row) =>
        Array.from({ length: width }, (_, j) => row.reduce((sum, [column, value]) => sum + value * dense[column * width + j], 0)),
      );
      const product = sparseTimesDense({ starts, columns, values }, dense, 7, width);
      expect(Array.from(product, (value) => value + 0)).toEqual(expected.map((value) => value + 0));
    }),
    { numRuns: 100 },
  );
});

test('an infinity reaches its own row only', () => {
  const sparse = { starts: Uint32Array.of(0, 1, 2), columns: Uint32Array.of(0, 1), values: Float32Array.of(1, 1) };
  expect(Array.from(sparseTimesDense(sparse, Float32Array.of(Infinity, 2), 2, 1))).toEqual([Infinity, 2]);
});

test('indices that leave their arrays are refused', () => {
  const one = { starts: Uint32Array.of(0, 1), columns: Uint32Array.of(3), values: Float32Array.of(1) };
  expect(() => sparseTimesDense(one, new Float32Array(3), 3, 1)).toThrow('column 3 does not exist');
  expect(() => sparseTimesDense({ ...one, starts: Uint32Array.of(0, 2) }, new Float32Array(4), 4, 1)).toThrow('starts must go from 0');
  const falling = { starts: Uint32Array.of(0, 2, 1, 2), columns: Uint32Array.of(0, 0), values: Float32Array.of(1, 1) };
  expect(() => sparseTimesDense(falling, new Float32Array(1), 1, 1)).toThrow('starts fall at row 2');
});
