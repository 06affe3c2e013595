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

/** Greedy: of a few rows drawn by their squared distance the one that leaves least distance becomes the next centre, which spares later steps. */
function seedCentres(points: Float64Array, width: number, k: number, random: Random): Float64Array {
  const rows = points.length / width;
  const trials = 2 + Math.floor(Math.log(k));
  const centres = new Float64Array(k * width);
  let distances = new Float64Array(rows).fill(Number.POSITIVE_INFINITY);
  for (let c = 0; c < k; c++) {
    // All remaining rows may equal a centre already taken; then any row is as good.
    const isFree = c === 0 || !distances.some((distance) => distance > 0);
    let [row, least] = [0, Number.POSITIVE_INFINITY];
    let nearest = distances;
    for (let trial = 0; trial < (isFree ? 1 : trials); trial++) {
      const candidate = isFree ? random.integer(rows) : random.categorical(distances);
      const left = new Float64Array(rows);
      let sum = 0;
      for (let r = 0; r < rows; r++)
        sum += left[r] = Math.min(distances[r], squaredDistance(points, r * width, points, candidate * width, width));
      if (sum < least) [row, least, nearest] = [candidate, sum, left];
    }
    distances = nearest;
    centres.set(points.subarray(row * width, (row + 1) * width), c * width);
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
  const [sums, counts] = [new Float64Array(centres.length), new Int32Array(k)];
  for (let row = 0; row < rows; row++) {
    compare(points, row, width, centres, labels, upper, lower);
    count(points, row, width, labels[row], 1, sums, counts);
  }
  for (let iteration = 0, moved = rows; iteration < maxIterations && moved > 0; iteration++) {
    const steps = moveCentres(centres, width, sums, counts);
    const most = steps.reduce((a, b) => Math.max(a, b), 0);
    const apart = halfGaps(centres, width);
    moved = 0;
    for (let row = 0; row < rows; row++) {
      const label = labels[row];
      // Bounds give way by how far centres went.
      upper[row] += steps[label];
      lower[row] -= most;
      const enough = Math.max(apart[label], lower[row]);
      if (upper[row] < enough) continue;
      upper[row] = Math.sqrt(squaredDistance(points, row * width, centres, label * width, width));
      if (upper[row] < enough) continue;
      compare(points, row, width, centres, labels, upper, lower);
      if (labels[row] === label) continue;
      moved++;
      count(points, row, width, label, -1, sums, counts);
      count(points, row, width, labels[row], 1, sums, counts);
    }
  }
  return { k, centres, labels, inertia: inertiaOf(points, width, centres, labels) };
}

/** Adds a row to its cluster's sum (+1) or takes it out (−1). */
function count(points: Float64Array, row: number, width: number, label: number, by: number, sums: Float64Array, counts: Int32Array): void {
  counts[label] += by;
  for (let d = 0; d < width; d++) sums[label * width + d] += by * points[row * width + d];
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

/** Each centre to the mean of its rows; a centre without rows stays where it is. Returns how far each went. */
function moveCentres(centres: Float64Array, width: number, sums: Float64Array, counts: Int32Array): Float64Array {
  return Float64Array.from(counts, (rows, label) => {
    if (rows === 0) return 0;
    let step = 0;
    for (let at = label * width; at < (label + 1) * width; at++) {
      const mean = sums[at] / rows;
      step += (mean - centres[at]) ** 2;
      centres[at] = mean;
    }
    return Math.sqrt(step);
  });
}
