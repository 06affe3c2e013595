import { dot } from './dots.ts';
import { instantiateKernels } from './instance.ts';
import { type KernelPool, share } from './pool.ts';
import { requireLength, type Scratch, scratchOn } from './scratch.ts';
import { topK } from './top-k.ts';

const CHUNK_ROWS = 16_384; // Their scores stay in the second-level cache.
const THREAD_CHUNK_ROWS = 262_144; // Enough work that waking the threads does not count, on a busy machine too.
const CALLS_PER_THREAD = 8;
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

/** Quantises `matrix` [rows, columns] once, for the threads of `pool` if given. The matrix is kept for exact scores and must not change. */
export function holdQuantised(matrix: Float32Array, rows: number, columns: number, { pool }: { pool?: KernelPool } = {}): QuantisedRows {
  requireLength('matrix', matrix, rows * columns);
  const padded = Math.ceil(columns / 16) * 16;
  const held = hold(quantise(matrix, rows, columns, padded), rows, padded, pool);
  return {
    topK(vector, k, isAllowed = () => true) {
      requireLength('vector', vector, columns);
      const candidates = collect(held, vector, OVERSAMPLE * k, isAllowed);
      const exact = Float32Array.from(candidates, (row) => dot(matrix.subarray(row * columns, (row + 1) * columns), vector));
      const best = topK(exact, k);
      return { rows: best.map((i) => candidates[i]), scores: Float32Array.from(best, (i) => exact[i]) };
    },
  };
}

type Quantised = ReturnType<typeof quantise>;

interface Held {
  rows: number;
  padded: number;
  scratch(): Scratch;
  /** Scores, all short of the same factor, of `count` rows from `start`, written to `out`. */
  score(query: number, start: number, count: number, out: number): void;
  chunkRows: number;
}

function hold({ bytes, sums, scales }: Quantised, rows: number, padded: number, pool?: KernelPool): Held {
  const kernels = pool?.kernels ?? instantiateKernels();
  const own = scratchOn(kernels);
  const keep = (values: Int8Array | Int32Array | Float32Array) => pool?.keep(values) ?? own.put(values);
  const at = { bytes: keep(bytes), sums: keep(sums), scales: keep(scales) };
  const free = at.scales + scales.byteLength;
  const call = (query: number, start: number, count: number, out: number) =>
    [at.bytes + start * padded, at.sums + start * 4, at.scales + start * 4, query, out, count, padded] as const;
  const shared = { rows, padded, scratch: () => pool?.scratch() ?? scratchOn(kernels, free) };
  if (!pool) return { ...shared, score: (...given) => kernels.quantisedDots(...call(...given)), chunkRows: CHUNK_ROWS };
  return {
    ...shared,
    chunkRows: pool.threads * THREAD_CHUNK_ROWS,
    score(query, start, count, out) {
      const calls = share(count, CALLS_PER_THREAD * pool.threads, 4).map(([from, length]) =>
        call(query, start + from, length, out + 4 * from),
      );
      pool.run('quantisedDots', calls);
    },
  };
}

/** Rows among the `wanted` highest 8-bit scores, in order of row. */
function collect(held: Held, vector: Float32Array, wanted: number, isAllowed: (row: number) => boolean): number[] {
  const scratch = held.scratch();
  const { kernels } = scratch;
  const query = scratch.put(quantisedQuery(vector, held.padded));
  const [scoresAt, foundAt] = [scratch.space(held.chunkRows), scratch.space(held.chunkRows)];
  let kept: number[] = [];
  let scores: number[] = [];
  let threshold = Number.NEGATIVE_INFINITY;
  for (let start = 0; start < held.rows && wanted > 0; start += held.chunkRows) {
    const count = Math.min(held.chunkRows, held.rows - start);
    held.score(query, start, count, scoresAt);
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

function quantisedQuery(vector: Float32Array, padded: number): Int8Array {
  const largest = vector.reduce((most, value) => Math.max(most, Math.abs(value)), 0) || 1;
  const query = new Int8Array(padded).fill(64);
  for (let j = 0; j < vector.length; j++) query[j] = 64 + Math.round((vector[j] / largest) * 63);
  return query;
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
