import { choleskyFactor, choleskySolve } from '../numeric/cholesky.ts';
import type { TargetRows } from '../trees/table.ts';
import type { LinearModel } from './linear-model.ts';
import { interceptOf, momentsOf } from './moments.ts';

export interface RidgeOptions {
  /** Weight of ‖w‖² beside the sum of squared errors; the intercept is free. Default 0: ordinary least squares. */
  l2?: number;
}

const DEPENDENT = 1e-10; // A pivot this small, in units of its column's variance, is rounding.

/**
 * Ridge regression (Hoerl & Kennard 1970), w = (XᵀX + λI)⁻¹Xᵀy on centred columns, by Cholesky. Throws RangeError when columns depend on
 * each other and λ is 0: then no single answer exists.
 */
export function trainRidge(rows: TargetRows, { l2 = 0 }: RidgeOptions = {}): LinearModel {
  if (!(l2 >= 0)) throw new RangeError(`a penalty is not negative: ${l2}`);
  const moments = momentsOf(rows);
  const { columns, gram, products } = moments;
  // Columns of one size keep the factor exact when a share stands beside a price in cents.
  const scales = Float64Array.from({ length: columns }, (_, j) => Math.sqrt(gram[j * columns + j] + l2) || 1);
  const scaled = gram.map((value, at) => {
    const [j, k] = [Math.floor(at / columns), at % columns];
    return (value + (j === k ? l2 : 0)) / (scales[j] * scales[k]);
  });
  const isSolvable = choleskyFactor(scaled, columns) && scales.every((_, j) => scaled[j * columns + j] ** 2 > DEPENDENT);
  if (!isSolvable) throw new RangeError('columns depend on each other: give a penalty l2 above 0');
  const solution = choleskySolve(
    scaled,
    columns,
    products.map((product, j) => product / scales[j]),
  );
  const weights = solution.map((value, j) => value / scales[j]);
  return { kind: 'linear', weights, intercept: interceptOf(moments, weights) };
}
