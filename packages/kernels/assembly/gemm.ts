import { packA, packB } from './gemm-pack';
import { addTile, TILE_COLUMNS, TILE_ROWS } from './gemm-tile';
import { workspace } from './workspace';

// Matrix product after Goto & van de Geijn (2008): blocks of both operands are packed so that the inner loop reads memory
// in order, and a tile of results stays in registers. Packing reads through strides, so transposes cost nothing more.

const BLOCK_ROWS: i32 = 96; // With the depth 96 KiB of packed a, beside 512 KiB of packed b in the second-level cache.
const BLOCK_DEPTH: i32 = 256;
const BLOCK_COLUMNS: i32 = 512;
const B_AT: usize = BLOCK_ROWS * BLOCK_DEPTH * 4;
const EDGE_AT: usize = B_AT + BLOCK_DEPTH * BLOCK_COLUMNS * 4;

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
  const packedA = workspace(), packedB = packedA + B_AT;
  for (let j0 = 0; j0 < n; j0 += BLOCK_COLUMNS) {
    const columns = min(BLOCK_COLUMNS, n - j0);
    for (let k0 = 0; k0 < k; k0 += BLOCK_DEPTH) {
      const depth = min(BLOCK_DEPTH, k - k0);
      packB(packedB, b + ((<usize>k0 * bRow + <usize>j0 * bColumn) << 2), bRow, bColumn, depth, columns);
      for (let i0 = 0; i0 < m; i0 += BLOCK_ROWS) {
        const rows = min(BLOCK_ROWS, m - i0);
        packA(packedA, a + ((<usize>i0 * aRow + <usize>k0 * aColumn) << 2), aRow, aColumn, rows, depth);
        multiplyBlock(packedA, packedB, c + ((<usize>i0 * ldc + j0) << 2), ldc, rows, columns, depth);
      }
    }
  }
}

function multiplyBlock(packedA: usize, packedB: usize, c: usize, ldc: i32, rows: i32, columns: i32, depth: i32): void {
  const rowBytes = <usize>ldc << 2;
  const aPanel = <usize>(TILE_ROWS * depth) << 2, bPanel = <usize>(TILE_COLUMNS * depth) << 2;
  for (let j = 0; j < columns; j += TILE_COLUMNS, packedB += bPanel) {
    const width = min(TILE_COLUMNS, columns - j);
    let a = packedA;
    for (let i = 0; i < rows; i += TILE_ROWS, a += aPanel) {
      const target = c + <usize>i * rowBytes + (<usize>j << 2);
      const height = min(TILE_ROWS, rows - i);
      if (height == TILE_ROWS && width == TILE_COLUMNS) addTile(a, packedB, target, rowBytes, depth);
      else addEdge(a, packedB, target, rowBytes, depth, height, width);
    }
  }
}

/** A tile that reaches over the border of c goes through a full one beside it. */
function addEdge(a: usize, b: usize, c: usize, rowBytes: usize, depth: i32, height: i32, width: i32): void {
  const edge = workspace() + EDGE_AT;
  memory.fill(edge, 0, TILE_ROWS * TILE_COLUMNS * 4);
  addTile(a, b, edge, TILE_COLUMNS * 4, depth);
  for (let i = 0; i < height; i++) {
    for (let q = 0; q < width; q++) {
      const at = c + <usize>i * rowBytes + (<usize>q << 2);
      store<f32>(at, load<f32>(at) + load<f32>(edge + (<usize>(i * TILE_COLUMNS + q) << 2)));
    }
  }
}
