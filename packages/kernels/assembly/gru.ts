import { sigmoid4, tanh4 } from './activations';
import { gemm } from './gemm';

/**
 * GRU (Cho et al. 2014, reset before the product) over whole sequences from a zero state; gate order z, r, candidate.
 * x [batch, steps, inputs], kernel [inputs, 3 units], recurrent [units, 3 units], bias [3 units]; writes gates (after activation)
 * [steps, batch, 3 units] and hiddens [steps, batch, units]. `reset` [batch, units] is room for r · h.
 */
export function gruForwardPass(
  x: usize, kernel: usize, recurrent: usize, bias: usize,
  gates: usize, hiddens: usize, reset: usize,
  batch: i32, steps: i32, inputs: i32, units: i32,
): void {
  const width = 3 * units;
  const stateBytes = (<usize>batch * units) << 2, candidate = <usize>units << 3;
  for (let t = 0; t < steps; t++) {
    const z = gates + <usize>t * stateBytes * 3, hidden = hiddens + <usize>t * stateBytes;
    for (let r = 0; r < batch; r++) memory.copy(z + ((<usize>r * width) << 2), bias, <usize>width << 2);
    gemm(batch, width, inputs, x + ((<usize>t * inputs) << 2), steps * inputs, 1, kernel, width, 1, z, width, true);
    if (t > 0) gemm(batch, 2 * units, units, hidden - stateBytes, units, 1, recurrent, width, 1, z, width, true);
    for (let r = 0; r < batch; r++) sigmoids(z + ((<usize>r * width) << 2), 2 * units);
    if (t > 0) {
      multiplyReset(z, hidden - stateBytes, reset, batch, units);
      gemm(batch, units, units, reset, units, 1, recurrent + candidate, width, 1, z + candidate, width, true);
    }
    for (let r = 0; r < batch; r++) {
      const row = <usize>r * units << 2;
      blend(z + 3 * row, t > 0 ? hidden - stateBytes + row : 0, hidden + row, units);
    }
  }
}

function sigmoids(values: usize, count: i32): void {
  let j = 0;
  for (; j + 4 <= count; j += 4, values += 16) v128.store(values, sigmoid4(v128.load(values)));
  for (; j < count; j++, values += 4) store<f32>(values, f32x4.extract_lane(sigmoid4(v128.load_splat<f32>(values)), 0));
}

/** reset = r · h for every row. */
function multiplyReset(gates: usize, hidden: usize, reset: usize, batch: i32, units: i32): void {
  const unitBytes = <usize>units << 2;
  for (let b = 0; b < batch; b++, gates += 3 * unitBytes) {
    for (let q: usize = 0; q < unitBytes; q += 4, hidden += 4, reset += 4) {
      store<f32>(reset, load<f32>(gates + unitBytes + q) * load<f32>(hidden));
    }
  }
}

/** The candidate through tanh; h = z · previous + (1 - z) · candidate. `previous` is 0 at the first step. */
function blend(gates: usize, previous: usize, hidden: usize, units: i32): void {
  const candidate = <usize>units << 3;
  const one = f32x4.splat(1);
  let j = 0;
  for (; j + 4 <= units; j += 4, gates += 16, hidden += 16) {
    const c = tanh4(v128.load(gates + candidate)), z = v128.load(gates);
    v128.store(gates + candidate, c);
    let h = f32x4.mul(f32x4.sub(one, z), c);
    if (previous != 0) {
      h = f32x4.add(h, f32x4.mul(z, v128.load(previous)));
      previous += 16;
    }
    v128.store(hidden, h);
  }
  for (; j < units; j++, gates += 4, hidden += 4) {
    const c = f32x4.extract_lane(tanh4(v128.load_splat<f32>(gates + candidate)), 0), z = load<f32>(gates);
    store<f32>(gates + candidate, c);
    let h: f32 = (<f32>1 - z) * c;
    if (previous != 0) {
      h += z * load<f32>(previous);
      previous += 4;
    }
    store<f32>(hidden, h);
  }
}

