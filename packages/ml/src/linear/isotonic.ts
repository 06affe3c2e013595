/** Rising points; between them the fit is straight, outside it is flat. */
export interface IsotonicModel {
  xs: Float64Array;
  ys: Float64Array;
}

/** Blocks of neighbours with one value each, never falling. `starts`: first index of each block. */
export interface Blocks {
  starts: number[];
  means: number[];
}

/** Pool adjacent violators (Ayer et al. 1955): the non-falling means closest to `values` in weighted squares; equal neighbours are one block. */
export function poolAdjacentViolators(values: ArrayLike<number>, weights: ArrayLike<number>): Blocks {
  const [starts, means, totals]: [number[], number[], number[]] = [[], [], []];
  for (let at = 0; at < values.length; at++) {
    starts.push(at);
    means.push(values[at]);
    totals.push(weights[at]);
    while (means.length > 1 && means[means.length - 2] >= means[means.length - 1]) {
      const [mean, total] = [means.pop() ?? 0, totals.pop() ?? 0];
      starts.pop();
      const last = means.length - 1;
      means[last] = (means[last] * totals[last] + mean * total) / (totals[last] + total);
      totals[last] += total;
    }
  }
  return { starts, means };
}

/** Isotonic regression of y on x; rows of equal x count as their mean. Throws RangeError when empty or of different lengths. */
export function fitIsotonicRegression(x: ArrayLike<number>, y: ArrayLike<number>, weights?: ArrayLike<number>): IsotonicModel {
  if (x.length === 0 || x.length !== y.length) throw new RangeError('x and y must have the same, positive length');
  const order = Uint32Array.from({ length: x.length }, (_, i) => i).sort((a, b) => x[a] - x[b]);
  const [points, means, totals]: [number[], number[], number[]] = [[], [], []];
  for (const i of order) {
    const weight = weights ? weights[i] : 1;
    const last = points.length - 1;
    if (points[last] === x[i]) {
      totals[last] += weight;
      means[last] += ((y[i] - means[last]) * weight) / totals[last];
    } else {
      points.push(x[i]);
      means.push(y[i]);
      totals.push(weight);
    }
  }
  const blocks = poolAdjacentViolators(means, totals);
  const [xs, ys]: [number[], number[]] = [[], []];
  blocks.starts.forEach((start, block) => {
    const end = (blocks.starts[block + 1] ?? points.length) - 1;
    for (const at of start === end ? [start] : [start, end]) {
      xs.push(points[at]);
      ys.push(blocks.means[block]);
    }
  });
  return { xs: Float64Array.from(xs), ys: Float64Array.from(ys) };
}

/** Value at `x` of a curve through rising points: straight between them, flat outside. */
export function interpolate(xs: ArrayLike<number>, ys: ArrayLike<number>, x: number): number {
  let [low, high] = [0, xs.length - 1];
  if (x <= xs[low]) return ys[low];
  if (x >= xs[high]) return ys[high];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (xs[middle] <= x) low = middle;
    else high = middle;
  }
  const share = (x - xs[low]) / (xs[high] - xs[low]);
  return ys[low] + share * (ys[high] - ys[low]);
}
