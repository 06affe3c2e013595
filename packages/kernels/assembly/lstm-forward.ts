import { sigmoid4, tanh4 } from './activations';
import { gemm } from './gemm';

/**
 * LSTM (Hochreiter & Schmidhuber 1997, with forget gate) over whole sequences from a zero state; gate order i, f, g, o.
 * x [batch, steps, inputs], kernel [inputs, 4 units], recurrent [units, 4 units], bias [4 units];
 * writes gates (after activation) [steps, batch, 4 units], cells and hiddens [steps, batch, units].
 */
export function lstmForwardPass(
  x: usize, kernel: usize, recurrent: usize, bias: usize,
  gates: usize, cells: usize, hiddens: usize,
  batch: i32, steps: i32, inputs: i32, units: i32,
): void {
  const width = 4 * units;
  const stateBytes = (<usize>batch * units) << 2;
  for (let t = 0; t < steps; t++) {
    const z = gates + <usize>t * (stateBytes << 2);
    for (let r = 0; r < batch; r++) memory.copy(z + ((<usize>r * width) << 2), bias, <usize>width << 2);
    gemm(batch, width, inputs, x + ((<usize>t * inputs) << 2), steps * inputs, 1, kernel, width, 1, z, width, true);
    const state = <usize>t * stateBytes;
    if (t > 0) gemm(batch, width, units, hiddens + state - stateBytes, units, 1, recurrent, width, 1, z, width, true);
    activateStep(z, t > 0 ? cells + state - stateBytes : 0, cells + state, hiddens + state, batch, units);
  }
}

/** `previous` is 0 at the first step: the state before it is zero. */
function activateStep(z: usize, previous: usize, cell: usize, hidden: usize, batch: i32, units: i32): void {
  const gate = <usize>units << 2;
  for (let r = 0; r < batch; r++, z += 3 * gate) {
    let j = 0;
    for (; j + 4 <= units; j += 4) {
      const i4 = sigmoid4(v128.load(z));
      const f4 = sigmoid4(v128.load(z + gate));
      const g4 = tanh4(v128.load(z + 2 * gate));
      const o4 = sigmoid4(v128.load(z + 3 * gate));
      let c4 = f32x4.mul(i4, g4);
      if (previous != 0) {
        c4 = f32x4.add(c4, f32x4.mul(f4, v128.load(previous)));
        previous += 16;
      }
      v128.store(z, i4);
      v128.store(z + gate, f4);
      v128.store(z + 2 * gate, g4);
      v128.store(z + 3 * gate, o4);
      v128.store(cell, c4);
      v128.store(hidden, f32x4.mul(o4, tanh4(c4)));
      z += 16; cell += 16; hidden += 16;
    }
    for (; j < units; j++) {
      const i1 = first(sigmoid4(v128.load_splat<f32>(z)));
      const f1 = first(sigmoid4(v128.load_splat<f32>(z + gate)));
      const g1 = first(tanh4(v128.load_splat<f32>(z + 2 * gate)));
      const o1 = first(sigmoid4(v128.load_splat<f32>(z + 3 * gate)));
      let c1: f32 = i1 * g1;
      if (previous != 0) {
        c1 += f1 * load<f32>(previous);
        previous += 4;
      }
      store<f32>(z, i1);
      store<f32>(z + gate, f1);
      store<f32>(z + 2 * gate, g1);
      store<f32>(z + 3 * gate, o1);
      store<f32>(cell, c1);
      store<f32>(hidden, o1 * first(tanh4(f32x4.splat(c1))));
      z += 4; cell += 4; hidden += 4;
    }
  }
}

function first(x: v128): f32 {
  return f32x4.extract_lane(x, 0);
}
