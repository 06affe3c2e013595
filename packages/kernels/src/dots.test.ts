import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dot, gatherDots, holdMatrix, matVec } from './dots.ts';

const numbers = (length: number, factor: number) => Float32Array.from({ length }, (_, i) => ((i * factor) % 17) / 8 - 1);

test('dot by hand, and of nothing', () => {
  expect(dot(Float32Array.of(1, 2, 3, 4, 5), Float32Array.of(5, 4, 3, 2, 1))).toBe(35);
  expect(dot(new Float32Array(0), new Float32Array(0))).toBe(0);
  expect(() => dot(new Float32Array(2), new Float32Array(3))).toThrow(RangeError);
});

test('all ways to score rows agree for any size', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 0, max: 70 }), (rows, columns) => {
      const matrix = numbers(rows * columns, 7);
      const vector = numbers(columns, 5);
      const held = holdMatrix(matrix, rows, columns);
      const all = Uint32Array.from({ length: rows }, (_, r) => rows - 1 - r);
      const expected = Array.from({ length: rows }, (_, r) => dot(matrix.subarray(r * columns, (r + 1) * columns), vector));
      const close = (got: Float32Array, wanted: number[]) => {
        expect(got.length).toBe(wanted.length);
        wanted.forEach((value, i) => {
          expect(Math.abs(got[i] - value)).toBeLessThan(1e-4);
        });
      };
      close(matVec(matrix, vector, rows, columns), expected);
      close(held.matVec(vector), expected);
      close(held.gatherDots(all, vector), expected.toReversed());
      close(gatherDots(matrix, columns, all, vector), expected.toReversed());
    }),
    { numRuns: 40 },
  );
});

test('two held matrices do not share memory', () => {
  const first = holdMatrix(Float32Array.of(1, 2), 1, 2);
  const second = holdMatrix(Float32Array.of(10, 20), 1, 2);
  expect(first.matVec(Float32Array.of(1, 1))[0]).toBe(3);
  expect(second.matVec(Float32Array.of(1, 1))[0]).toBe(30);
  expect(first.matVec(Float32Array.of(1, 1))[0]).toBe(3);
});

test('a row that does not exist is refused', () => {
  expect(() => gatherDots(new Float32Array(6), 3, Uint32Array.of(2), new Float32Array(3))).toThrow('row 2 does not exist');
  expect(() => holdMatrix(new Float32Array(6), 2, 3).gatherDots(Uint32Array.of(2), new Float32Array(3))).toThrow('row 2 does not exist');
});
