import { requireLength } from './scratch.ts';

/**
 * target += Σ weights[i] · vᵢ vᵢᵀ, in place. `target` [size, size] row-major; `vectors` [count, size]; with `rows`, the
 * vectors are those rows of it. Only the lower triangle is written, which is all `choleskySolve` reads. In f64: normal
 * equations square the condition number.
 */
export function symmetricRankUpdate(
  target: Float64Array, size: number, vectors: Float32Array | Float64Array, weights: ArrayLike<number>, rows?: ArrayLike<number>,
): void {
  requireLength('target', target, size * size);
  requireLength('rows', rows ?? weights, weights.length);
  if (!rows) requireLength('vectors', vectors, weights.length * size);
  for (let v = 0; v < weights.length; v++) {
    const from = (rows ? rows[v] : v) * size;
    if (from + size > vectors.length) throw new RangeError(`row ${from / size} does not exist: there are ${vectors.length / size}`);
    for (let i = 0; i < size; i++) {
      const scaled = weights[v] * vectors[from + i];
      const row = i * size;
      for (let j = 0; j <= i; j++) target[row + j] += scaled * vectors[from + j];
    }
  }
}

/**
 * Solves matrix · x = right by Cholesky's decomposition. `matrix` [size, size] symmetric positive definite, only its lower
 * triangle is read and it is overwritten by the factor; `right` [size] is overwritten by x and returned.
 * Throws RangeError when the matrix is not positive definite.
 */
export function choleskySolve(matrix: Float64Array, right: Float64Array, size: number): Float64Array {
  requireLength('matrix', matrix, size * size);
  requireLength('right', right, size);
  for (let i = 0; i < size; i++) {
    const row = i * size;
    let rest = right[i];
    for (let j = 0; j <= i; j++) {
      const other = j * size;
      let sum = matrix[row + j];
      for (let p = 0; p < j; p++) sum -= matrix[row + p] * matrix[other + p];
      if (j < i) {
        matrix[row + j] = sum / matrix[other + j];
        rest -= matrix[row + j] * right[j];
      } else {
        if (!(sum > 0)) throw new RangeError(`matrix is not positive definite (pivot ${i})`);
        matrix[row + i] = Math.sqrt(sum);
        right[i] = rest / matrix[row + i];
      }
    }
  }
  for (let i = size - 1; i >= 0; i--) {
    let sum = right[i];
    for (let j = i + 1; j < size; j++) sum -= matrix[j * size + i] * right[j];
    right[i] = sum / matrix[i * size + i];
  }
  return right;
}
