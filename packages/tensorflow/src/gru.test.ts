import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, expect, test } from 'vitest';
import type { GruOperation, GruTensors } from './gru.ts';
import { openTensorflow, type Tensorflow } from './open-tensorflow.ts';

let opened: Tensorflow;
let gru: GruOperation;
beforeAll(async () => {
  opened = await openTensorflow();
  gru = opened.gru;
});

const wave = (shape: number[], phase: number) =>
  tf.tensor(
    Float32Array.from({ length: tf.util.sizeFromShape(shape) }, (_, i) => 0.6 * Math.sin(i * 1.7 + phase)),
    shape,
  );
const tensors = (): GruTensors => ({ x: wave([5, 6, 3], 0), kernel: wave([3, 21], 1), recurrent: wave([7, 21], 2), bias: wave([21], 3) });

test('gives what the GRU of tfjs-layers gives with the same weights', () => {
  const { x, kernel, recurrent, bias } = tensors();
  const layer = opened.layers.layers.gru({ units: 7, recurrentActivation: 'sigmoid' });
  layer.apply(x); // Builds the weights.
  layer.setWeights([kernel, recurrent, bias]);
  const theirs = layer.apply(x);
  if (!(theirs instanceof tf.Tensor)) throw new Error('expected one tensor');
  const [ours, wanted] = [gru({ x, kernel, recurrent, bias }).dataSync(), theirs.dataSync()];
  expect(ours.length).toBe(35);
  ours.forEach((value, i) => {
    expect(Math.abs(value - wanted[i])).toBeLessThan(2e-6);
  });
});

test('gradients agree with small differences of the result', () => {
  const base = tensors();
  const names = ['kernel', 'recurrent', 'bias', 'x'] as const;
  const value = (parts: GruTensors) => tf.sum<tf.Scalar>(tf.square(gru(parts, { inputGradient: true })));
  const gradients = tf.grads((kernel, recurrent, bias, x) => value({ x, kernel, recurrent, bias }))(names.map((name) => base[name]));
  names.forEach((name, which) => {
    const analytic = gradients[which].dataSync();
    for (let i = 0; i < analytic.length; i += Math.ceil(analytic.length / 10)) {
      const at = (step: number) => {
        const values = Float32Array.from(base[name].dataSync());
        values[i] += step;
        return value({ ...base, [name]: tf.tensor(values, base[name].shape) }).dataSync()[0];
      };
      expect(Math.abs(analytic[i] - (at(1e-2) - at(-1e-2)) / 2e-2)).toBeLessThan(1e-3);
    }
  });
});

test('leaves no tensors behind', () => {
  const parts = tensors();
  const before = tf.memory().numTensors;
  tf.tidy(() => void tf.grad((kernel) => tf.sum(gru({ ...parts, kernel })))(parts.kernel));
  expect(tf.memory().numTensors).toBe(before);
});
