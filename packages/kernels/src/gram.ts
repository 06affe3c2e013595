import { requireLength, withScratch } from './scratch.ts';

/** Symmetric rank-k update: xᵀ · x for `x` [rows, columns]; returns [columns, columns], exactly symmetric, at half the cost of a product. */
export function gram(x: Float32Array, rows: number, columns: number): Float32Array<ArrayBuffer> {
  requireLength('x', x, rows * columns);
  return withScratch((scratch) => {
    const from = scratch.put(x);
    const out = scratch.room(columns * columns);
    scratch.kernels.gram(from, out, rows, columns);
    return scratch.read(out, columns * columns);
  });
}
