import * as tf from '@tensorflow/tfjs-core';
import { floatsOf, portableBackend } from './kernels/cpu-kernel.ts';
import type { RecyclingBackend } from './recycling-backend.ts';

type NamedTensor = Awaited<ReturnType<tf.AdamOptimizer['getWeights']>>[number];
type Gradients = Parameters<tf.AdamOptimizer['applyGradients']>[0];
interface Moments {
  name: string;
  shape: number[];
  first: Float32Array;
  second: Float32Array;
}

const BETA1 = 0.9;
const BETA2 = 0.999;
const EPSILON = 1e-7; // TensorFlow.js' own for 32-bit backends.

/**
 * Adam (Kingma & Ba 2015) with one pass over a variable where `tf.train.adam` makes fourteen: an embedding's moments are
 * larger than the caches. For the portable backend. Weights are saved and restored in the stock optimizer's order and names.
 */
export class OnePassAdam extends tf.AdamOptimizer {
  private moments: Moments[] = [];

  constructor(learningRate: number) {
    super(learningRate, BETA1, BETA2, EPSILON);
  }

  override applyGradients(gradients: Gradients): void {
    const named = Array.isArray(gradients) ? gradients : Object.entries(gradients).map(([name, tensor]) => ({ name, tensor }));
    const backend = portableBackend(tf.backend());
    const step = this.iterations + 1;
    const rate = this.learningRate / (1 - BETA1 ** step);
    const correction = 1 / (1 - BETA2 ** step);
    named.forEach(({ name, tensor }, i) => {
      const variable = tf.engine().registeredVariables[name];
      this.moments[i] ??= zeroMoments(name, variable.shape);
      const { first, second } = this.moments[i];
      if (!tensor) return;
      const [values, by] = [floats(backend, variable), floats(backend, tensor)];
      const moved = backend.room(values.length);
      for (let j = 0; j < moved.length; j++) {
        const m = BETA1 * first[j] + (1 - BETA1) * by[j];
        const v = BETA2 * second[j] + (1 - BETA2) * by[j] * by[j];
        first[j] = m;
        second[j] = v;
        moved[j] = values[j] - (rate * m) / (Math.sqrt(v * correction) + EPSILON);
      }
      tf.tidy(() => variable.assign(tf.tensor(moved, variable.shape)));
    });
    this.incrementIterations();
  }

  override async getWeights(): Promise<NamedTensor[]> {
    const saved = (kind: 'first' | 'second') =>
      this.moments.map((one) => ({ name: `${one.name}/${kind === 'first' ? 'm' : 'v'}`, tensor: tf.tensor(one[kind].slice(), one.shape) }));
    return [await this.saveIterations(), ...saved('first'), ...saved('second')];
  }

  override async setWeights(weights: NamedTensor[]): Promise<void> {
    const moments = await this.extractIterations(weights);
    const half = moments.length / 2;
    this.moments = moments.slice(0, half).map(({ name, tensor }, i) => ({
      name: name.replace(/\/m$/, ''),
      shape: tensor.shape,
      first: Float32Array.from(tensor.dataSync()),
      second: Float32Array.from(moments[half + i].tensor.dataSync()),
    }));
  }
}

function zeroMoments(name: string, shape: number[]): Moments {
  const size = tf.util.sizeFromShape(shape);
  return { name, shape, first: new Float32Array(size), second: new Float32Array(size) };
}

function floats(backend: RecyclingBackend, tensor: tf.Tensor): Float32Array {
  const values = floatsOf(backend, tensor);
  if (!values) throw new TypeError(`Adam moves f32 variables, not ${tensor.dtype}`);
  return values;
}
