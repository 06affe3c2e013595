export interface DbscanClustering {
  /** Cluster of each row from 0, −1 for noise, [rows]. */
  labels: Int32Array;
  clusters: number;
  /** Rows with enough neighbours. */
  coreRows: number;
  noiseRows: number;
}

/**
 * DBSCAN (Ester et al. 1996): rows with at least `minNeighbours` rows within `radius` (themselves counted) are cores; cores within reach
 * of each other form a cluster, other rows within reach of a core join the first cluster that reaches them. `points`: [rows × width].
 */
export function dbscan(points: Float64Array, width: number, radius: number, minNeighbours: number): DbscanClustering {
  if (!(radius >= 0) || !(minNeighbours >= 1)) throw new RangeError('a radius ≥ 0 and at least one neighbour are needed');
  const neighbours = neighbourFinder(points, width, radius);
  const rows = points.length / width;
  const labels = new Int32Array(rows).fill(-1);
  const isSeen = new Uint8Array(rows);
  let [clusters, coreRows] = [0, 0];
  for (let row = 0; row < rows; row++) {
    if (isSeen[row]) continue;
    const own = neighbours(row);
    if (own.length < minNeighbours) continue;
    isSeen[row] = 1;
    const frontier = [own];
    coreRows++;
    labels[row] = clusters;
    for (let reached = frontier.pop(); reached; reached = frontier.pop())
      for (const other of reached) {
        if (labels[other] === -1) labels[other] = clusters;
        if (isSeen[other]) continue;
        isSeen[other] = 1;
        const further = neighbours(other);
        if (further.length < minNeighbours) continue;
        coreRows++;
        frontier.push(further);
      }
    clusters++;
  }
  return { labels, clusters, coreRows, noiseRows: labels.reduce((sum, label) => sum + (label === -1 ? 1 : 0), 0) };
}

/** Rows within the radius: only rows whose first column is near enough are looked at. */
function neighbourFinder(points: Float64Array, width: number, radius: number): (row: number) => number[] {
  const order = Int32Array.from({ length: points.length / width }, (_, row) => row).sort((a, b) => points[a * width] - points[b * width]);
  const sorted = new Float64Array(points.length);
  const placeOf = new Int32Array(order.length);
  order.forEach((row, at) => {
    sorted.set(points.subarray(row * width, (row + 1) * width), at * width);
    placeOf[row] = at;
  });
  const squaredRadius = radius * radius;
  return (row) => {
    const found: number[] = [];
    const place = placeOf[row];
    for (let at = place; at >= 0 && sorted[place * width] - sorted[at * width] <= radius; at--)
      if (squaredDistance(sorted, width, place, at) <= squaredRadius) found.push(order[at]);
    for (let at = place + 1; at < order.length && sorted[at * width] - sorted[place * width] <= radius; at++)
      if (squaredDistance(sorted, width, place, at) <= squaredRadius) found.push(order[at]);
    return found;
  };
}

function squaredDistance(points: Float64Array, width: number, a: number, b: number): number {
  let sum = 0;
  for (let d = 0; d < width; d++) {
    const difference = points[a * width + d] - points[b * width + d];
    sum += difference * difference;
  }
  return sum;
}
