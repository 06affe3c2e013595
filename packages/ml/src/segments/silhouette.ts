import type { Random } from '../random/random.ts';
import { type Clustering, type KMeansOptions, kMeans } from './k-means.ts';

/**
 * Mean silhouette (Rousseeuw 1987), −1..1; higher = better separated. Each pair costs, so above `sampleSize` rows a seeded sample
 * is measured within itself. A row alone in its cluster counts 0. NaN with fewer than two clusters in the sample.
 */
export function silhouette(points: Float64Array, width: number, labels: ArrayLike<number>, random: Random, sampleSize = 2_000): number {
  const all = Int32Array.from({ length: labels.length }, (_, row) => row);
  const rows = all.length <= sampleSize ? all : random.shuffle(all).subarray(0, sampleSize);
  const clusters = 1 + rows.reduce((most, row) => Math.max(most, labels[row]), 0);
  const counts = new Int32Array(clusters);
  for (const row of rows) counts[labels[row]]++;
  if (counts.filter((count) => count > 0).length < 2) return Number.NaN;
  const sums = new Float64Array(clusters);
  let total = 0;
  for (const row of rows) {
    sums.fill(0);
    for (const other of rows) sums[labels[other]] += distance(points, width, row, other);
    total += widthOf(sums, counts, labels[row]);
  }
  return total / rows.length;
}

function distance(points: Float64Array, width: number, row: number, other: number): number {
  let sum = 0;
  for (let d = 0; d < width; d++) sum += (points[row * width + d] - points[other * width + d]) ** 2;
  return Math.sqrt(sum);
}

function widthOf(sums: Float64Array, counts: Int32Array, own: number): number {
  if (counts[own] < 2) return 0;
  const inside = sums[own] / (counts[own] - 1);
  let outside = Number.POSITIVE_INFINITY;
  for (let cluster = 0; cluster < sums.length; cluster++) {
    if (cluster !== own && counts[cluster] > 0) outside = Math.min(outside, sums[cluster] / counts[cluster]);
  }
  const larger = Math.max(inside, outside);
  return larger === 0 ? 0 : (outside - inside) / larger;
}

export interface ChosenClustering extends Clustering {
  silhouette: number;
  /** What was tried. */
  tried: { k: number; silhouette: number; inertia: number }[];
}

/** Clusters with each k and keeps the one with the best silhouette. Throws RangeError when no k fits the number of rows. */
export function chooseClustering(
  points: Float64Array,
  width: number,
  ks: readonly number[],
  random: Random,
  options?: KMeansOptions,
): ChosenClustering {
  const rows = points.length / width;
  const clusterings = ks
    .filter((k) => k >= 2 && k <= rows)
    .map((k) => {
      const clustering = kMeans(points, width, k, random.fork(k), options);
      return { ...clustering, silhouette: silhouette(points, width, clustering.labels, random.fork('silhouette')) };
    });
  if (clusterings.length === 0) throw new RangeError(`no number of clusters fits ${rows} rows`);
  const best = clusterings.reduce((a, b) => (b.silhouette > a.silhouette || Number.isNaN(a.silhouette) ? b : a));
  return { ...best, tried: clusterings.map(({ k, silhouette: s, inertia }) => ({ k, silhouette: s, inertia })) };
}
