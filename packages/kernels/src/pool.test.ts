import fc from 'fast-check';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { matmul } from './matmul.ts';
import { CONTROL, type KernelPool, MAXIMUM_CALLS, openPool, runNext, share, SLOT, startRound } from './pool.ts';
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

test('a kernel that fails on any thread fails the call, and the pool still works', () => {
  const beyond = pool.kernels.memory.buffer.byteLength + 1_000_000;
  expect(() =>
    pool.run('dotRows', [
      [0, 0, 0, 0, 0],
      [beyond, beyond, beyond, 4, 4],
    ]),
  ).toThrow('a kernel failed on a thread');
  expect(matmul(Float32Array.of(2), Float32Array.of(3), 1, 1, 1, { pool })[0]).toBe(6);
  expect(() => pool.run('dotRows', new Array(65).fill([]))).toThrow('65 calls are too many');
});

test('every call of many short rounds runs exactly once, whoever takes it', () => {
  const scratch = pool.scratch();
  const [one, counts] = [scratch.put(Float32Array.of(1)), scratch.room(16)];
  // gemm that adds 1 · 1 to a count of its own: a call taken twice or never would show.
  const calls = Array.from({ length: 16 }, (_, i) => [1, 1, 1, one, 1, 1, one, 1, 1, counts + 4 * i, 1, 1]);
  for (let round = 0; round < 5_000; round++) pool.run('gemm', calls.slice(0, 1 + (round % 16)));
  const expected = Array.from(
    { length: 16 },
    (_, i) => Array.from({ length: 5_000 }, (_, round) => round % 16).filter((last) => last >= i).length,
  );
  expect(Array.from(scratch.read(counts, 16))).toEqual(expected);
});

test('a call that another thread takes between looking and claiming is not run twice', () => {
  const control = new Int32Array(new SharedArrayBuffer(4 * (CONTROL.first + SLOT * MAXIMUM_CALLS)));
  const ran: number[] = [];
  const kernels = { ...pool.kernels, dotRows: (matrix: number) => void ran.push(matrix) };
  startRound(control, 'dotRows', [[10], [11], [12]]);
  const load = Atomics.load;
  let looks = 0;
  Reflect.set(Atomics, 'load', (array: Int32Array, index: number) => {
    const value = load(array, index);
    if (index === CONTROL.claim && looks++ === 0) runNext(control, kernels); // The other thread is quicker.
    return value;
  });
  onTestFinished(() => void Reflect.set(Atomics, 'load', load));
  while (runNext(control, kernels));
  expect(ran).toEqual([10, 11, 12]);
  expect(control[CONTROL.done]).toBe(3);
});
