import { type Binning, MISSING_BIN } from './bins.ts';

export interface SplitOptions {
  /** λ beside a leaf's hessians. */
  l2: number;
  /** Least gain that pays for a split (γ). */
  minGain: number;
  /** Least sum of hessians in a leaf. */
  minChildWeight: number;
  /** Rows a category is pulled to the mean by before categories are ordered. */
  categorySmoothing: number;
  /** Per column −1 (falling), 0 or +1 (rising), or empty. */
  monotone: readonly number[];
}

/** Sums over the rows of a node and the bounds that monotone ancestors set for its value. */
export interface NodeSums {
  gradient: number;
  hessian: number;
  lowest: number;
  highest: number;
}

export interface Split {
  gain: number;
  column: number;
  /** Numeric: bins up to it go left. */
  bin: number;
  missingLeft: boolean;
  /** Categorical: the bins that go left, ascending. */
  leftBins: number[] | null;
  leftGradient: number;
  leftHessian: number;
}

const LEAST_GAIN = 1e-9; // Smaller gains are rounding.

/** Value of a leaf, −G ÷ (H + λ) within its bounds. */
export const leafValue = ({ gradient, hessian, lowest, highest }: NodeSums, l2: number): number =>
  hessian + l2 > 0 ? Math.min(highest, Math.max(lowest, -gradient / (hessian + l2))) : 0;

/** Twice the loss a leaf takes away; G² ÷ (H + λ) when its value is free. */
function scoreOf(gradient: number, hessian: number, value: number, l2: number): number {
  return -(2 * gradient * value + (hessian + l2) * value * value);
}

/**
 * Best split of a node over the given columns (Chen & Guestrin 2016, eq. 7): gain = G²ₗ/(Hₗ+λ) + G²ᵣ/(Hᵣ+λ) − G²/(H+λ). Missing values
 * go to the side where they gain more; when a node has none, to the heavier child. Null when no split pays.
 */
export function findSplit(
  histogram: Float64Array,
  binning: Binning,
  columns: ArrayLike<number>,
  node: NodeSums,
  options: SplitOptions,
): Split | null {
  let best: Split | null = null;
  const floor = Math.max(LEAST_GAIN, options.minGain);
  for (let at = 0; at < columns.length; at++) {
    const column = columns[at];
    const least: number = best ? best.gain : floor;
    const found: Split | null = binning.isCategorical[column]
      ? categoricalSplit(histogram, binning, column, node, options, least)
      : numericSplit(histogram, binning, column, node, options, least);
    if (found) best = found;
  }
  return best;
}

function numericSplit(
  histogram: Float64Array,
  { offsets }: Binning,
  column: number,
  node: NodeSums,
  options: SplitOptions,
  least: number,
): Split | null {
  const [first, end] = [offsets[column], offsets[column + 1]];
  const [missingGradient, missingHessian] = [histogram[2 * first], histogram[2 * first + 1]];
  const hasMissing = missingHessian > 1e-12;
  const gainOf = gainFunction(node, options, options.monotone[column] ?? 0);
  let [bestGain, bestBin, missingLeft, bestGradient, bestHessian] = [least, -1, false, 0, 0];
  for (let side = 0; side < (hasMissing ? 2 : 1); side++) {
    let [gradient, hessian] = side === 1 ? [missingGradient, missingHessian] : [0, 0];
    // With missing values on the right, all others on the left is a split too.
    const last = hasMissing && side === 0 ? end : end - 1;
    for (let bin = first + 1; bin < last; bin++) {
      gradient += histogram[2 * bin];
      hessian += histogram[2 * bin + 1];
      if (hessian < options.minChildWeight) continue;
      if (node.hessian - hessian < options.minChildWeight) break;
      const gain = gainOf(gradient, hessian);
      if (gain > bestGain) [bestGain, bestBin, missingLeft, bestGradient, bestHessian] = [gain, bin - first, side === 1, gradient, hessian];
    }
  }
  if (bestBin < 0) return null;
  if (!hasMissing) missingLeft = bestHessian >= node.hessian - bestHessian;
  return { gain: bestGain, column, bin: bestBin, missingLeft, leftBins: null, leftGradient: bestGradient, leftHessian: bestHessian };
}

/** Categories in order of their mean gradient, then cut like numbers: the best two groups for a convex loss (Fisher 1958). */
function categoricalSplit(
  histogram: Float64Array,
  { offsets }: Binning,
  column: number,
  node: NodeSums,
  options: SplitOptions,
  least: number,
): Split | null {
  const first = offsets[column];
  const used: number[] = [];
  for (let bin = MISSING_BIN; bin < offsets[column + 1] - first; bin++) if (histogram[2 * (first + bin) + 1] > 1e-12) used.push(bin);
  const meanOf = (bin: number) => histogram[2 * (first + bin)] / (histogram[2 * (first + bin) + 1] + options.categorySmoothing);
  used.sort((a, b) => meanOf(a) - meanOf(b) || a - b);
  const gainOf = gainFunction(node, options, 0);
  let [gradient, hessian, bestGain, bestCount, bestGradient, bestHessian] = [0, 0, least, 0, 0, 0];
  for (let count = 1; count < used.length; count++) {
    gradient += histogram[2 * (first + used[count - 1])];
    hessian += histogram[2 * (first + used[count - 1]) + 1];
    if (hessian < options.minChildWeight) continue;
    if (node.hessian - hessian < options.minChildWeight) break;
    const gain = gainOf(gradient, hessian);
    if (gain > bestGain) [bestGain, bestCount, bestGradient, bestHessian] = [gain, count, gradient, hessian];
  }
  if (bestCount === 0) return null;
  const leftBins = used.slice(0, bestCount).sort((a, b) => a - b);
  return {
    gain: bestGain,
    column,
    bin: 0,
    missingLeft: leftBins[0] === MISSING_BIN,
    leftBins,
    leftGradient: bestGradient,
    leftHessian: bestHessian,
  };
}

/** Gain of a split by the sums of its left side; −∞ when it breaks the column's monotone direction. */
function gainFunction(node: NodeSums, { l2 }: SplitOptions, direction: number): (gradient: number, hessian: number) => number {
  const isFree = direction === 0 && node.lowest === Number.NEGATIVE_INFINITY && node.highest === Number.POSITIVE_INFINITY;
  const own = scoreOf(node.gradient, node.hessian, leafValue(node, l2), l2);
  if (isFree)
    return (gradient, hessian) => {
      const other = node.gradient - gradient;
      return (gradient * gradient) / (hessian + l2) + (other * other) / (node.hessian - hessian + l2) - own;
    };
  return (gradient, hessian) => {
    const right = { ...node, gradient: node.gradient - gradient, hessian: node.hessian - hessian };
    const [leftValue, rightValue] = [leafValue({ ...node, gradient, hessian }, l2), leafValue(right, l2)];
    if (direction * (rightValue - leftValue) < 0) return Number.NEGATIVE_INFINITY;
    return scoreOf(gradient, hessian, leftValue, l2) + scoreOf(right.gradient, right.hessian, rightValue, l2) - own;
  };
}
