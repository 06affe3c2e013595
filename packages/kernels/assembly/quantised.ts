/**
 * Integer dots of rows [·, columns] (i8, columns a multiple of 16) with a query [columns] of values within ±63 stored with 64 added.
 * `sums` holds 64 × each row's sum, which that shift puts on top. Scores = scale · scales[r] · dot, as f32.
 */
export function quantisedDots(rows: usize, sums: usize, scales: usize, query: usize, scale: f32, out: usize, count: i32, columns: i32): void {
  for (let r = 0; r < count; r++, sums += 4, scales += 4, out += 4) {
    let s = i32x4.splat(0), t = i32x4.splat(0);
    let c = 0;
    for (; c + 32 <= columns; c += 32, rows += 32) {
      s = dot16(v128.load(rows), v128.load(query + c), s);
      t = dot16(v128.load(rows, 16), v128.load(query + c, 16), t);
    }
    for (; c < columns; c += 16, rows += 16) s = dot16(v128.load(rows), v128.load(query + c), s);
    s = i32x4.add(s, t);
    s = i32x4.add(s, v128.shuffle<i32>(s, s, 2, 3, 0, 1));
    const dot = i32x4.extract_lane(s, 0) + i32x4.extract_lane(s, 1) - load<i32>(sums);
    store<f32>(out, <f32>dot * load<f32>(scales) * scale);
  }
}

/** Exact in both builds: the query's values are below 128, where the relaxed instruction has one meaning. */
@inline
function dot16(a: v128, b: v128, sum: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return i32x4.relaxed_dot_i8x16_i7x16_add_s(a, b, sum);
  const low = i32x4.dot_i16x8_s(i16x8.extend_low_i8x16_s(a), i16x8.extend_low_i8x16_s(b));
  const high = i32x4.dot_i16x8_s(i16x8.extend_high_i8x16_s(a), i16x8.extend_high_i8x16_s(b));
  return i32x4.add(sum, i32x4.add(low, high));
}

/** Writes the indices (u32, `offset` added) of scores above `threshold` to `found`; returns how many. */
export function indicesAbove(scores: usize, count: i32, threshold: f32, offset: i32, found: usize): i32 {
  const start = found;
  const limit = f32x4.splat(threshold);
  let i = 0;
  for (; i + 4 <= count; i += 4) {
    let mask = i32x4.bitmask(f32x4.gt(v128.load(scores + (<usize>i << 2)), limit));
    while (mask != 0) {
      store<u32>(found, offset + i + ctz(mask));
      found += 4;
      mask &= mask - 1;
    }
  }
  for (; i < count; i++) {
    if (load<f32>(scores + (<usize>i << 2)) > threshold) {
      store<u32>(found, offset + i);
      found += 4;
    }
  }
  return <i32>((found - start) >> 2);
}
