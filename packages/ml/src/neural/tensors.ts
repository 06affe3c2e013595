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

/** Names → variables, and back. */
export function toVariables<Name extends string>(tf: Tf, weights: Record<Name, Weight>): Record<Name, Core.Variable> {
  return mapValues(weights, ({ shape, values }) => tf.tidy(() => tf.variable(tf.tensor(values.slice(), shape))));
}

export function toWeights<Name extends string>(variables: Record<Name, Core.Tensor>): Record<Name, Weight> {
  return mapValues(variables, (variable) => ({ shape: variable.shape, values: Float32Array.from(variable.dataSync()) }));
}

export function mapValues<Name extends string, From, To>(record: Record<Name, From>, change: (value: From) => To): Record<Name, To> {
  const entries = Object.entries<From>(record).map(([name, value]) => [name, change(value)]);
  return Object.fromEntries(entries);
}
