import { type KernelPool, share } from './pool.ts';
import { requireLength, type Scratch, withScratch } from './scratch.ts';

export interface MatmulOptions {
  /** `a` is stored as [k, m]. */
  transposeA?: boolean;
  /** `b` is stored as [n, k]. */
  transposeB?: boolean;
  /** Where to write the product, [m, n]; without it a new array. */
  out?: Float32Array<ArrayBuffer>;
  /** Threads to share the work. */
  pool?: KernelPool;
}

/** Matrix product: `a` [m, k] times `b` [k, n], both row-major; returns [m, n]. Throws RangeError when a length does not fit. */
export function matmul(
  a: Float32Array,
  b: Float32Array,
  m: number,
  k: number,
  n: number,
  { transposeA = false, transposeB = false, out = new Float32Array(m * n), pool }: MatmulOptions = {},
): Float32Array<ArrayBuffer> {
  requireLength('a', a, m * k);
  requireLength('b', b, k * n);
  requireLength('out', out, m * n);
  const run = (scratch: Scratch) => {
    const [left, right, product] = [scratch.put(a), scratch.put(b), scratch.space(m * n)];
    const [aRow, aColumn] = transposeA ? [1, m] : [k, 1];
    const [bRow, bColumn] = transposeB ? [1, k] : [n, 1];
    const rows = (start: number, count: number) =>
      [count, n, k, left + 4 * start * aRow, aRow, aColumn, right, bRow, bColumn, product + 4 * start * n, n, 0] as const;
    const columns = (start: number, count: number) =>
      [m, count, k, left, aRow, aColumn, right + 4 * start * bColumn, bRow, bColumn, product + 4 * start, n, 0] as const;
    if (!pool) scratch.kernels.gemm(...rows(0, m));
    else if (m >= n)
      pool.run(
        'gemm',
        share(m, CALLS_PER_THREAD * pool.threads, ROW_GRAIN).map(([start, count]) => rows(start, count)),
      );
    else
      pool.run(
        'gemm',
        share(n, CALLS_PER_THREAD * pool.threads, COLUMN_GRAIN).map(([start, count]) => columns(start, count)),
      );
    return scratch.readInto(product, out);
  };
  return pool ? run(pool.scratch()) : withScratch(run);
}

// The sides of a tile of results: a share ends with a whole one.
const ROW_GRAIN = 6;
const COLUMN_GRAIN = 8;
const CALLS_PER_THREAD = 2; // Enough to level threads out; each call packs the other operand once more.
