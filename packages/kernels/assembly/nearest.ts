/**
 * For every point [columns] the nearest of `count` centres by squared Euclidean distance; the first of equals. `packed` holds
 * the centres in groups of four, column by column, the last group filled with infinity. Four points at a time share its loads.
 * Writes labels (u32) and distances; nothing is nearer than infinity, which is what a point with NaN gets.
 */
export function nearestCentres(points: usize, packed: usize, labels: usize, distances: usize, rows: i32, columns: i32, count: i32): void {
  const row = <usize>columns << 2;
  for (let r = 0; r < rows; r += 4) {
    const i1 = min(r + 1, rows - 1), i2 = min(r + 2, rows - 1), i3 = min(r + 3, rows - 1);
    const p0 = points + <usize>r * row, p1 = points + <usize>i1 * row, p2 = points + <usize>i2 * row, p3 = points + <usize>i3 * row;
    let b0 = f32x4.splat(f32.POSITIVE_INFINITY), b1 = b0, b2 = b0, b3 = b0;
    let l0 = i32x4.splat(0), l1 = l0, l2 = l0, l3 = l0;
    let index = i32x4(0, 1, 2, 3);
    let centre = packed;
    for (let group = 0; group < count; group += 4) {
      let s0 = f32x4.splat(0), s1 = s0, s2 = s0, s3 = s0;
      for (let c: usize = 0; c < row; c += 4, centre += 16) {
        const at = v128.load(centre);
        s0 = addSquare(v128.load_splat<f32>(p0 + c), at, s0);
        s1 = addSquare(v128.load_splat<f32>(p1 + c), at, s1);
        s2 = addSquare(v128.load_splat<f32>(p2 + c), at, s2);
        s3 = addSquare(v128.load_splat<f32>(p3 + c), at, s3);
      }
      let isNearer = f32x4.lt(s0, b0);
      b0 = v128.bitselect(s0, b0, isNearer);
      l0 = v128.bitselect(index, l0, isNearer);
      isNearer = f32x4.lt(s1, b1);
      b1 = v128.bitselect(s1, b1, isNearer);
      l1 = v128.bitselect(index, l1, isNearer);
      isNearer = f32x4.lt(s2, b2);
      b2 = v128.bitselect(s2, b2, isNearer);
      l2 = v128.bitselect(index, l2, isNearer);
      isNearer = f32x4.lt(s3, b3);
      b3 = v128.bitselect(s3, b3, isNearer);
      l3 = v128.bitselect(index, l3, isNearer);
      index = i32x4.add(index, i32x4.splat(4));
    }
    writeNearest(b0, l0, labels, distances, r);
    writeNearest(b1, l1, labels, distances, i1);
    writeNearest(b2, l2, labels, distances, i2);
    writeNearest(b3, l3, labels, distances, i3);
  }
}

@inline
export function addSquare(a: v128, b: v128, sum: v128): v128 {
  const difference = f32x4.sub(a, b);
  return f32x4.add(sum, f32x4.mul(difference, difference));
}

/** The best of four lanes. A lane that found nothing holds infinity. */
function writeNearest(best: v128, chosen: v128, labels: usize, distances: usize, at: i32): void {
  let nearest = f32x4.extract_lane(best, 0), label = i32x4.extract_lane(chosen, 0);
  for (let lane = 1; lane < 4; lane++) {
    best = v128.shuffle<i32>(best, best, 1, 2, 3, 0);
    chosen = v128.shuffle<i32>(chosen, chosen, 1, 2, 3, 0);
    const d = f32x4.extract_lane(best, 0), l = i32x4.extract_lane(chosen, 0);
    if (d < nearest || (d == nearest && l < label)) {
      nearest = d;
      label = l;
    }
  }
  store<i32>(labels + (<usize>at << 2), label);
  store<f32>(distances + (<usize>at << 2), nearest);
}
