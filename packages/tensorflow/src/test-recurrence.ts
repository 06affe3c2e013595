import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, expect, test } from 'vitest';
import type { LstmOperation, LstmTensors as Tensors } from './lstm.ts';
import { openTensorflow, type Tensorflow } from './open-tensorflow.ts';

const UNITS = 7;
const wave = (shape: number[], phase: number) =>
  tf.tensor(
    Float32Array.from({ length: tf.util.sizeFromShape(shape) }, (_, i) => 0.6 * Math.sin(i * 1.7 + phase)),
    shape,
  );

/** What holds for every fused recurrent layer; `gates`: groups in which the weights of a unit stand. */
export function testRecurrence(name: 'gru' | 'lstm', gates: number): void {
  let opened: Tensorflow;
  beforeAll(async () => {
    opened = await openTensorflow();
  });
  const operation = (): LstmOperation => opened[name];
  const tensors = (): Tensors => ({
    x: wave([5, 6, 3], 0),
    kernel: wave([3, gates * UNITS], 1),
    recurrent: wave([UNITS, gates * UNITS], 2),
    bias: wave([gates * UNITS], 3),
  });

  test(`gives what the ${name} of tfjs-layers gives with the same weights`, () => {
    const { x, kernel, recurrent, bias } = tensors();
    const layer = opened.layers.layers[name]({ units: UNITS, recurrentActivation: 'sigmoid' });
    layer.apply(x); // Builds the weights.
    layer.setWeights([kernel, recurrent, bias]);
    const theirs = layer.apply(x);
    if (!(theirs instanceof tf.Tensor)) throw new Error('expected one tensor');
    const [ours, wanted] = [operation()({ x, kernel, recurrent, bias }).dataSync(), theirs.dataSync()];
    expect(ours.length).toBe(35);
    ours.forEach((value, i) => {
      expect(Math.abs(value - wanted[i])).toBeLessThan(2e-6);
    });
  });

  test('gradients agree with small differences of the result', () => {
    const base = tensors();
    const parts = ['kernel', 'recurrent', 'bias', 'x'] as const;
    const value = (given: Tensors) => tf.sum<tf.Scalar>(tf.square(operation()(given, { inputGradient: true })));
    const gradients = tf.grads((kernel, recurrent, bias, x) => value({ x, kernel, recurrent, bias }))(parts.map((part) => base[part]));
    parts.forEach((part, which) => {
      const analytic = gradients[which].dataSync();
      for (let i = 0; i < analytic.length; i += Math.ceil(analytic.length / 10)) {
        const at = (step: number) => {
          const values = Float32Array.from(base[part].dataSync());
          values[i] += step;
          return value({ ...base, [part]: tf.tensor(values, base[part].shape) }).dataSync()[0];
        };
        expect(Math.abs(analytic[i] - (at(1e-2) - at(-1e-2)) / 2e-2)).toBeLessThan(1e-3);
      }
    });
  });

  test('leaves no tensors behind', () => {
    const given = tensors();
    const before = tf.memory().numTensors;
    tf.tidy(() => void tf.grad((kernel) => tf.sum(operation()({ ...given, kernel })))(given.kernel));
    expect(tf.memory().numTensors).toBe(before);
  });
}
