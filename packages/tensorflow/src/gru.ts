import { gruBackward, gruForward } from '@promolift/kernels';
import type * as Core from '@tensorflow/tfjs-core';
import { floats } from './lstm.ts';

export interface GruTensors {
  /** [batch, steps, inputs] */
  x: Core.Tensor;
  /** [inputs, 3 units], gates in the order z, r, candidate as in tfjs-layers. */
  kernel: Core.Tensor;
  /** [units, 3 units] */
  recurrent: Core.Tensor;
  /** [3 units] */
  bias: Core.Tensor;
}

/** GRU from a zero state with sigmoid gates; returns the last hidden state [batch, units]. Differentiable by the weights, and by `x` on request. */
export type GruOperation = (tensors: GruTensors, options?: { inputGradient?: boolean }) => Core.Tensor2D;

/** The GRU as one operation with its own gradient, on whatever backend `tf` runs. */
export function gruFor(tf: typeof Core): GruOperation {
  return ({ x, kernel, recurrent, bias }, { inputGradient = false } = {}) => {
    const [batch, steps, inputs]: number[] = x.shape;
    const shape = { batch, steps, inputs, units: recurrent.shape[0] };
    const weights = { kernel: floats(kernel), recurrent: floats(recurrent), bias: floats(bias) };
    const sequence = floats(x);
    const run = tf.customGrad(() => {
      const { last, tape } = gruForward(sequence, weights, shape);
      const gradFunc = (dLast: Core.Tensor) => {
        const gradients = gruBackward(sequence, weights, shape, tape, floats(dLast), { inputGradient });
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
