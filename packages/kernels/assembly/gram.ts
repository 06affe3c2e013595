import { gemm } from './gemm';

const BLOCK: i32 = 192;

/** out[k, k] = xᵀ · x for x [rows, k]: blocks on and below the diagonal are computed, the others mirrored. */
export function gram(x: usize, out: usize, rows: i32, columns: i32): void {
  for (let j = 0; j < columns; j += BLOCK) {
    const width = min(BLOCK, columns - j);
    const left = columns - j;
    gemm(left, width, rows, x + (<usize>j << 2), 1, columns, x + (<usize>j << 2), columns, 1, out + ((<usize>j * columns + j) << 2), columns, false);
  }
  for (let i0 = 0; i0 < columns; i0 += MIRROR) {
    for (let j0 = i0; j0 < columns; j0 += MIRROR) mirror(out, columns, i0, j0);
  }
}

const MIRROR: i32 = 16; // A square of this side takes one cache line a row.

function mirror(out: usize, columns: i32, i0: i32, j0: i32): void {
  const iEnd = min(i0 + MIRROR, columns), jEnd = min(j0 + MIRROR, columns);
  for (let i = i0; i < iEnd; i++) {
    for (let j = max(j0, i + 1); j < jEnd; j++) {
      store<f32>(out + ((<usize>i * columns + j) << 2), load<f32>(out + ((<usize>j * columns + i) << 2)));
    }
  }
}
