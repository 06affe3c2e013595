import type * as Core from '@tensorflow/tfjs-core';
import type { Random } from '../random/random.ts';

export type Tf = typeof Core;

/** An LSTM from a zero state, sigmoid gates in the order i, f, g, o; returns the last hidden state [batch, units], differentiable by the weights. */
export type LstmOperation = (tensors: { x: Core.Tensor; kernel: Core.Tensor; recurrent: Core.Tensor; bias: Core.Tensor }) => Core.Tensor2D;

/** One array of a model's weights, row-major. */
export interface Weight {
  shape: number[];
  values: Float32Array;
}

/** Uniform in ±√(6 / (in + out)) (Glorot & Bengio 2010). */
export function glorot(random: Random, rows: number, columns: number): Weight {
  const limit = Math.sqrt(6 / (rows + columns));
  return { shape: [rows, columns], values: Float32Array.from({ length: rows * columns }, () => (2 * random.next() - 1) * limit) };
}

export function zeros(...shape: number[]): Weight {
  return { shape, values: new Float32Array(shape.reduce((product, length) => product * length, 1)) };
}

/** Fresh variables, kept until disposed of. */
export function toVariables(tf: Tf, weights: Record<string, Weight>): Record<string, Core.Variable> {
  return mapValues(weights, ({ shape, values }) => tf.tidy(() => tf.variable(tf.tensor(values.slice(), shape))));
}

/** Tensors for one prediction; call inside `tf.tidy`. */
export function toTensors(tf: Tf, weights: Record<string, Weight>): Record<string, Core.Tensor> {
  return mapValues(weights, ({ shape, values }) => tf.tensor(values, shape));
}

/** Copies that no later training step changes. */
export function toWeights(tensors: Record<string, Core.Tensor>): Record<string, Weight> {
  return mapValues(tensors, (tensor) => ({ shape: [...tensor.shape], values: Float32Array.from(tensor.dataSync()) }));
}

function mapValues<From, To>(record: Record<string, From>, change: (value: From) => To): Record<string, To> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, change(value)]));
}
