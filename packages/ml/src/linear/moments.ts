import { checkRows, type TargetRows } from '../trees/table.ts';

/** Weighted sums that least-squares problems with a free intercept need; all of centred columns. */
export interface Moments {
  columns: number;
  /** Sum of weights. */
  total: number;
  means: Float64Array;
  targetMean: number;
  /** XᵀX, [columns × columns], both triangles. */
  gram: Float64Array;
  /** Xᵀy */
  products: Float64Array;
  /** yᵀy */
  targetSquares: number;
}

/** Throws RangeError for rows that do not fit or hold a missing value: a linear model has no side for it. */
export function momentsOf(rows: TargetRows): Moments {
  checkRows(rows);
  const { features, columns, targets, weights } = rows;
  const means = new Float64Array(columns);
  let [total, targetMean] = [0, 0];
  for (let row = 0; row < targets.length; row++) {
    const weight = weights ? weights[row] : 1;
    total += weight;
    targetMean += weight * targets[row];
    for (let j = 0; j < columns; j++) means[j] += weight * features[row * columns + j];
  }
  for (let j = 0; j < columns; j++) means[j] /= total;
  targetMean /= total;
  if (!means.every(Number.isFinite)) throw new RangeError('a linear model takes no missing or infinite values');
  const gram = new Float64Array(columns * columns);
  const products = new Float64Array(columns);
  const centred = new Float64Array(columns);
  let targetSquares = 0;
  for (let row = 0; row < targets.length; row++) {
    const weight = weights ? weights[row] : 1;
    const target = targets[row] - targetMean;
    for (let j = 0; j < columns; j++) centred[j] = features[row * columns + j] - means[j];
    for (let j = 0; j < columns; j++) {
      const value = weight * centred[j];
      products[j] += value * target;
      for (let k = 0; k <= j; k++) gram[j * columns + k] += value * centred[k];
    }
    targetSquares += weight * target * target;
  }
  for (let j = 0; j < columns; j++) for (let k = 0; k < j; k++) gram[k * columns + j] = gram[j * columns + k];
  return { columns, total, means, targetMean, gram, products, targetSquares };
}

/** Intercept that belongs to weights found on centred columns. */
export function interceptOf({ means, targetMean }: Moments, weights: Float64Array): number {
  return weights.reduce((rest, weight, j) => rest - weight * means[j], targetMean);
}
