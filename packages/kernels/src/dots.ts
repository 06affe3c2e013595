import { instantiateKernels } from './instance.ts';
import { requireLength, scratchOn, withScratch } from './scratch.ts';

/** Sum of a[i] · b[i]. In plain code: copying both vectors into kernel memory costs more than it saves. */
export function dot(a: Float32Array, b: Float32Array): number {
  requireLength('b', b, a.length);
  let [s0, s1, s2, s3] = [0, 0, 0, 0];
  let i = 0;
  for (; i + 4 <= a.length; i += 4) {
    s0 += a[i] * b[i];
    s1 += a[i + 1] * b[i + 1];
    s2 += a[i + 2] * b[i + 2];
    s3 += a[i + 3] * b[i + 3];
  }
  for (; i < a.length; i++) s0 += a[i] * b[i];
  return s0 + s1 + (s2 + s3);
}

/** `matrix` [rows, columns] times `vector` [columns]; returns [rows]. For one matrix and many vectors see `holdMatrix`. */
export function matVec(matrix: Float32Array, vector: Float32Array, rows: number, columns: number): Float32Array<ArrayBuffer> {
  requireLength('matrix', matrix, rows * columns);
  requireLength('vector', vector, columns);
  return withScratch((scratch) => {
    const held = scratch.put(matrix);
    const by = scratch.put(vector);
    const out = scratch.room(rows);
    scratch.kernels.dotRows(held, by, out, rows, columns);
    return scratch.read(out, rows);
  });
}

/** Products of chosen rows of `matrix` [·, columns] with `vector`; returns one per index. Throws RangeError for an index without a row. */
export function gatherDots(matrix: Float32Array, columns: number, indices: Uint32Array, vector: Float32Array): Float32Array<ArrayBuffer> {
  requireLength('vector', vector, columns);
  requireRows(indices, columns > 0 ? matrix.length / columns : Infinity);
  const out = new Float32Array(indices.length);
  for (let i = 0; i < indices.length; i++) {
    const from = indices[i] * columns;
    let sum = 0;
    for (let j = 0; j < columns; j++) sum += matrix[from + j] * vector[j];
    out[i] = sum;
  }
  return out;
}

/** A matrix that stays in kernel memory, for scoring many vectors without copying it again. Freed with the object. */
export interface HeldMatrix {
  readonly rows: number;
  readonly columns: number;
  /** Every row times `vector` [columns]; returns [rows], written to `out` if given. */
  matVec(vector: Float32Array, out?: Float32Array<ArrayBuffer>): Float32Array<ArrayBuffer>;
  /** The chosen rows times `vector` [columns]; returns one per index. */
  gatherDots(indices: Uint32Array, vector: Float32Array): Float32Array<ArrayBuffer>;
}

/** Copies `matrix` [rows, columns] once into a memory of its own. */
export function holdMatrix(matrix: Float32Array, rows: number, columns: number): HeldMatrix {
  requireLength('matrix', matrix, rows * columns);
  const kernels = instantiateKernels();
  const held = scratchOn(kernels).put(matrix);
  const free = held + matrix.byteLength;
  return {
    rows,
    columns,
    matVec(vector, out = new Float32Array(rows)) {
      requireLength('vector', vector, columns);
      requireLength('out', out, rows);
      const scratch = scratchOn(kernels, free);
      const [by, products] = [scratch.put(vector), scratch.space(rows)];
      kernels.dotRows(held, by, products, rows, columns);
      return scratch.readInto(products, out);
    },
    gatherDots(indices, vector) {
      requireLength('vector', vector, columns);
      requireRows(indices, rows);
      const scratch = scratchOn(kernels, free);
      const chosen = scratch.put(indices);
      const by = scratch.put(vector);
      const out = scratch.room(indices.length);
      kernels.dotGatheredRows(held, chosen, by, out, indices.length, columns);
      return scratch.read(out, indices.length);
    },
  };
}

function requireRows(indices: Uint32Array, rows: number): void {
  for (let i = 0; i < indices.length; i++) {
    if (indices[i] >= rows) throw new RangeError(`row ${indices[i]} does not exist: the matrix has ${rows}`);
  }
}
