import { mean } from '../numeric/statistics.ts';

/**
 * Columns of equal length → one row-major matrix [rows × columns] of ln(1 + x), centred and divided by the population standard
 * deviation. Negative values count as 0 (a user who returned more than bought). A constant column becomes 0.
 */
export function logStandardise(columns: readonly ArrayLike<number>[]): Float64Array {
  const width = columns.length;
  const rows = width === 0 ? 0 : columns[0].length;
  const matrix = new Float64Array(rows * width);
  columns.forEach((column, at) => {
    const logs = Float64Array.from(column, (value) => Math.log1p(Math.max(0, value)));
    const centre = mean(logs);
    const deviation = Math.sqrt(mean(logs.map((value) => (value - centre) ** 2)));
    for (let row = 0; row < rows; row++) matrix[row * width + at] = deviation > 0 ? (logs[row] - centre) / deviation : 0;
  });
  return matrix;
}
