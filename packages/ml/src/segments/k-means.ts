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

function lloyd(points: Float64Array, width: number, centres: Float64Array, maxIterations: number): Clustering {
  const rows = points.length / width;
  const k = centres.length / width;
  const labels = new Int32Array(rows).fill(-1);
  let inertia = assign(points, width, centres, labels).inertia;
  for (let iteration = 0; iteration < maxIterations; iteration++) {
    moveCentres(points, width, centres, labels);
    const step = assign(points, width, centres, labels);
    inertia = step.inertia;
    if (step.moved === 0) break;
  }
  return { k, centres, labels, inertia };
}

function assign(points: Float64Array, width: number, centres: Float64Array, labels: Int32Array) {
  let [inertia, moved] = [0, 0];
  for (let row = 0; row < labels.length; row++) {
    const { cluster, distance } = nearest(points, row * width, width, centres);
    inertia += distance;
    if (labels[row] !== cluster) moved++;
    labels[row] = cluster;
  }
  return { inertia, moved };
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
