import type { Random } from '../random/random.ts';
import { assignClusters, type Clustering, inertiaOf, kMeans } from './k-means.ts';

export interface MiniBatchOptions {
  /** Rows per step. Default 1,024. */
  batchRows?: number;
  /** Default 200. */
  steps?: number;
}

/**
 * Mini-batch k-means (Sculley 2010) for many rows: each step moves the centres by a random batch, a centre's step shrinking with the
 * rows it has seen. Starts from k-means on the first batch. Ends near Lloyd's answer, not at it.
 */
export function miniBatchKMeans(
  points: Float64Array,
  width: number,
  k: number,
  random: Random,
  options: MiniBatchOptions = {},
): Clustering {
  const rows = points.length / width;
  const { batchRows = 1_024, steps = 200 } = options;
  const drawBatch = () => {
    const batch = new Float64Array(Math.min(rows, batchRows) * width);
    for (let at = 0; at < batch.length; at += width) {
      const row = random.integer(rows);
      batch.set(points.subarray(row * width, (row + 1) * width), at);
    }
    return batch;
  };
  const { centres } = kMeans(rows <= batchRows ? points : drawBatch(), width, k, random);
  const counts = new Float64Array(k);
  for (let step = 0; step < steps; step++) {
    const batch = drawBatch();
    assignClusters(batch, width, centres).forEach((label, row) => {
      counts[label]++;
      for (let d = 0; d < width; d++) centres[label * width + d] += (batch[row * width + d] - centres[label * width + d]) / counts[label];
    });
  }
  const labels = assignClusters(points, width, centres);
  return { k, centres, labels, inertia: inertiaOf(points, width, centres, labels) };
}
