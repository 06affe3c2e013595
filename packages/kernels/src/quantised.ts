import { dot } from './dots.ts';
import { instantiateKernels, type KernelExports } from './instance.ts';
import { requireLength, scratchOn } from './scratch.ts';
import { topK } from './top-k.ts';

const CHUNK_ROWS = 16_384; // Scores of a chunk stay in the first-level caches.
const OVERSAMPLE = 4;

/** What was found, best first: exact scores by the full-precision rows. */
export interface Found {
  rows: Uint32Array<ArrayBuffer>;
  scores: Float32Array<ArrayBuffer>;
}

/** Rows kept as 8-bit integers in kernel memory. Freed with the object. */
export interface QuantisedRows {
  /**
   * The `k` rows with the highest dot product with `vector` [columns]. `isAllowed` leaves out rows; a row with NaN or infinity is
   * never found. 8-bit scores choose 4 k candidates, full precision ranks them: nearly the exact answer (its recall is measured in bench/).
   */
  topK(vector: Float32Array, k: number, isAllowed?: (row: number) => boolean): Found;
}

/** Quantises `matrix` [rows, columns] once. The matrix is kept for exact scores and must not change. */
export function holdQuantised(matrix: Float32Array, rows: number, columns: number): QuantisedRows {
  requireLength('matrix', matrix, rows * columns);
  const padded = Math.ceil(columns / 16) * 16;
  const kernels = instantiateKernels();
  const { bytes, sums, scales } = quantise(matrix, rows, columns, padded);
  const scratch = scratchOn(kernels);
  const at = { bytes: scratch.put(bytes), sums: scratch.put(sums), scales: scratch.put(scales) };
  const free = at.scales + scales.byteLength;
  return {
    topK(vector, k, isAllowed = () => true) {
      requireLength('vector', vector, columns);
      const candidates = collect(kernels, at, free, vector, { rows, padded, wanted: OVERSAMPLE * k, isAllowed });
      const exact = Float32Array.from(candidates, (row) => dot(matrix.subarray(row * columns, (row + 1) * columns), vector));
      const best = topK(exact, k);
      return { rows: best.map((i) => candidates[i]), scores: Float32Array.from(best, (i) => exact[i]) };
    },
  };
}

interface Collect {
  rows: number;
  padded: number;
  wanted: number;
  isAllowed(row: number): boolean;
}

/** Rows among the `wanted` highest 8-bit scores, in order of row. */
function collect(
  kernels: KernelExports,
  at: { bytes: number; sums: number; scales: number },
  free: number,
  vector: Float32Array,
  { rows, padded, wanted, isAllowed }: Collect,
): number[] {
  const scratch = scratchOn(kernels, free);
  const largest = vector.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const query = new Int8Array(padded).fill(64);
  for (let j = 0; j < vector.length; j++) query[j] = 64 + Math.round((vector[j] / (largest || 1)) * 63);
  const queryAt = scratch.put(query);
  const [scoresAt, foundAt] = [scratch.room(CHUNK_ROWS), scratch.room(CHUNK_ROWS)];
  let kept: number[] = [];
  let scores: number[] = [];
  let threshold = Number.NEGATIVE_INFINITY;
  for (let start = 0; start < rows && wanted > 0; start += CHUNK_ROWS) {
    const count = Math.min(CHUNK_ROWS, rows - start);
    const scale = (largest || 1) / 63;
    kernels.quantisedDots(at.bytes + start * padded, at.sums + start * 4, at.scales + start * 4, queryAt, scale, scoresAt, count, padded);
    const found = new Uint32Array(kernels.memory.buffer, foundAt, kernels.indicesAbove(scoresAt, count, threshold, start, foundAt));
    const chunk = new Float32Array(kernels.memory.buffer, scoresAt, count);
    for (const row of found) {
      if (!isAllowed(row)) continue;
      kept.push(row);
      scores.push(chunk[row - start]);
    }
    if (kept.length <= wanted) continue;
    const best = topK(scores, wanted);
    threshold = scores[best[best.length - 1]];
    kept = Array.from(best.sort(), (i) => kept[i]);
    scores = Array.from(best, (i) => scores[i]);
  }
  return kept;
}

function quantise(matrix: Float32Array, rows: number, columns: number, padded: number) {
  const bytes = new Int8Array(rows * padded);
  const sums = new Int32Array(rows);
  const scales = new Float32Array(rows);
  for (let r = 0; r < rows; r++) {
    let largest = 0;
    for (let j = 0; j < columns; j++) largest = Math.max(largest, Math.abs(matrix[r * columns + j]));
    scales[r] = Number.isFinite(largest) ? largest / 127 : Number.NaN;
    let sum = 0;
    for (let j = 0; j < columns && largest > 0; j++) sum += bytes[r * padded + j] = Math.round((matrix[r * columns + j] / largest) * 127);
    sums[r] = 64 * sum;
  }
  return { bytes, sums, scales };
}
