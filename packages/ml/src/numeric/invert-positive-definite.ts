import { matmul } from '@promolift/kernels';
import { choleskyFactor, choleskySolve } from './cholesky.ts';

const BLOCK = 96; // Wide enough that the products dominate, narrow enough that the plain code on the diagonal does not.

/**
 * Inverse of a symmetric positive definite matrix, row-major [n × n], in place, by block Gauss-Jordan elimination: for each diagonal block D,
 * A_ij ← A_ij − A_ik D⁻¹ A_kj. No pivoting is needed for positive definite matrices. 32-bit products: relative error about 1e-6 × condition.
 * Returns false when a diagonal block is not positive definite; the matrix is then of no use.
 */
export function invertPositiveDefinite(matrix: Float32Array, n: number): boolean {
  for (let from = 0; from < n; from += BLOCK) {
    const width = Math.min(BLOCK, n - from);
    const inverse = invertBlock(matrix, n, from, width);
    if (!inverse) return false;
    const column = readColumns(matrix, n, from, width);
    const row = matrix.slice(from * n, (from + width) * n);
    const scaled = matmul(inverse, row, width, width, n);
    const update = matmul(column, scaled, n, width, n);
    for (let at = 0; at < matrix.length; at++) matrix[at] -= update[at];
    const left = matmul(column, inverse, n, width, width);
    for (let i = 0; i < n; i++) for (let j = 0; j < width; j++) matrix[i * n + from + j] = -left[i * width + j];
    for (let i = 0; i < width; i++) {
      matrix.set(scaled.subarray(i * n, (i + 1) * n), (from + i) * n);
      matrix.set(inverse.subarray(i * width, (i + 1) * width), (from + i) * n + from);
    }
  }
  return true;
}

function readColumns(matrix: Float32Array, n: number, from: number, width: number): Float32Array {
  const columns = new Float32Array(n * width);
  for (let i = 0; i < n; i++) columns.set(matrix.subarray(i * n + from, i * n + from + width), i * width);
  return columns;
}

/** Inverse of a diagonal block, solved column by column with 64 bits. */
function invertBlock(matrix: Float32Array, n: number, from: number, width: number): Float32Array | null {
  const factor = new Float64Array(width * width);
  for (let i = 0; i < width; i++) for (let j = 0; j < width; j++) factor[i * width + j] = matrix[(from + i) * n + from + j];
  if (!choleskyFactor(factor, width)) return null;
  const inverse = new Float32Array(width * width);
  for (let j = 0; j < width; j++) {
    const unit = new Float64Array(width);
    unit[j] = 1;
    choleskySolve(factor, width, unit).forEach((value, i) => (inverse[i * width + j] = value));
  }
  return inverse;
}
