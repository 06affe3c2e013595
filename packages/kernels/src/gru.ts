import { requireLength, withScratch } from './scratch.ts';

export interface GruShape {
  batch: number;
  steps: number;
  inputs: number;
  units: number;
}

/** Gate order z (update), r (reset), candidate, as tfjs-layers stores them. */
export interface GruWeights {
  /** [inputs, 3 units] */
  kernel: Float32Array;
  /** [units, 3 units] */
  recurrent: Float32Array;
  /** [3 units] */
  bias: Float32Array;
}

/** What the backward pass needs. */
export interface GruTape {
  /** After activation, [steps, batch, 3 units]. */
  gates: Float32Array<ArrayBuffer>;
  /** [steps, batch, units] */
  hiddens: Float32Array<ArrayBuffer>;
}

export interface GruGradients {
  kernel: Float32Array<ArrayBuffer>;
  recurrent: Float32Array<ArrayBuffer>;
  bias: Float32Array<ArrayBuffer>;
  /** [batch, steps, inputs], only when asked for. */
  x?: Float32Array<ArrayBuffer>;
}

/**
 * GRU (Cho et al. 2014; the reset gate before the product) from a zero state. `x` [batch, steps, inputs]. Returns the last
 * hidden state [batch, units] (zeros without steps) and the tape. Throws RangeError when a length does not fit.
 */
export function gruForward(x: Float32Array, weights: GruWeights, shape: GruShape): { last: Float32Array<ArrayBuffer>; tape: GruTape } {
  requireShapes(x, weights, shape);
  const { batch, steps, inputs, units } = shape;
  const state = batch * units;
  return withScratch((scratch) => {
    const given = [x, weights.kernel, weights.recurrent, weights.bias].map((values) => scratch.put(values));
    const [gates, hiddens, reset] = [scratch.room(3 * steps * state), scratch.room(steps * state), scratch.room(state)];
    const [from, kernel, recurrent, bias] = given;
    scratch.kernels.gruForwardPass(from, kernel, recurrent, bias, gates, hiddens, reset, batch, steps, inputs, units);
    const tape = { gates: scratch.read(gates, 3 * steps * state), hiddens: scratch.read(hiddens, steps * state) };
    return { last: steps > 0 ? tape.hiddens.slice((steps - 1) * state) : new Float32Array(state), tape };
  });
}

/** Gradients of a loss whose gradient by the last hidden state is `dLast` [batch, units], by back-propagation through time. */
export function gruBackward(
  x: Float32Array,
  weights: GruWeights,
  shape: GruShape,
  tape: GruTape,
  dLast: Float32Array,
  { inputGradient = false } = {},
): GruGradients {
  requireShapes(x, weights, shape);
  const { batch, steps, inputs, units } = shape;
  const state = batch * units;
  requireLength('dLast', dLast, state);
  requireLength('tape.gates', tape.gates, 3 * steps * state);
  requireLength('tape.hiddens', tape.hiddens, steps * state);
  return withScratch((scratch) => {
    const given = [x, weights.kernel, weights.recurrent, tape.gates, tape.hiddens, dLast].map((values) => scratch.put(values));
    const [from, kernel, recurrent, gates, hiddens, dHidden] = given;
    const [reset, dReset] = [scratch.room(state), scratch.room(state)];
    const [dKernel, dRecurrent, dBias] = [weights.kernel, weights.recurrent, weights.bias].map(({ length }) => scratch.room(length));
    const dX = inputGradient ? scratch.room(x.length) : 0;
    const pointers = [from, kernel, recurrent, gates, hiddens, dHidden, reset, dReset, dKernel, dRecurrent, dBias, dX] as const;
    scratch.kernels.gruBackwardPass(...pointers, batch, steps, inputs, units);
    return {
      kernel: scratch.read(dKernel, weights.kernel.length),
      recurrent: scratch.read(dRecurrent, weights.recurrent.length),
      bias: scratch.read(dBias, weights.bias.length),
      ...(inputGradient && { x: scratch.read(dX, x.length) }),
    };
  });
}

function requireShapes(x: Float32Array, weights: GruWeights, { batch, steps, inputs, units }: GruShape): void {
  requireLength('x', x, batch * steps * inputs);
  requireLength('kernel', weights.kernel, inputs * 3 * units);
  requireLength('recurrent', weights.recurrent, units * 3 * units);
  requireLength('bias', weights.bias, 3 * units);
}
