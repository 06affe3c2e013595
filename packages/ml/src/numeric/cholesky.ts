/**
 * Cholesky factor L of a symmetric positive definite matrix, in place in the lower triangle of `matrix` (row-major [n × n]).
 * Returns false when a pivot is not positive.
 */
export function choleskyFactor(matrix: Float64Array, n: number): boolean {
  for (let j = 0; j < n; j++) {
    const rowJ = j * n;
    let pivot = matrix[rowJ + j];
    for (let k = 0; k < j; k++) pivot -= matrix[rowJ + k] * matrix[rowJ + k];
    if (!(pivot > 0)) return false;
    const root = Math.sqrt(pivot);
    const inverse = 1 / root;
    matrix[rowJ + j] = root;
    for (let i = j + 1; i < n; i++) {
      const rowI = i * n;
      let sum = matrix[rowI + j];
      for (let k = 0; k < j; k++) sum -= matrix[rowI + k] * matrix[rowJ + k];
      matrix[rowI + j] = sum * inverse;
    }
  }
  return true;
}

/** Solves L Lᵀ x = right side in place, L as left by `choleskyFactor`. */
export function choleskySolve(factor: Float64Array, n: number, rightSide: Float64Array): Float64Array {
  for (let i = 0; i < n; i++) {
    let sum = rightSide[i];
    for (let k = 0; k < i; k++) sum -= factor[i * n + k] * rightSide[k];
    rightSide[i] = sum / factor[i * n + i];
  }
  for (let i = n - 1; i >= 0; i--) {
    const x = rightSide[i] / factor[i * n + i];
    rightSide[i] = x;
    for (let k = 0; k < i; k++) rightSide[k] -= factor[i * n + k] * x;
  }
  return rightSide;
}
