import { requireLength, withScratch } from './scratch.ts';

export interface MatmulOptions {
  /** `a` is stored as [k, m]. */
  transposeA?: boolean;
  /** `b` is stored as [n, k]. */
  transposeB?: boolean;
  /** Where to write the product, [m, n]; without it a new array. */
  out?: Float32Array<ArrayBuffer>;
}

/** Matrix product: `a` [m, k] times `b` [k, n], both row-major; returns [m, n]. Throws RangeError when a length does not fit. */
export function matmul(
  a: Float32Array,
  b: Float32Array,
  m: number,
  k: number,
  n: number,
  { transposeA = false, transposeB = false, out = new Float32Array(m * n) }: MatmulOptions = {},
): Float32Array<ArrayBuffer> {
  requireLength('a', a, m * k);
  requireLength('b', b, k * n);
  requireLength('out', out, m * n);
  return withScratch((scratch) => {
    const left = scratch.put(a);
    const right = scratch.put(b);
    const product = scratch.room(m * n);
    const [aRow, aColumn] = transposeA ? [1, m] : [k, 1];
    const [bRow, bColumn] = transposeB ? [1, k] : [n, 1];
    scratch.kernels.gemm(m, n, k, left, aRow, aColumn, right, bRow, bColumn, product, n, true);
    return scratch.readInto(product, out);
  });
}
