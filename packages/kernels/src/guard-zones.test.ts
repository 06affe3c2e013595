// Every compiled kernel on arguments with guard zones around them: nothing outside its results may change, and since the
// guards are not-a-number, a value read from one would show in the results.
import { expect, test } from 'vitest';
import { compileKernels, freeMemoryOf, instanceOf, type KernelExports } from './instance.ts';
import type { NumberArray } from './scratch.ts';

const GUARD = 48;
interface Yard {
  kernels: KernelExports;
  put(values: NumberArray): number;
  /** Results are what a kernel may write. */
  result(values: NumberArray): number;
}

function guarded(build: 'relaxed' | 'plain', run: (yard: Yard) => void): void {
  const kernels = instanceOf(compileKernels(new URL('../build/', import.meta.url), build).module);
  kernels.memory.grow(64);
  const free = freeMemoryOf(kernels);
  const memory = new Uint8Array(kernels.memory.buffer, free).fill(255);
  const results: [number, NumberArray][] = [];
  let top = GUARD;
  const put = (values: NumberArray) => {
    memory.set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength), top);
    const at = top;
    top = Math.ceil((top + values.byteLength + GUARD) / 4) * 4;
    return free + at;
  };
  let before = new Uint8Array();
  run({
    kernels: new Proxy(kernels, {
      get: (target, name) => {
        before = memory.slice(0, top);
        return Reflect.get(target, name);
      },
    }),
    put,
    result(values) {
      const at = put(values);
      results.push([at - free, values]);
      return at;
    },
  });
  const after = memory.slice(0, before.length);
  for (const [at, values] of results) {
    const written = after.slice(at, at + values.byteLength);
    if (values instanceof Float32Array) expect(new Float32Array(written.buffer).every((value) => !Number.isNaN(value))).toBe(true);
    if (values instanceof Float64Array) expect(new Float64Array(written.buffer).every((value) => !Number.isNaN(value))).toBe(true);
    after.set(before.subarray(at, at + values.byteLength), at);
  }
  expect(Buffer.compare(after, before)).toBe(0);
}

const floats = (length: number) => Float32Array.from({ length }, (_, i) => Math.sin(i + 1));
const doubles = (length: number) => Float64Array.from({ length }, (_, i) => Math.sin(i + 1));
const SIZES = [0, 1, 2, 3, 4, 5, 7, 8, 9, 13, 17, 33];
const builds = ['relaxed', 'plain'] as const;

test.each(builds)('products and dots, %s', (build) => {
  for (const m of SIZES)
    for (const n of [0, 1, 6, 8, 11, 19])
      for (const k of [0, 1, 5, 8, 21]) {
        guarded(build, ({ kernels, put, result }) => {
          const [a, b, c] = [put(floats(m * k)), put(floats(k * n)), result(floats(m * n))];
          kernels.gemm(m, n, k, a, k, 1, b, n, 1, c, n, 0);
        });
        guarded(build, ({ kernels, put, result }) => {
          const [a, b, c] = [put(floats(m * k)), put(floats(k * n)), result(floats(m * n))];
          kernels.gemm(m, n, k, a, 1, m, b, 1, k, c, n, 1);
        });
      }
  for (const rows of SIZES)
    for (const columns of SIZES) {
      guarded(build, ({ kernels, put, result }) => {
        const [matrix, vector, out] = [put(floats(rows * columns)), put(floats(columns)), result(floats(rows))];
        kernels.dotRows(matrix, vector, out, rows, columns);
      });
      guarded(build, ({ kernels, put, result }) => {
        const [x, out] = [put(floats(rows * columns)), result(floats(columns * columns))];
        kernels.gram(x, out, rows, columns);
      });
    }
});

test.each(builds)('factors and solutions, %s', (build) => {
  for (const n of [...SIZES, 67])
    for (const m of [0, 1, 7, 8, 9, 16]) {
      const a = doubles(n * n).map((value, at) => (at % (n + 1) === 0 ? n + 1 : value));
      guarded(build, ({ kernels, result }) => void kernels.choleskyFactor(result(a), n));
      guarded(build, ({ kernels, put, result }) => {
        const [l, b] = [put(a), result(doubles(n * m))];
        kernels.choleskySolve(l, b, n, m);
      });
    }
});

