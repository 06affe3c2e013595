/**
 * Sums of gradient and hessian per bin, for the rows of a tree's node. bins [rows, features] (u8), pairs [rows, 2] (f64: gradient,
 * hessian), chosen [count] (u32 rows); adds into out [features, 256, 2] (f64). One vector addition a row and feature.
 */
export function addHistogram(bins: usize, pairs: usize, chosen: usize, out: usize, count: i32, features: i32): void {
  for (let i = 0; i < count; i++, chosen += 4) {
    const row = <usize>load<u32>(chosen);
    const pair = v128.load(pairs + (row << 4));
    let bin = bins + row * features;
    for (let to = out, end = out + (<usize>features << 12); to < end; to += 4096, bin++) {
      const at = to + (<usize>load<u8>(bin) << 4);
      v128.store(at, f64x2.add(v128.load(at), pair));
    }
  }
}
