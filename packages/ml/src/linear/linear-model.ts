import { sigmoid } from '../neural/calibration.ts';
import { rowCount, type Table } from '../trees/table.ts';

/** margin = intercept + weights · features; a probability is its sigmoid. */
export interface LinearModel {
  kind: 'linear' | 'logistic';
  /** [columns] */
  weights: Float64Array;
  intercept: number;
}

/** A number (linear) or a probability (logistic) per row, [rows]. Throws RangeError when the table has other columns than the model. */
export function predictLinear({ kind, weights, intercept }: LinearModel, table: Table): Float64Array {
  const { features, columns } = table;
  if (columns !== weights.length || features.length % columns !== 0)
    throw new RangeError(`the model knows ${weights.length} columns, not ${columns}`);
  const predictions = new Float64Array(rowCount(table)).fill(intercept);
  for (let row = 0; row < predictions.length; row++) {
    for (let j = 0; j < columns; j++) predictions[row] += weights[j] * features[row * columns + j];
    if (kind === 'logistic') predictions[row] = sigmoid(predictions[row]);
  }
  return predictions;
}
