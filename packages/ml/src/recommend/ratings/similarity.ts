import { type Interactions, transpose } from '../interactions.ts';

/** The measures of Surprise's neighbourhood models. */
export type SimilarityMeasure = 'cosine' | 'mean-squared-difference' | 'pearson' | 'pearson-baseline';

export interface SimilarityOptions {
  measure: SimilarityMeasure;
  /** Pairs with fewer common columns have similarity 0. Default 1. */
  minimumSupport?: number;
  /** Pearson-baseline only: λ in (n − 1) / (n − 1 + λ), which pulls pairs with few common columns to 0. Default 100. */
  shrinkage?: number;
}

/** Sums over the common columns of two rows, each [rows × rows], lower triangle. */
interface PairSums {
  products: Float64Array;
  squaresA: Float64Array;
  squaresB: Float64Array;
  sumsA: Float64Array;
  sumsB: Float64Array;
  counts: Int32Array;
}

/**
 * Similarities of all pairs of rows over their common columns, [rows × rows]. `expected(row, column)` is subtracted first for
 * 'pearson-baseline' (Koren 2010, eq. 2); 'pearson' subtracts the means over the common columns; 'mean-squared-difference' is 1 / (1 + msd).
 * Memory grows with rows²: 10,000 rows take 400 MB.
 */
export function similarities(
  rows: Interactions,
  options: SimilarityOptions,
  expected: (row: number, column: number) => number,
): Float32Array {
  const { measure, minimumSupport = 1, shrinkage = 100 } = options;
  const n = rows.userCount;
  const sums = pairSums(rows, measure === 'pearson-baseline' ? expected : () => 0, measure === 'pearson');
  const out = new Float32Array(n * n);
  for (let a = 0; a < n; a++) {
    out[a * n + a] = 1;
    for (let b = 0; b < a; b++) {
      const at = a * n + b;
      const count = sums.counts[at];
      if (count < Math.max(1, minimumSupport)) continue;
      out[at] = out[b * n + a] = similarityOf(measure, sums, at, count) * (measure === 'pearson-baseline' ? shrink(count, shrinkage) : 1);
    }
  }
  return out;
}

const shrink = (count: number, shrinkage: number) => (count === 1 ? 0 : (count - 1) / (count - 1 + shrinkage));

function similarityOf(measure: SimilarityMeasure, sums: PairSums, at: number, count: number): number {
  const [product, a, b] = [sums.products[at], sums.squaresA[at], sums.squaresB[at]];
  if (measure === 'mean-squared-difference') return 1 / (1 + Math.max(0, a + b - 2 * product) / count);
  if (measure !== 'pearson') return ratio(product, a * b);
  const [sumA, sumB] = [sums.sumsA[at], sums.sumsB[at]];
  return ratio(count * product - sumA * sumB, (count * a - sumA * sumA) * (count * b - sumB * sumB));
}

const ratio = (product: number, squares: number) => (squares > 0 ? product / Math.sqrt(squares) : 0);

function pairSums(rows: Interactions, expected: (row: number, column: number) => number, withSums: boolean): PairSums {
  const columns = transpose(rows);
  const n = rows.userCount;
  const room = () => new Float64Array(n * n);
  const [products, squaresA, squaresB] = [room(), room(), room()];
  const [sumsA, sumsB] = withSums ? [room(), room()] : [new Float64Array(), new Float64Array()];
  const counts = new Int32Array(n * n);
  for (let column = 0; column < columns.userCount; column++) {
    const [from, to] = [columns.offsets[column], columns.offsets[column + 1]];
    const values = Float64Array.from(
      { length: to - from },
      (_, i) => columns.weights[from + i] - expected(columns.items[from + i], column),
    );
    for (let i = 0; i < values.length; i++) {
      const [row, a] = [columns.items[from + i] * n, values[i]];
      for (let j = 0; j < i; j++) {
        const at = row + columns.items[from + j];
        const b = values[j];
        products[at] += a * b;
        squaresA[at] += a * a;
        squaresB[at] += b * b;
        counts[at]++;
        if (!withSums) continue;
        sumsA[at] += a;
        sumsB[at] += b;
      }
    }
  }
  return { products, squaresA, squaresB, sumsA, sumsB, counts };
}
