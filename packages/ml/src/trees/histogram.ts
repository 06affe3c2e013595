/**
 * Adds first and second derivatives of rows `order[from … to)` to their bins. Shapes: `bins` [rows × columns], `pairs` [rows × 2]
 * (gradient, hessian), `offsets` [columns + 1], `histogram` [bins × 2]. The inner loop of all tree training: most of the time is here.
 */
export function addHistogram(
  bins: Uint8Array,
  offsets: Int32Array,
  pairs: Float32Array,
  order: Int32Array,
  from: number,
  to: number,
  histogram: Float64Array,
): void {
  const columns = offsets.length - 1;
  for (let at = from; at < to; at++) {
    const row = order[at];
    const gradient = pairs[2 * row];
    const hessian = pairs[2 * row + 1];
    const start = row * columns;
    for (let column = 0; column < columns; column++) {
      const bin = (offsets[column] + bins[start + column]) << 1;
      histogram[bin] += gradient;
      histogram[bin + 1] += hessian;
    }
  }
}

/** Turns a parent's histogram into that of the child that was not counted: what the other child does not hold. */
export function subtractHistogram(parent: Float64Array, child: Float64Array): void {
  for (let at = 0; at < parent.length; at++) parent[at] -= child[at];
}
