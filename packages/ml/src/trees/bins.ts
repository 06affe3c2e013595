import { rowCount, type Table } from './table.ts';

/** Bin 0 holds missing values; a categorical code c stands in bin c + 1. */
export const MISSING_BIN = 0;
const MOST_CATEGORIES = 255;
const MOST_BINS = 255; // Beside the missing bin, in one byte.

/** How each column is cut into bins. */
export interface Binning {
  columns: number;
  isCategorical: boolean[];
  /** Of a numeric column, rising: bin b + 1 holds values in (edges[b − 1], edges[b]]; the last bin is open. Empty for a categorical one. */
  edges: Float64Array[];
  /** Where each column's bins start in a histogram over all columns, [columns + 1]. */
  offsets: Int32Array;
}

/**
 * Cuts numeric columns into at most `maxBins` bins of about equally many rows, at midpoints between neighbouring values: with no more
 * distinct values than bins the cuts are exact. Categorical columns hold codes 0…254; other codes count as missing.
 */
export function fitBins(table: Table, categorical: readonly number[] = [], maxBins = MOST_BINS): Binning {
  if (!(maxBins >= 2 && maxBins <= MOST_BINS)) throw new RangeError(`bins must be 2 to ${MOST_BINS}, not ${maxBins}`);
  const { columns } = table;
  const isCategorical = Array.from({ length: columns }, (_, column) => categorical.includes(column));
  const edges = isCategorical.map((category, column) => (category ? new Float64Array(0) : edgesOf(sortedColumn(table, column), maxBins)));
  const offsets = new Int32Array(columns + 1);
  for (let column = 0; column < columns; column++)
    offsets[column + 1] = offsets[column] + (isCategorical[column] ? mostCode(table, column) + 2 : edges[column].length + 2);
  return { columns, isCategorical, edges, offsets };
}

/** Every value's bin, twice: counting reads rows, splitting a node reads one column. */
export interface BinnedRows {
  binning: Binning;
  /** [rows × columns] */
  byRow: Uint8Array;
  /** [columns × rows] */
  byColumn: Uint8Array;
}

export function binRows(table: Table, binning: Binning): BinnedRows {
  const { columns, isCategorical, edges, offsets } = binning;
  const rows = rowCount(table);
  const [byRow, byColumn] = [new Uint8Array(rows * columns), new Uint8Array(rows * columns)];
  for (let column = 0; column < columns; column++) {
    const [cuts, categories] = [edges[column], offsets[column + 1] - offsets[column] - 1];
    for (let row = 0; row < rows; row++) {
      const value = table.features[row * columns + column];
      const bin = isCategorical[column] ? categoryBin(value, categories) : numericBin(value, cuts);
      byRow[row * columns + column] = bin;
      byColumn[column * rows + row] = bin;
    }
  }
  return { binning, byRow, byColumn };
}

/** Bin of a category's code; codes that are no whole number below `categories` count as missing. */
export const categoryBin = (code: number, categories = MOST_CATEGORIES): number =>
  code >= 0 && code < categories && Number.isInteger(code) ? code + 1 : MISSING_BIN;

function numericBin(value: number, cuts: Float64Array): number {
  if (Number.isNaN(value)) return MISSING_BIN;
  let [low, high] = [0, cuts.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (value <= cuts[middle]) high = middle;
    else low = middle + 1;
  }
  return low + 1;
}

function sortedColumn(table: Table, column: number): Float32Array {
  const values = new Float32Array(rowCount(table));
  let count = 0;
  for (let at = column; at < table.features.length; at += table.columns)
    if (!Number.isNaN(table.features[at])) values[count++] = table.features[at];
  return values.subarray(0, count).sort();
}

function mostCode({ features, columns }: Table, column: number): number {
  let most = -1;
  for (let at = column; at < features.length; at += columns) most = Math.max(most, categoryBin(features[at]) - 1);
  return most;
}

/** A value as frequent as a whole bin keeps a bin for itself; the other rows are shared out evenly over the bins that are left. */
function edgesOf(sorted: Float32Array, maxBins: number): Float64Array {
  const { values, counts } = distinct(sorted);
  const cuts: number[] = [];
  let [rowsLeft, binsLeft, inBin] = [sorted.length, maxBins, 0];
  for (let at = 0; at + 1 < values.length; at++) {
    inBin += counts[at];
    const share = rowsLeft / binsLeft;
    const isFull = inBin >= share || counts[at + 1] >= share;
    if (values.length > maxBins && (!isFull || binsLeft === 1)) continue;
    const middle = (values[at] + values[at + 1]) / 2;
    cuts.push(Number.isFinite(middle) ? middle : values[at]);
    rowsLeft -= inBin;
    binsLeft--;
    inBin = 0;
  }
  return Float64Array.from(cuts);
}

function distinct(sorted: Float32Array): { values: number[]; counts: number[] } {
  const [values, counts]: [number[], number[]] = [[], []];
  for (let at = 0; at < sorted.length; at++) {
    if (at > 0 && sorted[at] === sorted[at - 1]) counts[counts.length - 1]++;
    else {
      values.push(sorted[at]);
      counts.push(1);
    }
  }
  return { values, counts };
}

/** 0, 1, … count − 1. */
export function upTo(count: number): Int32Array {
  const all = new Int32Array(count);
  for (let at = 0; at < count; at++) all[at] = at;
  return all;
}
