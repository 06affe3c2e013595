import { lstmBackward, lstmForward } from '@promolift/kernels';
import type * as Core from '@tensorflow/tfjs-core';

type Tf = typeof Core;

export interface LstmTensors {
  /** [batch, steps, inputs] */
  x: Core.Tensor;
  /** [inputs, 4 units], gates in the order i, f, g, o as in tfjs-layers. */
  kernel: Core.Tensor;
  /** [units, 4 units] */
  recurrent: Core.Tensor;
  /** [4 units] */
  bias: Core.Tensor;
}

/** LSTM from a zero state with sigmoid gates; returns the last hidden state [batch, units]. Differentiable by the weights, and by `x` on request. */
export type LstmOperation = (tensors: LstmTensors, options?: { inputGradient?: boolean }) => Core.Tensor2D;

/** The LSTM as one operation with its own gradient, on whatever backend `tf` runs: step by step, operations cost more than their numbers. */
export function lstmFor(tf: Tf): LstmOperation {
  return ({ x, kernel, recurrent, bias }, { inputGradient = false } = {}) => {
    const [batch, steps, inputs]: number[] = x.shape;
    const shape = { batch, steps, inputs, units: recurrent.shape[0] };
    const weights = { kernel: floats(kernel), recurrent: floats(recurrent), bias: floats(bias) };
    const sequence = floats(x);
    const run = tf.customGrad(() => {
      const { last, tape } = lstmForward(sequence, weights, shape);
      const gradFunc = (dLast: Core.Tensor) => {
        const gradients = lstmBackward(sequence, weights, shape, tape, floats(dLast), { inputGradient });
        const byWeights: Core.Tensor[] = [
          tf.tensor(gradients.kernel, kernel.shape),
          tf.tensor(gradients.recurrent, recurrent.shape),
          tf.tensor(gradients.bias, bias.shape),
        ];
        return gradients.x ? [...byWeights, tf.tensor(gradients.x, x.shape)] : byWeights;
      };
      return { value: tf.tensor2d(last, [shape.batch, shape.units]), gradFunc };
    });
    return inputGradient ? run(kernel, recurrent, bias, x) : run(kernel, recurrent, bias);
  };
}

/** The values as f32. */
export function floats(tensor: Core.Tensor): Float32Array {
  const values = tensor.dataSync();
  return values instanceof Float32Array ? values : Float32Array.from(values);
}
