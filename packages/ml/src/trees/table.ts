/** Rows to learn from or to predict. */
export interface Table {
  /** [rows × columns], row-major; NaN = missing. */
  features: Float32Array;
  columns: number;
}

/** Rows with what is to be predicted. */
export interface TargetRows extends Table {
  /** [rows] */
  targets: ArrayLike<number>;
  /** [rows], not negative; every row weighs 1 without it. */
  weights?: ArrayLike<number>;
}

export const rowCount = ({ features, columns }: Table): number => features.length / columns;

/** Throws RangeError for arrays that do not fit each other, no rows, or targets that are not finite. */
export function checkRows({ features, columns, targets, weights }: TargetRows): void {
  if (!(columns >= 1) || features.length !== targets.length * columns)
    throw new RangeError('features and targets do not have the same number of rows');
  if (targets.length === 0) throw new RangeError('there are no rows to learn from');
  if (weights && weights.length !== targets.length) throw new RangeError('weights and targets do not have the same number of rows');
  for (let row = 0; row < targets.length; row++)
    if (!Number.isFinite(targets[row])) throw new RangeError(`the target of row ${row} is not a number`);
}

/** The named rows, in the given order. */
export function pickRows<T extends TargetRows>({ features, columns, targets, weights }: T, rows: ArrayLike<number>): TargetRows {
  const picked = new Float32Array(rows.length * columns);
  for (let at = 0; at < rows.length; at++) picked.set(features.subarray(rows[at] * columns, (rows[at] + 1) * columns), at * columns);
  const pick = (values: ArrayLike<number>) => Float64Array.from({ length: rows.length }, (_, at) => values[rows[at]]);
  return { features: picked, columns, targets: pick(targets), ...(weights ? { weights: pick(weights) } : {}) };
}