test.each(builds)('searches, histograms and sparse products, %s', (build) => {
  for (const rows of SIZES)
    for (const columns of SIZES) {
      for (const count of [1, 4, 6])
        guarded(build, ({ kernels, put, result }) => {
          const packed = floats(Math.ceil(count / 4) * 4 * columns);
          const [points, centres] = [put(floats(rows * columns)), put(packed)];
          const [labels, distances] = [result(new Uint32Array(rows)), result(floats(rows))];
          kernels.nearestCentres(points, centres, labels, distances, rows, columns, count);
        });
      guarded(build, ({ kernels, put, result }) => {
        const [bins, pairs] = [put(new Uint8Array(rows * columns).fill(255)), put(doubles(2 * rows))];
        const [chosen, out] = [put(Uint32Array.from({ length: rows }, (_, r) => r)), result(doubles(columns * 512))];
        kernels.addHistogram(bins, pairs, chosen, out, rows, columns);
      });
      guarded(build, ({ kernels, put, result }) => {
        const [starts, at] = [put(Uint32Array.from({ length: rows + 1 }, (_, r) => r)), put(new Uint32Array(rows))];
        const [values, dense, out] = [put(floats(rows)), put(floats(columns)), result(floats(rows * columns))];
        kernels.sparseTimesDense(starts, at, values, dense, out, rows, columns);
      });
      guarded(build, ({ kernels, put, result }) => {
        const padded = Math.ceil(columns / 16) * 16;
        const [bytes, sums, scales] = [put(new Int8Array(rows * padded).fill(3)), put(new Int32Array(rows)), put(floats(rows))];
        const [query, out] = [put(new Int8Array(padded).fill(64)), result(floats(rows))];
        kernels.quantisedDots(bytes, sums, scales, query, out, rows, padded);
      });
      guarded(build, ({ kernels, put, result }) => {
        const [scores, found] = [put(floats(rows)), result(new Uint32Array(rows))];
        kernels.indicesAbove(scores, rows, -2, columns, found);
      });
    }
});

test.each(builds)('LSTM forward and backward, %s', (build) => {
  for (const [batch, steps, inputs, units] of [
    [1, 1, 1, 1],
    [3, 2, 3, 5],
    [5, 3, 1, 7],
    [2, 4, 5, 8],
  ]) {
    const states = steps * batch * units;
    guarded(build, ({ kernels, put, result }) => {
      const [x, kernel, recurrent] = [put(floats(batch * steps * inputs)), put(floats(inputs * 4 * units)), put(floats(units * 4 * units))];
      const [bias, gates] = [put(floats(4 * units)), result(floats(4 * states))];
      const [cells, hiddens] = [result(floats(states)), result(floats(states))];
      kernels.lstmForwardPass(x, kernel, recurrent, bias, gates, cells, hiddens, batch, steps, inputs, units);
    });
    guarded(build, ({ kernels, put, result }) => {
      const [x, kernel, recurrent] = [put(floats(batch * steps * inputs)), put(floats(inputs * 4 * units)), put(floats(units * 4 * units))];
      const [gates, cells, hiddens] = [result(floats(4 * states)), put(floats(states)), put(floats(states))];
      const [dHidden, dCell] = [result(floats(batch * units)), result(new Float32Array(batch * units))];
      const gradients = [inputs * 4 * units, units * 4 * units, 4 * units, batch * steps * inputs].map((size) =>
        result(new Float32Array(size)),
      );
      const [dKernel, dRecurrent, dBias, dX] = gradients;
      const given = [x, kernel, recurrent, gates, cells, hiddens, dHidden, dCell, dKernel, dRecurrent, dBias, dX] as const;
      kernels.lstmBackwardPass(...given, batch, steps, inputs, units);
    });
  }
});

test.each(builds)('GRU forward and backward, %s', (build) => {
  for (const [batch, steps, inputs, units] of [
    [1, 1, 1, 1],
    [3, 2, 3, 5],
    [5, 3, 1, 7],
    [2, 4, 5, 8],
  ]) {
    const state = batch * units;
    guarded(build, ({ kernels, put, result }) => {
      const [x, kernel, recurrent] = [put(floats(batch * steps * inputs)), put(floats(inputs * 3 * units)), put(floats(units * 3 * units))];
      const [bias, gates] = [put(floats(3 * units)), result(floats(3 * steps * state))];
      const [hiddens, reset] = [result(floats(steps * state)), result(floats(state))];
      kernels.gruForwardPass(x, kernel, recurrent, bias, gates, hiddens, reset, batch, steps, inputs, units);
    });
    guarded(build, ({ kernels, put, result }) => {
      const [x, kernel, recurrent] = [put(floats(batch * steps * inputs)), put(floats(inputs * 3 * units)), put(floats(units * 3 * units))];
      const [gates, hiddens, dHidden] = [result(floats(3 * steps * state)), put(floats(steps * state)), result(floats(state))];
      const [reset, dReset] = [result(floats(state)), result(floats(state))];
      const sizes = [inputs * 3 * units, units * 3 * units, 3 * units, batch * steps * inputs];
      const [dKernel, dRecurrent, dBias, dX] = sizes.map((size) => result(new Float32Array(size)));
      const given = [x, kernel, recurrent, gates, hiddens, dHidden, reset, dReset, dKernel, dRecurrent, dBias, dX] as const;
      kernels.gruBackwardPass(...given, batch, steps, inputs, units);
    });
  }
});
