import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { matmul } from './matmul.ts';
import { type KernelPool, openPool, share } from './pool.ts';
import { holdQuantised } from './quantised.ts';

let pool: KernelPool;
beforeAll(() => {
  pool = openPool(3);
});
afterAll(() => pool.close());

const wave = (length: number, factor: number) => Float32Array.from({ length }, (_, i) => Math.sin(i * i * factor));

test('shares cover everything once, with whole grains but for the last', () => {
  fc.assert(
    fc.property(fc.nat(200), fc.integer({ min: 1, max: 5 }), fc.constantFrom(1, 4, 6), (count, threads, grain) => {
      const shares = share(count, threads, grain);
      expect(shares.length).toBeLessThanOrEqual(threads);
      expect(shares.reduce((end, [start, length]) => (start === end && start % grain === 0 ? end + length : Number.NaN), 0)).toBe(count);
    }),
  );
});

test('threads give the very bytes of one, for any sizes and transposes', () => {
  fc.assert(
    fc.property(fc.nat(40), fc.nat(20), fc.nat(40), fc.boolean(), fc.boolean(), (m, k, n, transposeA, transposeB) => {
      const [a, b] = [wave(m * k, 0.3), wave(k * n, 0.7)];
      expect(matmul(a, b, m, k, n, { transposeA, transposeB, pool })).toEqual(matmul(a, b, m, k, n, { transposeA, transposeB }));
    }),
    { numRuns: 60 },
  );
});

test('two searches kept in one pool do not disturb each other', () => {
  const matrices = [wave(300 * 20, 0.3), wave(500 * 20, 0.9)];
  const vector = wave(20, 0.1);
  const inPool = matrices.map((matrix) => holdQuantised(matrix, matrix.length / 20, 20, { pool }));
  matmul(matrices[0], matrices[1], 300, 20, 500, { pool });
  const alone = matrices.map((matrix) => holdQuantised(matrix, matrix.length / 20, 20));
  inPool.forEach((held, i) => {
    expect(held.topK(vector, 7)).toEqual(alone[i].topK(vector, 7));
  });
});

test('a kernel that fails on a thread fails the call, and the pool still works', () => {
  const beyond = pool.kernels.memory.buffer.byteLength + 1_000_000;
  expect(() =>
    pool.run('dotRows', [
      [0, 0, 0, 0, 0],
      [beyond, beyond, beyond, 4, 4],
    ]),
  ).toThrow('a kernel failed on a thread');
  expect(matmul(Float32Array.of(2), Float32Array.of(3), 1, 1, 1, { pool })[0]).toBe(6);
  expect(() => pool.run('dotRows', [[], [], [], []])).toThrow('4 calls are too many for 3 threads');
});
