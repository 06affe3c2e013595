import { TILE_COLUMNS, TILE_ROWS } from './gemm-tile';

/** Rows of a in groups of six, each group column by column; missing rows are zero. */
export function packA(to: usize, a: usize, rowStride: i32, columnStride: i32, rows: i32, depth: i32): void {
  const row = <usize>rowStride << 2, column = <usize>columnStride << 2;
  for (let i = 0; i < rows; i += TILE_ROWS) {
    const from = a + <usize>i * row;
    if (rows - i < TILE_ROWS) packRowsA(to, from, row, column, rows - i, depth);
    else if (columnStride == 1) packSixRows(to, from, row, depth);
    else packSixColumns(to, from, row, column, depth);
    to += <usize>(TILE_ROWS * depth) << 2;
  }
}

/** Six rows that lie in order of depth: four columns at a time by shuffles. */
function packSixRows(to: usize, a0: usize, row: usize, depth: i32): void {
  let a1 = a0 + row, a2 = a1 + row, a3 = a2 + row, a4 = a3 + row, a5 = a4 + row;
  let p = 0;
  for (; p + 4 <= depth; p += 4, a0 += 16, a1 += 16, a2 += 16, a3 += 16, a4 += 16, a5 += 16, to += 96) {
    const r0 = v128.load(a0), r1 = v128.load(a1), r2 = v128.load(a2), r3 = v128.load(a3), r4 = v128.load(a4), r5 = v128.load(a5);
    const low01 = v128.shuffle<f32>(r0, r1, 0, 4, 1, 5), high01 = v128.shuffle<f32>(r0, r1, 2, 6, 3, 7);
    const low23 = v128.shuffle<f32>(r2, r3, 0, 4, 1, 5), high23 = v128.shuffle<f32>(r2, r3, 2, 6, 3, 7);
    const low45 = v128.shuffle<f32>(r4, r5, 0, 4, 1, 5), high45 = v128.shuffle<f32>(r4, r5, 2, 6, 3, 7);
    v128.store(to, v128.shuffle<f64>(low01, low23, 0, 2));
    v128.store(to, v128.shuffle<f32>(low45, low01, 0, 1, 6, 7), 16);
    v128.store(to, v128.shuffle<f64>(low23, low45, 1, 3), 32);
    v128.store(to, v128.shuffle<f64>(high01, high23, 0, 2), 48);
    v128.store(to, v128.shuffle<f32>(high45, high01, 0, 1, 6, 7), 64);
    v128.store(to, v128.shuffle<f64>(high23, high45, 1, 3), 80);
  }
  for (; p < depth; p++, a0 += 4, a1 += 4, a2 += 4, a3 += 4, a4 += 4, a5 += 4, to += 24) {
    store<f32>(to, load<f32>(a0));
    store<f32>(to, load<f32>(a1), 4);
    store<f32>(to, load<f32>(a2), 8);
    store<f32>(to, load<f32>(a3), 12);
    store<f32>(to, load<f32>(a4), 16);
    store<f32>(to, load<f32>(a5), 20);
  }
}

function packSixColumns(to: usize, a: usize, row: usize, column: usize, depth: i32): void {
  if (row == 4) {
    for (let p = 0; p < depth; p++, a += column, to += 24) {
      v128.store(to, v128.load(a));
      store<u64>(to, load<u64>(a, 16), 16);
    }
    return;
  }
  for (let p = 0; p < depth; p++, a += column, to += 24) {
    for (let i: usize = 0; i < 6; i++) store<f32>(to + (i << 2), load<f32>(a + i * row));
  }
}

function packRowsA(to: usize, a: usize, row: usize, column: usize, rows: i32, depth: i32): void {
  for (let p = 0; p < depth; p++, a += column) {
    for (let i = 0; i < TILE_ROWS; i++, to += 4) store<f32>(to, i < rows ? load<f32>(a + <usize>i * row) : 0);
  }
}

/** Columns of b in groups of eight, each group row by row; missing columns are zero. */
export function packB(to: usize, b: usize, rowStride: i32, columnStride: i32, depth: i32, columns: i32): void {
  const row = <usize>rowStride << 2, column = <usize>columnStride << 2;
  for (let j = 0; j < columns; j += TILE_COLUMNS) {
    const width = min(TILE_COLUMNS, columns - j);
    let from = b + <usize>j * column;
    if (width == TILE_COLUMNS && columnStride == 1) {
      for (let p = 0; p < depth; p++, from += row, to += 32) {
        v128.store(to, v128.load(from));
        v128.store(to, v128.load(from, 16), 16);
      }
    } else if (width == TILE_COLUMNS && rowStride == 1) {
      packFourColumns(to, from, column, depth);
      packFourColumns(to + 16, from + 4 * column, column, depth);
      to += <usize>depth << 5;
    } else {
      for (let p = 0; p < depth; p++, from += row, to += 32) {
        for (let q = 0; q < TILE_COLUMNS; q++) {
          store<f32>(to + (<usize>q << 2), q < width ? load<f32>(from + <usize>q * column) : 0);
        }
      }
    }
  }
}

/** Four columns that lie in order of depth (b is stored transposed), written 32 bytes apart. */
function packFourColumns(to: usize, b0: usize, column: usize, depth: i32): void {
  let b1 = b0 + column, b2 = b1 + column, b3 = b2 + column;
  let p = 0;
  for (; p + 4 <= depth; p += 4, b0 += 16, b1 += 16, b2 += 16, b3 += 16, to += 128) {
    const c0 = v128.load(b0), c1 = v128.load(b1), c2 = v128.load(b2), c3 = v128.load(b3);
    const low01 = v128.shuffle<f32>(c0, c1, 0, 4, 1, 5), high01 = v128.shuffle<f32>(c0, c1, 2, 6, 3, 7);
    const low23 = v128.shuffle<f32>(c2, c3, 0, 4, 1, 5), high23 = v128.shuffle<f32>(c2, c3, 2, 6, 3, 7);
    v128.store(to, v128.shuffle<f64>(low01, low23, 0, 2));
    v128.store(to, v128.shuffle<f64>(low01, low23, 1, 3), 32);
    v128.store(to, v128.shuffle<f64>(high01, high23, 0, 2), 64);
    v128.store(to, v128.shuffle<f64>(high01, high23, 1, 3), 96);
  }
  for (; p < depth; p++, b0 += 4, b1 += 4, b2 += 4, b3 += 4, to += 32) {
    store<f32>(to, load<f32>(b0));
    store<f32>(to, load<f32>(b1), 4);
    store<f32>(to, load<f32>(b2), 8);
    store<f32>(to, load<f32>(b3), 12);
  }
}
