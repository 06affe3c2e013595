import { requireLength, withScratch } from './scratch.ts';

/**
 * Solves a · x = b for a symmetric positive definite `a` [n, n] (its lower triangle is read) and `b` [n, m], in double precision
 * by a = L · Lᵀ. Returns x [n, m], or undefined when `a` is not positive definite (or has NaN).
 */
export function choleskySolve(a: Float64Array, b: Float64Array, n: number, m = 1): Float64Array<ArrayBuffer> | undefined {
  requireLength('a', a, n * n);
  requireLength('b', b, n * m);
  return withScratch((scratch) => {
    const factor = scratch.put(a);
    if (!scratch.kernels.choleskyFactor(factor, n)) return undefined;
    const x = scratch.put(b);
    scratch.kernels.choleskySolve(factor, x, n, m);
    return scratch.readInto(x, new Float64Array(n * m));
  });
}

/** The inverse of a symmetric positive definite `a` [n, n], or undefined when it is not positive definite. */
export function choleskyInverse(a: Float64Array, n: number): Float64Array<ArrayBuffer> | undefined {
  const identity = new Float64Array(n * n);
  for (let i = 0; i < n; i++) identity[i * n + i] = 1;
  return choleskySolve(a, identity, n, n);
}
