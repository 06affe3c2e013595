import fc from 'fast-check';
import { expect, test } from 'vitest';
import { matmul } from './matmul.ts';

const size = fc.integer({ min: 0, max: 21 });
const value = fc.float({ min: -2, max: 2, noNaN: true });

test('a product worked out by hand', () => {
  const a = Float32Array.of(1, 2, 3, 4, 5, 6);
  const b = Float32Array.of(7, 8, 9, 10, 11, 12);
  expect(Array.from(matmul(a, b, 2, 3, 2))).toEqual([58, 64, 139, 154]);
});

test('any sizes and transposes agree with the naive loop', () => {
  fc.assert(
    fc.property(size, size, size, fc.boolean(), fc.boolean(), fc.infiniteStream(value), (m, k, n, transposeA, transposeB, stream) => {
      const a = take(stream, m * k);
      const b = take(stream, k * n);
      const product = matmul(a, b, m, k, n, { transposeA, transposeB });
      const expected = naive(a, b, m, k, n, transposeA, transposeB);
      expect(product.length).toBe(m * n);
      for (let i = 0; i < m * n; i++) expect(Math.abs(product[i] - expected[i])).toBeLessThan(1e-4);
    }),
    { numRuns: 80 },
  );
});

test.each([
  [255, 257, 259],
  [5, 600, 270],
  [1, 513, 1],
])('sizes beyond one block: %i × %i × %i', (m, k, n) => {
  const a = Float32Array.from({ length: m * k }, (_, i) => ((i * 7) % 11) - 5);
  const b = Float32Array.from({ length: k * n }, (_, i) => ((i * 5) % 13) - 6);
  expect(Buffer.from(matmul(a, b, m, k, n).buffer).equals(Buffer.from(naive(a, b, m, k, n, false, false).buffer))).toBe(true);
});

test('not-a-number and infinity reach exactly the results they belong to', () => {
  const a = new Float32Array(5 * 9).fill(1);
  const b = new Float32Array(9 * 11).fill(1);
  a[2 * 9 + 4] = Number.NaN;
  a[3 * 9 + 8] = Number.POSITIVE_INFINITY;
  const product = matmul(a, b, 5, 9, 11);
  for (let i = 0; i < 5; i++) {
    for (let j = 0; j < 11; j++) expect(product[i * 11 + j]).toBe(i === 2 ? Number.NaN : i === 3 ? Number.POSITIVE_INFINITY : 9);
  }
});

test('a large call that grows the memory leaves later small calls right', () => {
  const a = new Float32Array(2_000 * 1_000).fill(0.5);
  expect(matmul(a, new Float32Array(1_000).fill(2), 2_000, 1_000, 1)[1_999]).toBe(1_000);
  expect(Array.from(matmul(Float32Array.of(3), Float32Array.of(4), 1, 1, 1))).toEqual([12]);
});

test('a length that does not fit is refused', () => {
  expect(() => matmul(new Float32Array(3), new Float32Array(4), 2, 2, 2)).toThrow('a has 3 values, expected 4');
});

function take(stream: Stream, length: number): Float32Array {
  return Float32Array.from({ length }, () => Number(stream.next().value));
}
type Stream = { next(): { value: unknown } };

function naive(a: Float32Array, b: Float32Array, m: number, k: number, n: number, transposeA: boolean, transposeB: boolean) {
  const out = new Float32Array(m * n);
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < n; j++) {
      let sum = 0;
      for (let p = 0; p < k; p++) sum += a[transposeA ? p * m + i : i * k + p] * b[transposeB ? j * k + p : p * n + j];
      out[i * n + j] = sum;
    }
  }
  return out;
}
