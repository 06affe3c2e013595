/** Eigenvalues, largest first, and unit eigenvectors: row i of `vectors` [n × n] belongs to value i. */
export interface Eigen {
  values: Float64Array;
  vectors: Float64Array;
}

const MOST_SWEEPS = 60;

/** Cyclic Jacobi (Golub & Van Loan, algorithm 8.5.3) for a symmetric row-major [n × n] matrix, which is left alone. Signs: each vector's largest part is positive. */
export function symmetricEigen(matrix: Float64Array, n: number): Eigen {
  const a = matrix.slice();
  const v = new Float64Array(n * n);
  for (let i = 0; i < n; i++) v[i * n + i] = 1;
  const size = a.reduce((sum, value) => sum + value * value, 0);
  for (let sweep = 0; sweep < MOST_SWEEPS && offDiagonal(a, n) > 1e-30 * size; sweep++)
    for (let p = 0; p < n; p++) for (let q = p + 1; q < n; q++) rotate(a, v, n, p, q);
  const order = Array.from({ length: n }, (_, i) => i).sort((i, j) => a[j * n + j] - a[i * n + i]);
  const vectors = new Float64Array(n * n);
  order.forEach((column, i) => {
    let largest = 0;
    for (let k = 0; k < n; k++) if (Math.abs(v[k * n + column]) > Math.abs(largest)) largest = v[k * n + column];
    for (let k = 0; k < n; k++) vectors[i * n + k] = largest < 0 ? -v[k * n + column] : v[k * n + column];
  });
  return { values: Float64Array.from(order, (i) => a[i * n + i]), vectors };
}

function offDiagonal(a: Float64Array, n: number): number {
  let sum = 0;
  for (let i = 0; i < n; i++) for (let j = 0; j < i; j++) sum += a[i * n + j] ** 2;
  return sum;
}

/** Turns the plane (p, q) so that a[p, q] becomes 0. */
function rotate(a: Float64Array, v: Float64Array, n: number, p: number, q: number): void {
  if (a[p * n + q] === 0) return;
  const tau = (a[q * n + q] - a[p * n + p]) / (2 * a[p * n + q]);
  const t = (tau >= 0 ? 1 : -1) / (Math.abs(tau) + Math.sqrt(1 + tau * tau));
  const c = 1 / Math.sqrt(1 + t * t);
  const s = t * c;
  for (let k = 0; k < n; k++) turn(a, k * n + p, k * n + q, c, s);
  for (let k = 0; k < n; k++) turn(a, p * n + k, q * n + k, c, s);
  for (let k = 0; k < n; k++) turn(v, k * n + p, k * n + q, c, s);
}

function turn(array: Float64Array, i: number, j: number, c: number, s: number): void {
  const [x, y] = [array[i], array[j]];
  array[i] = c * x - s * y;
  array[j] = s * x + c * y;
}
