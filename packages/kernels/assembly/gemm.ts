// Matrix product after Goto & van de Geijn (2008): panels of both operands are packed so that the inner loop reads
// memory in order, and a tile of 4 × 8 results stays in registers. Packing reads through strides, so transposes cost nothing more.

const TILE_ROWS: i32 = 4;
const TILE_COLUMNS: i32 = 8;
const BLOCK_DEPTH: i32 = 256;
const BLOCK_COLUMNS: i32 = 256;

const packedA: usize = memory.data(TILE_ROWS * BLOCK_DEPTH * 4, 16);
const packedB: usize = memory.data(BLOCK_DEPTH * BLOCK_COLUMNS * 4, 16);
const edgeTile: usize = memory.data(TILE_ROWS * TILE_COLUMNS * 4, 16);

/** C[m, n] (= or +=) A[m, k] · B[k, n]; strides count f32 elements, C's rows are `ldc` apart. */
export function gemm(
  m: i32, n: i32, k: i32,
  a: usize, aRow: i32, aColumn: i32,
  b: usize, bRow: i32, bColumn: i32,
  c: usize, ldc: i32, accumulate: bool,
): void {
  if (!accumulate) {
    for (let i = 0; i < m; i++) memory.fill(c + ((<usize>i * ldc) << 2), 0, <usize>n << 2);
  }
  for (let j0 = 0; j0 < n; j0 += BLOCK_COLUMNS) {
    const columns = min(BLOCK_COLUMNS, n - j0);
    for (let k0 = 0; k0 < k; k0 += BLOCK_DEPTH) {
      const depth = min(BLOCK_DEPTH, k - k0);
      packB(b + ((<usize>k0 * bRow + <usize>j0 * bColumn) << 2), bRow, bColumn, depth, columns);
      for (let i0 = 0; i0 < m; i0 += TILE_ROWS) {
        const rows = min(TILE_ROWS, m - i0);
        packA(a + ((<usize>i0 * aRow + <usize>k0 * aColumn) << 2), aRow, aColumn, rows, depth);
        multiplyRowPanel(c + ((<usize>i0 * ldc + j0) << 2), ldc, rows, columns, depth);
      }
    }
  }
}

function packA(a: usize, rowStride: i32, columnStride: i32, rows: i32, depth: i32): void {
  let to = packedA;
  if (rows == TILE_ROWS) {
    const row = <usize>rowStride << 2;
    for (let p = 0; p < depth; p++, to += 16) {
      const from = a + ((<usize>p * columnStride) << 2);
      store<f32>(to, load<f32>(from));
      store<f32>(to, load<f32>(from + row), 4);
      store<f32>(to, load<f32>(from + 2 * row), 8);
      store<f32>(to, load<f32>(from + 3 * row), 12);
    }
    return;
  }
  for (let p = 0; p < depth; p++) {
    for (let i = 0; i < TILE_ROWS; i++, to += 4) {
      store<f32>(to, i < rows ? load<f32>(a + ((<usize>i * rowStride + <usize>p * columnStride) << 2)) : 0);
    }
  }
}

function packB(b: usize, rowStride: i32, columnStride: i32, depth: i32, columns: i32): void {
  let to = packedB;
  for (let j = 0; j < columns; j += TILE_COLUMNS) {
    const width = min(TILE_COLUMNS, columns - j);
    const whole = width == TILE_COLUMNS && columnStride == 1;
    for (let p = 0; p < depth; p++, to += 32) {
      const from = b + ((<usize>p * rowStride + <usize>j * columnStride) << 2);
      if (whole) {
        v128.store(to, v128.load(from));
        v128.store(to, v128.load(from, 16), 16);
      } else {
        for (let q = 0; q < TILE_COLUMNS; q++) {
          store<f32>(to + (<usize>q << 2), q < width ? load<f32>(from + ((<usize>q * columnStride) << 2)) : 0);
        }
      }
    }
  }
}

function multiplyRowPanel(c: usize, ldc: i32, rows: i32, columns: i32, depth: i32): void {
  let panel = packedB;
  for (let j = 0; j < columns; j += TILE_COLUMNS, panel += <usize>depth << 5) {
    const target = c + (<usize>j << 2);
    const width = min(TILE_COLUMNS, columns - j);
    if (rows == TILE_ROWS && width == TILE_COLUMNS) {
      addTile(panel, target, <usize>ldc << 2, depth);
      continue;
    }
    memory.fill(edgeTile, 0, TILE_ROWS * TILE_COLUMNS * 4);
    addTile(panel, edgeTile, TILE_COLUMNS * 4, depth);
    for (let i = 0; i < rows; i++) {
      for (let q = 0; q < width; q++) {
        const at = target + ((<usize>i * ldc + q) << 2);
        store<f32>(at, load<f32>(at) + load<f32>(edgeTile + (<usize>(i * TILE_COLUMNS + q) << 2)));
      }
    }
  }
}

function addTile(panel: usize, c: usize, rowBytes: usize, depth: i32): void {
  let c00 = f32x4.splat(0), c01 = f32x4.splat(0), c10 = f32x4.splat(0), c11 = f32x4.splat(0);
  let c20 = f32x4.splat(0), c21 = f32x4.splat(0), c30 = f32x4.splat(0), c31 = f32x4.splat(0);
  let a = packedA;
  let b = panel;
  for (let p = 0; p < depth; p++, a += 16, b += 32) {
    const b0 = v128.load(b), b1 = v128.load(b, 16);
    let s = v128.load_splat<f32>(a);
    c00 = f32x4.add(c00, f32x4.mul(s, b0));
    c01 = f32x4.add(c01, f32x4.mul(s, b1));
    s = v128.load_splat<f32>(a, 4);
    c10 = f32x4.add(c10, f32x4.mul(s, b0));
    c11 = f32x4.add(c11, f32x4.mul(s, b1));
    s = v128.load_splat<f32>(a, 8);
    c20 = f32x4.add(c20, f32x4.mul(s, b0));
    c21 = f32x4.add(c21, f32x4.mul(s, b1));
    s = v128.load_splat<f32>(a, 12);
    c30 = f32x4.add(c30, f32x4.mul(s, b0));
    c31 = f32x4.add(c31, f32x4.mul(s, b1));
  }
  addRow(c, c00, c01);
  addRow(c + rowBytes, c10, c11);
  addRow(c + 2 * rowBytes, c20, c21);
  addRow(c + 3 * rowBytes, c30, c31);
}

function addRow(c: usize, left: v128, right: v128): void {
  v128.store(c, f32x4.add(v128.load(c), left));
  v128.store(c, f32x4.add(v128.load(c, 16), right), 16);
}
