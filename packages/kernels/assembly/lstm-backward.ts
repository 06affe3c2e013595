import { tanh4 } from './activations';
import { gemm } from './gemm';

/**
 * Back-propagation through time for `lstmForwardPass` when only the last hidden state is used.
 * `gates` is overwritten with the gradient before activation; `dHidden` [batch, units] holds the incoming gradient and is
 * overwritten; `dCell` [batch, units] must be zero. Adds into dKernel, dRecurrent, dBias; writes dX unless it is 0.
 */
export function lstmBackwardPass(
  x: usize, kernel: usize, recurrent: usize,
  gates: usize, cells: usize, hiddens: usize, dHidden: usize, dCell: usize,
  dKernel: usize, dRecurrent: usize, dBias: usize, dX: usize,
  batch: i32, steps: i32, inputs: i32, units: i32,
): void {
  const width = 4 * units;
  const stateBytes = (<usize>batch * units) << 2;
  for (let t = steps - 1; t >= 0; t--) {
    const z = gates + <usize>t * (stateBytes << 2);
    const state = <usize>t * stateBytes;
    const xStep = (<usize>t * inputs) << 2;
    differentiateStep(z, t > 0 ? cells + state - stateBytes : 0, cells + state, dHidden, dCell, batch, units);
    addColumnSums(z, dBias, batch, width);
    gemm(inputs, width, batch, x + xStep, 1, steps * inputs, z, width, 1, dKernel, width, true);
    if (dX != 0) gemm(batch, inputs, width, z, width, 1, kernel, 1, width, dX + xStep, steps * inputs, false);
    if (t == 0) break;
    gemm(units, width, batch, hiddens + state - stateBytes, 1, units, z, width, 1, dRecurrent, width, true);
    gemm(batch, units, width, z, width, 1, recurrent, 1, width, dHidden, units, false);
  }
}

function differentiateStep(z: usize, previous: usize, cell: usize, dHidden: usize, dCell: usize, batch: i32, units: i32): void {
  const gate = <usize>units << 2;
  const one = f32x4.splat(1);
  for (let r = 0; r < batch; r++, z += 3 * gate) {
    let j = 0;
    for (; j + 4 <= units; j += 4) {
      const i4 = v128.load(z), f4 = v128.load(z + gate), g4 = v128.load(z + 2 * gate), o4 = v128.load(z + 3 * gate);
      const tc = tanh4(v128.load(cell));
      const dh = v128.load(dHidden);
      const dc = f32x4.add(v128.load(dCell), f32x4.mul(f32x4.mul(dh, o4), f32x4.sub(one, f32x4.mul(tc, tc))));
      v128.store(z, f32x4.mul(f32x4.mul(dc, g4), f32x4.mul(i4, f32x4.sub(one, i4))));
      if (previous != 0) {
        v128.store(z + gate, f32x4.mul(f32x4.mul(dc, v128.load(previous)), f32x4.mul(f4, f32x4.sub(one, f4))));
        previous += 16;
      } else v128.store(z + gate, f32x4.splat(0));
      v128.store(z + 2 * gate, f32x4.mul(f32x4.mul(dc, i4), f32x4.sub(one, f32x4.mul(g4, g4))));
      v128.store(z + 3 * gate, f32x4.mul(f32x4.mul(dh, tc), f32x4.mul(o4, f32x4.sub(one, o4))));
      v128.store(dCell, f32x4.mul(dc, f4));
      z += 16; cell += 16; dHidden += 16; dCell += 16;
    }
    for (; j < units; j++) {
      const i1 = load<f32>(z), f1 = load<f32>(z + gate), g1 = load<f32>(z + 2 * gate), o1 = load<f32>(z + 3 * gate);
      const tc: f32 = f32x4.extract_lane(tanh4(v128.load_splat<f32>(cell)), 0);
      const dh = load<f32>(dHidden);
      const dc: f32 = load<f32>(dCell) + dh * o1 * (<f32>1 - tc * tc);
      store<f32>(z, dc * g1 * i1 * (<f32>1 - i1));
      if (previous != 0) {
        store<f32>(z + gate, dc * load<f32>(previous) * f1 * (<f32>1 - f1));
        previous += 4;
      } else store<f32>(z + gate, 0);
      store<f32>(z + 2 * gate, dc * i1 * (<f32>1 - g1 * g1));
      store<f32>(z + 3 * gate, dh * tc * o1 * (<f32>1 - o1));
      store<f32>(dCell, dc * f1);
      z += 4; cell += 4; dHidden += 4; dCell += 4;
    }
  }
}

/** `columns` is 4 units, so whole vectors always fit. */
function addColumnSums(matrix: usize, sums: usize, rows: i32, columns: i32): void {
  const bytes = <usize>columns << 2;
  for (let r = 0; r < rows; r++) {
    for (let q: usize = 0; q < bytes; q += 16) {
      v128.store(sums + q, f32x4.add(v128.load(sums + q), v128.load(matrix + q)));
    }
    matrix += bytes;
  }
}
