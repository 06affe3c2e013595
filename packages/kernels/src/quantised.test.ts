import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dot } from './dots.ts';
import { holdQuantised } from './quantised.ts';
import { topK } from './top-k.ts';

const wave = (length: number, factor: number) => Float32Array.from({ length }, (_, i) => Math.sin(i * i * factor));
const exactScores = (matrix: Float32Array, vector: Float32Array) =>
  Float32Array.from({ length: matrix.length / vector.length }, (_, r) =>
    dot(matrix.subarray(r * vector.length, (r + 1) * vector.length), vector),
  );

test('with as many candidates as rows the answer is exact, for any sizes', () => {
  fc.assert(
    fc.property(fc.nat(40), fc.integer({ min: 1, max: 50 }), (rows, columns) => {
      const [matrix, vector] = [wave(rows * columns, 0.37), wave(columns, 0.71)];
      const found = holdQuantised(matrix, rows, columns).topK(vector, 10);
      const exact = exactScores(matrix, vector);
      expect(Array.from(found.rows)).toEqual(Array.from(topK(exact, 10)));
      expect(Array.from(found.scores)).toEqual(Array.from(found.rows, (row) => exact[row]));
    }),
    { numRuns: 60 },
  );
});

test('among many rows nearly every one of the best ten is found', () => {
  const [rows, columns] = [50_000, 64];
  const matrix = wave(rows * columns, 0.37);
  const held = holdQuantised(matrix, rows, columns);
  let hits = 0;
  for (let q = 0; q < 20; q++) {
    const vector = wave(columns, 0.11 + q * 0.37);
    const exact = new Set(topK(exactScores(matrix, vector), 10));
    hits += held.topK(vector, 10).rows.filter((row) => exact.has(row)).length;
  }
  expect(hits / 200).toBeGreaterThanOrEqual(0.95);
});

test('what is not allowed, not a number or infinite is never found', () => {
  const matrix = Float32Array.of(5, 0, 4, 0, 3, 0, Number.NaN, 9, Infinity, 9, 0, 0);
  const held = holdQuantised(matrix, 6, 2);
  expect(Array.from(held.topK(Float32Array.of(1, 0), 3, (row) => row !== 1).rows)).toEqual([0, 2, 5]);
  expect(held.topK(Float32Array.of(1, 0), 0).rows.length).toBe(0);
  expect(Array.from(held.topK(Float32Array.of(0, 0), 2).rows)).toEqual([0, 1]);
});
