import { matmul } from '@promolift/kernels';
import { choleskyFactor, choleskySolve } from './cholesky.ts';

const BLOCK = 96; // Wide enough that the products dominate, narrow enough that the plain code on the diagonal does not.
const ROWS = 384; // Rows updated by one product: few enough to skip most of the upper triangle, enough to pay for the packing.

/**
 * Inverse of a symmetric positive definite matrix (its lower triangle is read), row-major [n × n], in place, by the block sweep operator
 * (Goodnight 1979): for each diagonal block D with columns C, A ← A − C D⁻¹ Cᵀ, C ← C D⁻¹, D ← −D⁻¹; swept everywhere it is −A⁻¹ and stays
 * symmetric on the way, so half of it is enough. No pivoting is needed. 32-bit products: relative error about 1e-6 × condition.
 * Returns false when a diagonal block is not positive definite; the matrix is then of no use.
 */
export function invertPositiveDefinite(matrix: Float32Array, n: number): boolean {
  for (let from = 0; from < n; from += BLOCK) {
    const width = Math.min(BLOCK, n - from);
    const inverse = invertBlock(matrix, n, from, width);
    if (!inverse) return false;
    const columns = readColumns(matrix, n, from, width);
    const scaled = matmul(columns, inverse, n, width, width);
    for (let top = 0; top < n; top += ROWS) subtract(matrix, n, width, { columns, scaled, top, bottom: Math.min(n, top + ROWS) });
    writeColumns(matrix, n, from, width, scaled, inverse);
  }
  for (let i = 0; i < n; i++) for (let j = 0; j <= i; j++) matrix[j * n + i] = matrix[i * n + j] = -matrix[i * n + j];
  return true;
}

/** Rows top..bottom of A − scaled · columnsᵀ, from the left edge to the diagonal. */
function subtract(
  matrix: Float32Array,
  n: number,
  width: number,
  { columns, scaled, top, bottom }: { columns: Float32Array; scaled: Float32Array; top: number; bottom: number },
): void {
  const rows = scaled.subarray(top * width, bottom * width);
  const update = matmul(rows, columns.subarray(0, bottom * width), bottom - top, width, bottom, { transposeB: true });
  for (let i = top; i < bottom; i++) {
    const to = i * n;
    const by = (i - top) * bottom;
    for (let j = 0; j <= i; j++) matrix[to + j] -= update[by + j];
  }
}

/** The columns of a diagonal block, [n × width], what lies above it from its row. */
function readColumns(matrix: Float32Array, n: number, from: number, width: number): Float32Array {
  const columns = new Float32Array(n * width);
  for (let i = 0; i < n; i++)
    for (let j = 0; j < width; j++) columns[i * width + j] = i >= from + j ? matrix[i * n + from + j] : matrix[(from + j) * n + i];
  return columns;
}

function writeColumns(matrix: Float32Array, n: number, from: number, width: number, scaled: Float32Array, inverse: Float32Array): void {
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < width; j++) {
      if (i >= from + width) matrix[i * n + from + j] = scaled[i * width + j];
      else if (i < from) matrix[(from + j) * n + i] = scaled[i * width + j];
      else if (i >= from + j) matrix[i * n + from + j] = -inverse[(i - from) * width + j];
    }
  }
}

/** Inverse of a diagonal block, solved column by column with 64 bits. */
function invertBlock(matrix: Float32Array, n: number, from: number, width: number): Float32Array | null {
  const factor = new Float64Array(width * width);
  for (let i = 0; i < width; i++) for (let j = 0; j <= i; j++) factor[i * width + j] = matrix[(from + i) * n + from + j];
  if (!choleskyFactor(factor, width)) return null;
  const inverse = new Float32Array(width * width);
  for (let j = 0; j < width; j++) {
    const unit = new Float64Array(width);
    unit[j] = 1;
    choleskySolve(factor, width, unit).forEach((value, i) => (inverse[i * width + j] = value));
  }
  return inverse;
}
