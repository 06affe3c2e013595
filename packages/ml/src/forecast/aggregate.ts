/**
 * Sums series by group, for example products into categories. `series`: [rows × length], row-major; `groupIndex`: [rows], −1 for none.
 * Returns [groupCount × length].
 */
export function sumByGroup(series: ArrayLike<number>, length: number, groupIndex: ArrayLike<number>, groupCount: number): Float64Array {
  const sums = new Float64Array(groupCount * length);
  for (let row = 0; row < groupIndex.length; row++) {
    if (groupIndex[row] < 0) continue;
    for (let t = 0; t < length; t++) sums[groupIndex[row] * length + t] += series[row * length + t];
  }
  return sums;
}
