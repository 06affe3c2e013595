import { choleskyFactor, choleskySolve } from '../numeric/cholesky.ts';

export interface Hierarchy {
  /** Row of each row's parent, −1 at the top: products point to categories, categories to the shop. [rows] */
  parents: ArrayLike<number>;
  /** Variance of each row's forecast errors (larger is trusted less), [rows]. The number of products below each row gives structural scaling. */
  variances: ArrayLike<number>;
}

/**
 * Makes forecasts add up: ỹ = ŷ − W Cᵀ (C W Cᵀ)⁻¹ C ŷ, where C holds one row parent − Σ children = 0 for each parent and W the variances
 * (minimum trace with a diagonal, Wickramasuriya, Athanasopoulos & Hyndman 2019, in its constraint form, whose system is as small as
 * the number of parents). `forecasts`: [rows × horizon], row-major; returns the same shape. Throws RangeError for variances not positive.
 */
export function reconcile(forecasts: ArrayLike<number>, horizon: number, { parents, variances }: Hierarchy): Float64Array {
  const rows = parents.length;
  const place = new Int32Array(rows).fill(-1);
  let count = 0;
  for (let row = 0; row < rows; row++) {
    if (!(variances[row] > 0)) throw new RangeError('reconciliation needs positive variances');
    if (parents[row] >= 0 && place[parents[row]] < 0) place[parents[row]] = count++;
  }
  const system = new Float64Array(count * count);
  const gaps = Array.from({ length: horizon }, () => new Float64Array(count));
  // A row is in its parent's constraint with −1 and in its own with +1.
  const membersOf = (row: number): [number, number][] => {
    const members: [number, number][] = [];
    if (place[row] >= 0) members.push([place[row], 1]);
    if (parents[row] >= 0) members.push([place[parents[row]], -1]);
    return members;
  };
  for (let row = 0; row < rows; row++)
    for (const [i, sign] of membersOf(row)) {
      for (const [j, other] of membersOf(row)) system[i * count + j] += sign * other * variances[row];
      for (let h = 0; h < horizon; h++) gaps[h][i] += sign * forecasts[row * horizon + h];
    }
  choleskyFactor(system, count);
  const pulls = gaps.map((gap) => choleskySolve(system, count, gap));
  const coherent = Float64Array.from({ length: rows * horizon }, (_, at) => forecasts[at]);
  for (let row = 0; row < rows; row++)
    for (const [i, sign] of membersOf(row))
      for (let h = 0; h < horizon; h++) coherent[row * horizon + h] -= variances[row] * sign * pulls[h][i];
  return coherent;
}
