import { requireLength, type Scratch, withScratch } from './scratch.ts';

export interface LstmShape {
  batch: number;
  steps: number;
  inputs: number;
  units: number;
}

/** Gate order i, f, g (candidate), o, as TensorFlow stores them. */
export interface LstmWeights {
  /** [inputs, 4 units] */
  kernel: Float32Array;
  /** [units, 4 units] */
  recurrent: Float32Array;
  /** [4 units] */
  bias: Float32Array;
}

/** What the backward pass needs. */
export interface LstmTape {
  /** After activation, [steps, batch, 4 units]. */
  gates: Float32Array<ArrayBuffer>;
  /** [steps, batch, units] */
  cells: Float32Array<ArrayBuffer>;
  /** [steps, batch, units] */
  hiddens: Float32Array<ArrayBuffer>;
}

export interface LstmGradients {
  kernel: Float32Array<ArrayBuffer>;
  recurrent: Float32Array<ArrayBuffer>;
  bias: Float32Array<ArrayBuffer>;
  /** [batch, steps, inputs], only when asked for. */
  x?: Float32Array<ArrayBuffer>;
}

/**
 * LSTM (Hochreiter & Schmidhuber 1997, with forget gate) from a zero state, sigmoid gates and tanh. `x` [batch, steps, inputs].
 * Returns the last hidden state [batch, units] (zeros without steps) and the tape. Throws RangeError when a length does not fit.
 */
export function lstmForward(x: Float32Array, weights: LstmWeights, shape: LstmShape): { last: Float32Array<ArrayBuffer>; tape: LstmTape } {
  requireShapes(x, weights, shape);
  const { batch, steps, inputs, units } = shape;
  const states = steps * batch * units;
  return withScratch((scratch) => {
    const at = putInputs(scratch, x, weights);
    const bias = scratch.put(weights.bias);
    const [gates, cells, hiddens] = [scratch.room(4 * states), scratch.room(states), scratch.room(states)];
    scratch.kernels.lstmForwardPass(at.x, at.kernel, at.recurrent, bias, gates, cells, hiddens, batch, steps, inputs, units);
    const tape = { gates: scratch.read(gates, 4 * states), cells: scratch.read(cells, states), hiddens: scratch.read(hiddens, states) };
    const last = steps > 0 ? tape.hiddens.slice(states - batch * units) : new Float32Array(batch * units);
    return { last, tape };
  });
}

/** Gradients of a loss whose gradient by the last hidden state is `dLast` [batch, units], by back-propagation through time. */
export function lstmBackward(
  x: Float32Array,
  weights: LstmWeights,
  shape: LstmShape,
  tape: LstmTape,
  dLast: Float32Array,
  { inputGradient = false } = {},
): LstmGradients {
  requireShapes(x, weights, shape);
  const { batch, steps, inputs, units } = shape;
  requireLength('dLast', dLast, batch * units);
  requireLength('tape.gates', tape.gates, 4 * steps * batch * units);
  requireLength('tape.cells', tape.cells, steps * batch * units);
  requireLength('tape.hiddens', tape.hiddens, steps * batch * units);
  return withScratch((scratch) => {
    const at = putInputs(scratch, x, weights);
    const [gates, cells, hiddens] = [scratch.put(tape.gates), scratch.put(tape.cells), scratch.put(tape.hiddens)];
    const [dHidden, dCell] = [scratch.put(dLast), scratch.room(batch * units)];
    const dKernel = scratch.room(weights.kernel.length);
    const dRecurrent = scratch.room(weights.recurrent.length);
    const dBias = scratch.room(weights.bias.length);
    const dX = inputGradient ? scratch.room(x.length) : 0;
    scratch.kernels.lstmBackwardPass(
      at.x,
      at.kernel,
      at.recurrent,
      gates,
      cells,
      hiddens,
      dHidden,
      dCell,
      dKernel,
      dRecurrent,
      dBias,
      dX,
      batch,
      steps,
      inputs,
      units,
    );
    return {
      kernel: scratch.read(dKernel, weights.kernel.length),
      recurrent: scratch.read(dRecurrent, weights.recurrent.length),
      bias: scratch.read(dBias, weights.bias.length),
      ...(inputGradient && { x: scratch.read(dX, x.length) }),
    };
  });
}

function putInputs(scratch: Scratch, x: Float32Array, weights: LstmWeights) {
  return { x: scratch.put(x), kernel: scratch.put(weights.kernel), recurrent: scratch.put(weights.recurrent) };
}

function requireShapes(x: Float32Array, weights: LstmWeights, { batch, steps, inputs, units }: LstmShape): void {
  requireLength('x', x, batch * steps * inputs);
  requireLength('kernel', weights.kernel, inputs * 4 * units);
  requireLength('recurrent', weights.recurrent, units * 4 * units);
  requireLength('bias', weights.bias, 4 * units);
}
