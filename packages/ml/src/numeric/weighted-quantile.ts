/**
 * Smallest value with at least `probability` of the weight at or below it: the lower minimiser of the pinball loss. Every value weighs 1
 * without `weights`. NaN when empty.
 */
export function weightedQuantile(values: ArrayLike<number>, weights: ArrayLike<number> | undefined, probability: number): number {
  const order = Uint32Array.from({ length: values.length }, (_, i) => i).sort((a, b) => values[a] - values[b]);
  let total = 0;
  for (const i of order) total += weights ? weights[i] : 1;
  let below = 0;
  for (const i of order) {
    below += weights ? weights[i] : 1;
    if (below >= probability * total) return values[i];
  }
  return Number.NaN;
}
