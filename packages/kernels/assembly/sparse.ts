import { madd } from './fma';

/** out[r] += Σ values[i] · dense[columns[i]] over the entries i of row r (starts[r] .. starts[r + 1]); dense [·, width]. */
export function sparseTimesDense(starts: usize, columns: usize, values: usize, dense: usize, out: usize, rows: i32, width: i32): void {
  const rowBytes = <usize>width << 2;
  for (let r = 0; r < rows; r++, starts += 4, out += rowBytes) {
    const end = load<u32>(starts, 4);
    for (let i = load<u32>(starts); i < end; i++) {
      const value = load<f32>(values + (<usize>i << 2));
      addScaled(out, dense + <usize>load<u32>(columns + (<usize>i << 2)) * rowBytes, value, width);
    }
  }
}

@inline
export function addScaled(to: usize, from: usize, value: f32, width: i32): void {
  const by = f32x4.splat(value);
  let j = 0;
  for (; j + 4 <= width; j += 4, to += 16, from += 16) v128.store(to, madd(by, v128.load(from), v128.load(to)));
  for (; j < width; j++, to += 4, from += 4) store<f32>(to, load<f32>(to) + value * load<f32>(from));
}
