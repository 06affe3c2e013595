import { madd } from './fma';

/** Sum of a[i] · b[i]. Four running vectors hide the latency of the additions. */
export function dotProduct(a: usize, b: usize, length: i32): f32 {
  let s0 = f32x4.splat(0), s1 = f32x4.splat(0), s2 = f32x4.splat(0), s3 = f32x4.splat(0);
  let i = 0;
  for (; i + 16 <= length; i += 16, a += 64, b += 64) {
    s0 = madd(v128.load(a), v128.load(b), s0);
    s1 = madd(v128.load(a, 16), v128.load(b, 16), s1);
    s2 = madd(v128.load(a, 32), v128.load(b, 32), s2);
    s3 = madd(v128.load(a, 48), v128.load(b, 48), s3);
  }
  for (; i + 4 <= length; i += 4, a += 16, b += 16) s0 = madd(v128.load(a), v128.load(b), s0);
  const s = f32x4.add(f32x4.add(s0, s1), f32x4.add(s2, s3));
  let sum = f32x4.extract_lane(s, 0) + f32x4.extract_lane(s, 1) + (f32x4.extract_lane(s, 2) + f32x4.extract_lane(s, 3));
  for (; i < length; i++, a += 4, b += 4) sum += load<f32>(a) * load<f32>(b);
  return sum;
}

/** out[r] = matrix[r] · vector for every row; four rows at a time share the loads of the vector. */
export function dotRows(matrix: usize, vector: usize, out: usize, rows: i32, columns: i32): void {
  const rowBytes = <usize>columns << 2;
  let r = 0;
  for (; r + 4 <= rows; r += 4, out += 16, matrix += rowBytes << 2) dotFourRows(matrix, rowBytes, vector, out, columns);
  for (; r < rows; r++, out += 4, matrix += rowBytes) store<f32>(out, dotProduct(matrix, vector, columns));
}

@inline
export function dotFourRows(m0: usize, rowBytes: usize, vector: usize, out: usize, columns: i32): void {
  let m1 = m0 + rowBytes, m2 = m1 + rowBytes, m3 = m2 + rowBytes;
  let a0 = f32x4.splat(0), a1 = f32x4.splat(0), a2 = f32x4.splat(0), a3 = f32x4.splat(0);
  let b0 = f32x4.splat(0), b1 = f32x4.splat(0), b2 = f32x4.splat(0), b3 = f32x4.splat(0);
  let i = 0;
  for (; i + 8 <= columns; i += 8, m0 += 32, m1 += 32, m2 += 32, m3 += 32, vector += 32) {
    const v = v128.load(vector), w = v128.load(vector, 16);
    a0 = madd(v128.load(m0), v, a0);
    a1 = madd(v128.load(m1), v, a1);
    a2 = madd(v128.load(m2), v, a2);
    a3 = madd(v128.load(m3), v, a3);
    b0 = madd(v128.load(m0, 16), w, b0);
    b1 = madd(v128.load(m1, 16), w, b1);
    b2 = madd(v128.load(m2, 16), w, b2);
    b3 = madd(v128.load(m3, 16), w, b3);
  }
  let sums = addAcross(f32x4.add(a0, b0), f32x4.add(a1, b1), f32x4.add(a2, b2), f32x4.add(a3, b3));
  for (; i < columns; i++, m0 += 4, m1 += 4, m2 += 4, m3 += 4, vector += 4) {
    let column = v128.load_splat<f32>(m0);
    column = v128.load_lane<f32>(m1, column, 1);
    column = v128.load_lane<f32>(m2, column, 2);
    column = v128.load_lane<f32>(m3, column, 3);
    sums = madd(column, v128.load_splat<f32>(vector), sums);
  }
  v128.store(out, sums);
}

/** The sums over the lanes of each of four vectors. */
@inline
export function addAcross(a: v128, b: v128, c: v128, d: v128): v128 {
  const ab = f32x4.add(v128.shuffle<f32>(a, b, 0, 4, 1, 5), v128.shuffle<f32>(a, b, 2, 6, 3, 7));
  const cd = f32x4.add(v128.shuffle<f32>(c, d, 0, 4, 1, 5), v128.shuffle<f32>(c, d, 2, 6, 3, 7));
  return f32x4.add(v128.shuffle<f64>(ab, cd, 0, 2), v128.shuffle<f64>(ab, cd, 1, 3));
}

/** out[i] = matrix[indices[i]] · vector. The caller has checked the indices. */
export function dotGatheredRows(matrix: usize, indices: usize, vector: usize, out: usize, count: i32, columns: i32): void {
  const rowBytes = <usize>columns << 2;
  for (let i = 0; i < count; i++) {
    const row = <usize>load<u32>(indices + (<usize>i << 2));
    store<f32>(out + (<usize>i << 2), dotProduct(matrix + row * rowBytes, vector, columns));
  }
}
