import { choleskyFactor, choleskySolve } from '../numeric/cholesky.ts';

const RIDGE = 1e-8;

/** Ridge regression y ≈ Σ b_k x_k by its normal equations. `columns`: [k][n], a column of ones among them if wanted; `penalty`: λ of each column, [k]. */
export function ridge(columns: readonly Float64Array[], target: Float64Array, penalty: ArrayLike<number>): Float64Array {
  const k = columns.length;
  const product = (a: Float64Array, b: Float64Array) => {
    let sum = 0;
    for (let t = 0; t < target.length; t++) sum += a[t] * b[t];
    return sum;
  };
  const normal = new Float64Array(k * k);
  for (let i = 0; i < k; i++) for (let j = 0; j <= i; j++) normal[i * k + j] = product(columns[i], columns[j]);
  for (let i = 0; i < k; i++) normal[i * k + i] += penalty[i] + RIDGE * (normal[i * k + i] + 1);
  const right = Float64Array.from(columns, (column) => product(column, target));
  return choleskyFactor(normal, k) ? choleskySolve(normal, k, right) : new Float64Array(k);
}

/** What a regression on `columns` and a constant leaves. `columns`: [k][≥ n]. */
export function leastSquaresResiduals(target: Float64Array, columns: readonly Float64Array[]): Float64Array {
  const n = target.length;
  const given = [new Float64Array(n).fill(1), ...columns.map((column) => column.subarray(0, n))];
  const coefficients = ridge(given, target, new Float64Array(given.length));
  return target.map((value, t) => given.reduce((rest, column, k) => rest - coefficients[k] * column[t], value));
}
