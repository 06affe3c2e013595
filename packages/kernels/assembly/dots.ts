/** Sum of a[i] · b[i]. Four running vectors hide the latency of the additions. */
export function dotProduct(a: usize, b: usize, length: i32): f32 {
  let s0 = f32x4.splat(0), s1 = f32x4.splat(0), s2 = f32x4.splat(0), s3 = f32x4.splat(0);
  let i = 0;
  for (; i + 16 <= length; i += 16, a += 64, b += 64) {
    s0 = f32x4.add(s0, f32x4.mul(v128.load(a), v128.load(b)));
    s1 = f32x4.add(s1, f32x4.mul(v128.load(a, 16), v128.load(b, 16)));
    s2 = f32x4.add(s2, f32x4.mul(v128.load(a, 32), v128.load(b, 32)));
    s3 = f32x4.add(s3, f32x4.mul(v128.load(a, 48), v128.load(b, 48)));
  }
  for (; i + 4 <= length; i += 4, a += 16, b += 16) s0 = f32x4.add(s0, f32x4.mul(v128.load(a), v128.load(b)));
  const s = f32x4.add(f32x4.add(s0, s1), f32x4.add(s2, s3));
  let sum = f32x4.extract_lane(s, 0) + f32x4.extract_lane(s, 1) + (f32x4.extract_lane(s, 2) + f32x4.extract_lane(s, 3));
  for (; i < length; i++, a += 4, b += 4) sum += load<f32>(a) * load<f32>(b);
  return sum;
}

/** out[r] = matrix[r] · vector for every row. */
export function dotRows(matrix: usize, vector: usize, out: usize, rows: i32, columns: i32): void {
  const rowBytes = <usize>columns << 2;
  for (let r = 0; r < rows; r++) store<f32>(out + (<usize>r << 2), dotProduct(matrix + <usize>r * rowBytes, vector, columns));
}

/** out[i] = matrix[indices[i]] · vector. The caller has checked the indices. */
export function dotGatheredRows(matrix: usize, indices: usize, vector: usize, out: usize, count: i32, columns: i32): void {
  const rowBytes = <usize>columns << 2;
  for (let i = 0; i < count; i++) {
    const row = <usize>load<u32>(indices + (<usize>i << 2));
    store<f32>(out + (<usize>i << 2), dotProduct(matrix + row * rowBytes, vector, columns));
  }
}
