/** Rising values and how often each stands in a column. */
export interface DistinctValues {
  values: Float32Array;
  counts: Int32Array;
}

const SLOTS = 8_192; // A power of two; half of them may be used.

/** Prices, counts and codes repeat: they are counted in a small table and only the different ones are sorted. Columns with more are sorted whole. */
export function distinctValues(column: Float32Array): DistinctValues {
  return countedValues(column) ?? runsOf(column.slice().sort());
}

function countedValues(column: Float32Array): DistinctValues | null {
  const slots = new Int32Array(SLOTS).fill(-1);
  const found = new Float32Array(SLOTS / 2);
  const counts = new Int32Array(SLOTS / 2);
  const bits = new Int32Array(column.buffer, column.byteOffset, column.length);
  let size = 0;
  for (let row = 0; row < column.length; row++) {
    let slot = (Math.imul(bits[row], -1_640_531_527) >>> 16) & (SLOTS - 1);
    while (slots[slot] >= 0 && found[slots[slot]] !== column[row]) slot = (slot + 1) & (SLOTS - 1);
    if (slots[slot] < 0) {
      if (size === found.length) return null;
      slots[slot] = size;
      found[size++] = column[row];
    }
    counts[slots[slot]]++;
  }
  const order = Int32Array.from({ length: size }, (_, at) => at).sort((a, b) => found[a] - found[b]);
  return { values: Float32Array.from(order, (at) => found[at]), counts: Int32Array.from(order, (at) => counts[at]) };
}

function runsOf(sorted: Float32Array): DistinctValues {
  const [values, counts]: [number[], number[]] = [[], []];
  for (let at = 0; at < sorted.length; at++) {
    if (at > 0 && sorted[at] === sorted[at - 1]) counts[counts.length - 1]++;
    else {
      values.push(sorted[at]);
      counts.push(1);
    }
  }
  return { values: Float32Array.from(values), counts: Int32Array.from(counts) };
}
