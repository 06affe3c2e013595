import { requireLength, withScratch } from './scratch.ts';

export interface Nearest {
  /** Index of the nearest centre, the first of equals; [rows]. */
  labels: Uint32Array<ArrayBuffer>;
  /** Squared Euclidean distance to it, in single precision; [rows]. A point with NaN has label 0 and infinity. */
  distances: Float32Array<ArrayBuffer>;
}

/** The assignment step of k-means: for each of `points` [rows, columns] the nearest of `centres` [count, columns], count ≥ 1. */
export function nearestCentres(points: Float32Array, centres: Float32Array, rows: number, columns: number, count: number): Nearest {
  requireLength('points', points, rows * columns);
  requireLength('centres', centres, count * columns);
  if (count < 1) throw new RangeError('there is no centre to be near to');
  return withScratch((scratch) => {
    const [from, packed] = [scratch.put(points), scratch.put(inGroupsOfFour(centres, columns, count))];
    const [labels, distances] = [scratch.room(rows), scratch.room(rows)];
    scratch.kernels.nearestCentres(from, packed, labels, distances, rows, columns, count);
    return { labels: scratch.readInto(labels, new Uint32Array(rows)), distances: scratch.read(distances, rows) };
  });
}

function inGroupsOfFour(centres: Float32Array, columns: number, count: number): Float32Array {
  const packed = new Float32Array(Math.ceil(count / 4) * 4 * columns).fill(Number.POSITIVE_INFINITY);
  for (let i = 0; i < count; i++) {
    for (let j = 0; j < columns; j++) packed[((i >> 2) * columns + j) * 4 + (i & 3)] = centres[i * columns + j];
  }
  return packed;
}
