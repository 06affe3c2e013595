import { madd } from './fma';

export const TILE_ROWS: i32 = 6;
export const TILE_COLUMNS: i32 = 8;

/** c[6, 8] += packed a[depth, 6] · packed b[depth, 8]. Twelve running vectors: as many as the registers hold beside the operands. */
export function addTile(a: usize, b: usize, c: usize, rowBytes: usize, depth: i32): void {
  let c00 = f32x4.splat(0), c01 = f32x4.splat(0), c10 = f32x4.splat(0), c11 = f32x4.splat(0);
  let c20 = f32x4.splat(0), c21 = f32x4.splat(0), c30 = f32x4.splat(0), c31 = f32x4.splat(0);
  let c40 = f32x4.splat(0), c41 = f32x4.splat(0), c50 = f32x4.splat(0), c51 = f32x4.splat(0);
  for (let p = 0; p < depth; p++, a += 24, b += 32) {
    const b0 = v128.load(b), b1 = v128.load(b, 16);
    let s = v128.load_splat<f32>(a);
    c00 = madd(s, b0, c00);
    c01 = madd(s, b1, c01);
    s = v128.load_splat<f32>(a, 4);
    c10 = madd(s, b0, c10);
    c11 = madd(s, b1, c11);
    s = v128.load_splat<f32>(a, 8);
    c20 = madd(s, b0, c20);
    c21 = madd(s, b1, c21);
    s = v128.load_splat<f32>(a, 12);
    c30 = madd(s, b0, c30);
    c31 = madd(s, b1, c31);
    s = v128.load_splat<f32>(a, 16);
    c40 = madd(s, b0, c40);
    c41 = madd(s, b1, c41);
    s = v128.load_splat<f32>(a, 20);
    c50 = madd(s, b0, c50);
    c51 = madd(s, b1, c51);
  }
  addRow(c, c00, c01);
  addRow(c + rowBytes, c10, c11);
  addRow(c + 2 * rowBytes, c20, c21);
  addRow(c + 3 * rowBytes, c30, c31);
  addRow(c + 4 * rowBytes, c40, c41);
  addRow(c + 5 * rowBytes, c50, c51);
}

@inline
export function addRow(c: usize, left: v128, right: v128): void {
  v128.store(c, f32x4.add(v128.load(c), left));
  v128.store(c, f32x4.add(v128.load(c, 16), right), 16);
}
