import type { Random } from '../random/random.ts';

export interface Clustering {
  k: number;
  /** [k × width], row-major. */
  centres: Float64Array;
  /** Cluster of each row, [rows]. */
  labels: Int32Array;
  /** Sum of squared distances to the nearest centre. */
  inertia: number;
}

export interface KMeansOptions {
  /** Independent k-means++ starts; the lowest inertia wins. Default 10. */
  starts?: number;
  /** Default 300. */
  maxIterations?: number;
}

/** k-means++ (Arthur & Vassilvitskii 2007) with Lloyd's steps until no label moves. `points`: [rows × width]. Throws RangeError when there are fewer rows than clusters. */
export function kMeans(
  points: Float64Array,
  width: number,
  k: number,
  random: Random,
  { starts = 10, maxIterations = 300 }: KMeansOptions = {},
): Clustering {
  if (points.length / width < k) throw new RangeError(`${points.length / width} rows cannot form ${k} clusters`);
  let best: Clustering | undefined;
  for (let start = 0; start < Math.max(1, starts); start++) {
    const clustering = lloyd(points, width, seedCentres(points, width, k, random), maxIterations);
    if (!best || clustering.inertia < best.inertia) best = clustering;
  }
  if (!best) throw new RangeError('k-means needs a start');
  return best;
}

/** Nearest centre of each row of `points`, for users who came after the segments were made. */
export function assignClusters(points: Float64Array, width: number, centres: Float64Array): Int32Array {
  return Int32Array.from({ length: points.length / width }, (_, row) => nearest(points, row * width, width, centres).cluster);
}

function squaredDistance(a: Float64Array, atA: number, b: Float64Array, atB: number, width: number): number {
  let sum = 0;
  for (let d = 0; d < width; d++) {
    const difference = a[atA + d] - b[atB + d];
    sum += difference * difference;
  }
  return sum;
}

function nearest(points: Float64Array, at: number, width: number, centres: Float64Array) {
  let [cluster, distance] = [0, Number.POSITIVE_INFINITY];
  for (let c = 0; c * width < centres.length; c++) {
    const candidate = squaredDistance(points, at, centres, c * width, width);
    if (candidate < distance) [cluster, distance] = [c, candidate];
  }
  return { cluster, distance };
}

function seedCentres(points: Float64Array, width: number, k: number, random: Random): Float64Array {
  const rows = points.length / width;
  const centres = new Float64Array(k * width);
  const distances = new Float64Array(rows).fill(Number.POSITIVE_INFINITY);
  for (let c = 0; c < k; c++) {
    // All remaining rows may equal a centre already taken; then any row is as good.
    const row = c === 0 || !distances.some((distance) => distance > 0) ? random.integer(rows) : random.categorical(distances);
    centres.set(points.subarray(row * width, (row + 1) * width), c * width);
    for (let r = 0; r < rows; r++) distances[r] = Math.min(distances[r], squaredDistance(points, r * width, centres, c * width, width));
  }
  return centres;
}

/** Sum of squared distances to the labelled centres. */
export function inertiaOf(points: Float64Array, width: number, centres: Float64Array, labels: Int32Array): number {
  let sum = 0;
  for (let row = 0; row < labels.length; row++) sum += squaredDistance(points, row * width, centres, labels[row] * width, width);
  return sum;
}

/** Bounds of Hamerly (2010): a row whose own centre is surely nearer than any other is not compared again. The labels are those of plain Lloyd steps. */
function lloyd(points: Float64Array, width: number, centres: Float64Array, maxIterations: number): Clustering {
  const rows = points.length / width;
  const k = centres.length / width;
  const labels = new Int32Array(rows);
  const [upper, lower] = [new Float64Array(rows), new Float64Array(rows)];
  for (let row = 0; row < rows; row++) compare(points, row, width, centres, labels, upper, lower);
  for (let iteration = 0; iteration < maxIterations; iteration++) {
    const before = centres.slice();
    moveCentres(points, width, centres, labels);
    loosen(before, centres, width, labels, upper, lower);
    const apart = halfGaps(centres, width);
    let moved = 0;
    for (let row = 0; row < rows; row++) {
      const enough = Math.max(apart[labels[row]], lower[row]);
      if (upper[row] < enough) continue;
      upper[row] = Math.sqrt(squaredDistance(points, row * width, centres, labels[row] * width, width));
      if (upper[row] < enough) continue;
      const label = labels[row];
      compare(points, row, width, centres, labels, upper, lower);
      if (labels[row] !== label) moved++;
    }
    if (moved === 0) break;
  }
  return { k, centres, labels, inertia: inertiaOf(points, width, centres, labels) };
}

/** Labels a row with its nearest centre; `upper` is the distance to it, `lower` to the second nearest. */
function compare(
  points: Float64Array,
  row: number,
  width: number,
  centres: Float64Array,
  labels: Int32Array,
  upper: Float64Array,
  lower: Float64Array,
): void {
  let [nearestSquare, secondSquare] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  for (let c = 0; c * width < centres.length; c++) {
    const square = squaredDistance(points, row * width, centres, c * width, width);
    if (square < nearestSquare) {
      secondSquare = nearestSquare;
      nearestSquare = square;
      labels[row] = c;
    } else if (square < secondSquare) secondSquare = square;
  }
  upper[row] = Math.sqrt(nearestSquare);
  lower[row] = Math.sqrt(secondSquare);
}

/** Bounds give way by how far centres went. */
function loosen(
  before: Float64Array,
  centres: Float64Array,
  width: number,
  labels: Int32Array,
  upper: Float64Array,
  lower: Float64Array,
): void {
  const steps = Float64Array.from({ length: centres.length / width }, (_, c) =>
    Math.sqrt(squaredDistance(before, c * width, centres, c * width, width)),
  );
  const most = steps.reduce((a, b) => Math.max(a, b), 0);
  for (let row = 0; row < labels.length; row++) {
    upper[row] += steps[labels[row]];
    lower[row] -= most;
  }
}

/** Half the distance of each centre to its nearest other one. */
function halfGaps(centres: Float64Array, width: number): Float64Array {
  const k = centres.length / width;
  const gaps = new Float64Array(k).fill(Number.POSITIVE_INFINITY);
  for (let a = 0; a < k; a++)
    for (let b = 0; b < a; b++) {
      const half = Math.sqrt(squaredDistance(centres, a * width, centres, b * width, width)) / 2;
      gaps[a] = Math.min(gaps[a], half);
      gaps[b] = Math.min(gaps[b], half);
    }
  return gaps;
}

/** Each centre to the mean of its rows; a centre without rows stays where it is. */
function moveCentres(points: Float64Array, width: number, centres: Float64Array, labels: Int32Array): void {
  const counts = new Int32Array(centres.length / width);
  const sums = new Float64Array(centres.length);
  for (let row = 0; row < labels.length; row++) {
    counts[labels[row]]++;
    for (let d = 0; d < width; d++) sums[labels[row] * width + d] += points[row * width + d];
  }
  for (let at = 0; at < sums.length; at++) {
    const count = counts[Math.floor(at / width)];
    if (count > 0) centres[at] = sums[at] / count;
  }
}
