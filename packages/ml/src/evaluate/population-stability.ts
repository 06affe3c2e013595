/** Inner edges that cut values into bins of about equal size; fewer where many values are the same. NaN and infinities are left out. */
export function quantileEdges(values: ArrayLike<number>, bins: number): number[] {
  const sorted = Float64Array.from(values).filter(Number.isFinite).sort();
  const edges = Array.from({ length: bins - 1 }, (_, at) => sorted[Math.floor(((at + 1) * sorted.length) / bins)]);
  return sorted.length === 0 ? [] : [...new Set(edges)];
}

/** How many values lie in each bin; bin i holds edge[i−1] ≤ value < edge[i]. Length: edges + 1. */
export function countByEdges(values: ArrayLike<number>, edges: readonly number[]): number[] {
  const counts = new Array<number>(edges.length + 1).fill(0);
  for (let at = 0; at < values.length; at++) {
    if (!Number.isFinite(values[at])) continue;
    let bin = 0;
    while (bin < edges.length && values[at] >= edges[bin]) bin++;
    counts[bin]++;
  }
  return counts;
}

const LEAST_SHARE = 1e-4; // An empty bin counts as one in ten thousand, so that its logarithm is a number.

/**
 * Population stability index Σ (aᵢ − eᵢ) ln(aᵢ / eᵢ) of shares e before and a now: 0 = the same, from 0.1 a shift, from 0.25 a large
 * one (Siddiqi 2006, Credit Risk Scorecards). 0 when either side counts nothing.
 */
export function populationStability(before: readonly number[], now: readonly number[]): number {
  const total = (counts: readonly number[]) => counts.reduce((sum, count) => sum + count, 0);
  const [allBefore, allNow] = [total(before), total(now)];
  if (allBefore === 0 || allNow === 0) return 0;
  return before.reduce((sum, count, bin) => {
    const expected = Math.max(LEAST_SHARE, count / allBefore);
    const actual = Math.max(LEAST_SHARE, (now[bin] ?? 0) / allNow);
    return sum + (actual - expected) * Math.log(actual / expected);
  }, 0);
}