/**
 * Back-propagation through time for `gruForwardPass` when only the last hidden state is used. `gates` is overwritten with the
 * gradient before activation; `dHidden` [batch, units] holds the incoming gradient and is overwritten; `reset` and `dReset`
 * [batch, units] are room. Adds into dKernel, dRecurrent, dBias; writes dX unless it is 0.
 */
export function gruBackwardPass(
  x: usize, kernel: usize, recurrent: usize,
  gates: usize, hiddens: usize, dHidden: usize, reset: usize, dReset: usize,
  dKernel: usize, dRecurrent: usize, dBias: usize, dX: usize,
  batch: i32, steps: i32, inputs: i32, units: i32,
): void {
  const width = 3 * units;
  const stateBytes = (<usize>batch * units) << 2, candidate = <usize>units << 3;
  for (let t = steps - 1; t >= 0; t--) {
    const z = gates + <usize>t * stateBytes * 3;
    const previous = t > 0 ? hiddens + <usize>(t - 1) * stateBytes : 0;
    const xStep = (<usize>t * inputs) << 2;
    if (t > 0) multiplyReset(z, previous, reset, batch, units);
    differentiateOutput(z, previous, dHidden, batch, units);
    if (t > 0) {
      gemm(batch, units, units, z + candidate, width, 1, recurrent + candidate, 1, width, dReset, units, false);
      gemm(units, units, batch, reset, 1, units, z + candidate, width, 1, dRecurrent + candidate, width, true);
    }
    differentiateReset(z, previous, dHidden, dReset, batch, units);
    for (let r = 0; r < batch; r++) {
      for (let q: usize = 0; q < (<usize>width << 2); q += 4) {
        store<f32>(dBias + q, load<f32>(dBias + q) + load<f32>(z + ((<usize>r * width) << 2) + q));
      }
    }
    gemm(inputs, width, batch, x + xStep, 1, steps * inputs, z, width, 1, dKernel, width, true);
    if (dX != 0) gemm(batch, inputs, width, z, width, 1, kernel, 1, width, dX + xStep, steps * inputs, false);
    if (t == 0) break;
    gemm(units, 2 * units, batch, previous, 1, units, z, width, 1, dRecurrent, width, true);
    gemm(batch, units, 2 * units, z, width, 1, recurrent, 1, width, dHidden, units, true);
  }
}

/** z and candidate become their gradients before activation, dHidden what flows past them: dh · z. r stays. */
function differentiateOutput(gates: usize, previous: usize, dHidden: usize, batch: i32, units: i32): void {
  const unitBytes = <usize>units << 2;
  for (let b = 0; b < batch; b++, gates += 2 * unitBytes) {
    for (let j = 0; j < units; j++, gates += 4, dHidden += 4) {
      const z = load<f32>(gates), c = load<f32>(gates + 2 * unitBytes), dh = load<f32>(dHidden);
      let h: f32 = 0;
      if (previous != 0) {
        h = load<f32>(previous);
        previous += 4;
      }
      store<f32>(gates, dh * (h - c) * z * (<f32>1 - z));
      store<f32>(gates + 2 * unitBytes, dh * (<f32>1 - z) * (<f32>1 - c * c));
      store<f32>(dHidden, dh * z);
    }
  }
}

/** r becomes its gradient before activation; dHidden gains what flows through r · h. */
function differentiateReset(gates: usize, previous: usize, dHidden: usize, dReset: usize, batch: i32, units: i32): void {
  const unitBytes = <usize>units << 2;
  for (let b = 0; b < batch; b++, gates += 2 * unitBytes) {
    for (let j = 0; j < units; j++, gates += 4, dHidden += 4, dReset += 4) {
      if (previous == 0) {
        store<f32>(gates + unitBytes, 0);
        continue;
      }
      const r = load<f32>(gates + unitBytes), d = load<f32>(dReset);
      store<f32>(gates + unitBytes, d * load<f32>(previous) * r * (<f32>1 - r));
      store<f32>(dHidden, load<f32>(dHidden) + d * r);
      previous += 4;
    }
  }
}
