import { gemm } from './gemm';

const BLOCK: i32 = 96;

/** out[k, k] = xᵀ · x for x [rows, k]: blocks on and below the diagonal are computed, the others mirrored. */
export function gram(x: usize, out: usize, rows: i32, columns: i32): void {
  for (let j = 0; j < columns; j += BLOCK) {
    const width = min(BLOCK, columns - j);
    const left = columns - j;
    gemm(left, width, rows, x + (<usize>j << 2), 1, columns, x + (<usize>j << 2), columns, 1, out + ((<usize>j * columns + j) << 2), columns, false);
  }
  for (let i = 0; i < columns; i++) {
    for (let j = i + 1; j < columns; j++) {
      store<f32>(out + ((<usize>i * columns + j) << 2), load<f32>(out + ((<usize>j * columns + i) << 2)));
    }
  }
}
