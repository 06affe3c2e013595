import { requireLength, withScratch } from './scratch.ts';

/** Compressed sparse rows: entries i in starts[r] .. starts[r + 1] - 1 of row r stand at `columns[i]`. */
export interface SparseRows {
  /** [rows + 1], from 0 to the number of entries, never falling. */
  starts: Uint32Array;
  columns: Uint32Array;
  values: Float32Array;
}

/** `sparse` [rows, height] times `dense` [height, width]; returns [rows, width]. Throws RangeError when an index leaves its array. */
export function sparseTimesDense(sparse: SparseRows, dense: Float32Array, height: number, width: number): Float32Array<ArrayBuffer> {
  requireLength('dense', dense, height * width);
  const rows = requireRows(sparse, height);
  return withScratch((scratch) => {
    const [starts, columns] = [scratch.put(sparse.starts), scratch.put(sparse.columns)];
    const [values, right] = [scratch.put(sparse.values), scratch.put(dense)];
    const out = scratch.room(rows * width);
    scratch.kernels.sparseTimesDense(starts, columns, values, right, out, rows, width);
    return scratch.read(out, rows * width);
  });
}

function requireRows({ starts, columns, values }: SparseRows, height: number): number {
  requireLength('values', values, columns.length);
  if (starts.length === 0 || starts[0] !== 0 || starts[starts.length - 1] !== columns.length)
    throw new RangeError(`starts must go from 0 to the ${columns.length} entries`);
  for (let r = 1; r < starts.length; r++) if (starts[r] < starts[r - 1]) throw new RangeError(`starts fall at row ${r}`);
  const missing = columns.find((column) => column >= height);
  if (missing !== undefined) throw new RangeError(`column ${missing} does not exist: there are ${height}`);
  return starts.length - 1;
}
