/**
 * Integer dots of rows [·, columns] (i8, columns a multiple of 16) with a query [columns] of values within ±63 stored with 64 added.
 * `sums` holds 64 × each row's sum, which that shift puts on top. Scores = scales[r] · dot, as f32.
 */
export function quantisedDots(rows: usize, sums: usize, scales: usize, query: usize, out: usize, count: i32, columns: i32): void {
  let r = 0;
  for (; r + 4 <= count; r += 4, rows += <usize>columns << 2) {
    const dots = i32x4.sub(dotFour(rows, query, columns), v128.load(sums + (<usize>r << 2)));
    const scaled = f32x4.mul(f32x4.convert_i32x4_s(dots), v128.load(scales + (<usize>r << 2)));
    v128.store(out + (<usize>r << 2), scaled);
  }
  for (; r < count; r++, rows += columns) {
    let s = i32x4.splat(0);
    for (let c = 0; c < columns; c += 16) s = dot16(v128.load(rows + c), v128.load(query + c), s);
    s = i32x4.add(s, v128.shuffle<i32>(s, s, 2, 3, 0, 1));
    const dot = i32x4.extract_lane(s, 0) + i32x4.extract_lane(s, 1) - load<i32>(sums + (<usize>r << 2));
    store<f32>(out + (<usize>r << 2), <f32>dot * load<f32>(scales + (<usize>r << 2)));
  }
}

@inline
export function dotFour(rows: usize, query: usize, columns: i32): v128 {
  const r1 = rows + columns, r2 = r1 + columns, r3 = r2 + columns;
  let a = i32x4.splat(0), b = a, c = a, d = a;
  for (let i = 0; i < columns; i += 16) {
    const q = v128.load(query + i);
    a = dot16(v128.load(rows + i), q, a);
    b = dot16(v128.load(r1 + i), q, b);
    c = dot16(v128.load(r2 + i), q, c);
    d = dot16(v128.load(r3 + i), q, d);
  }
  const ab = i32x4.add(v128.shuffle<i32>(a, b, 0, 4, 1, 5), v128.shuffle<i32>(a, b, 2, 6, 3, 7));
  const cd = i32x4.add(v128.shuffle<i32>(c, d, 0, 4, 1, 5), v128.shuffle<i32>(c, d, 2, 6, 3, 7));
  return i32x4.add(v128.shuffle<i64>(ab, cd, 0, 2), v128.shuffle<i64>(ab, cd, 1, 3));
}

/** Exact in both builds: the query's values are below 128, where the relaxed instruction has one meaning. */
@inline
export function dot16(a: v128, b: v128, sum: v128): v128 {
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
