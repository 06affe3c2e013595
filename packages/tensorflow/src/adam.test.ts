import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-layers'; // Registers the gradients of TensorFlow.js' own operations.
import { beforeAll, expect, test } from 'vitest';
import { OnePassAdam } from './adam.ts';
import { PORTABLE_BACKEND, registerPortableBackend } from './portable-backend.ts';

beforeAll(async () => {
  registerPortableBackend();
  await tf.setBackend(PORTABLE_BACKEND);
});

const start = () => [tf.variable(tf.tensor2d([1, -2, 3, 0.5], [2, 2])), tf.variable(tf.tensor1d([0.3, -0.7]))];
const target = () => tf.tensor2d([0, 1, -1, 2], [2, 2]);

function descend(optimizer: tf.AdamOptimizer, variables: tf.Variable[], steps: number): number[] {
  const loss = () => tf.mean<tf.Scalar>(tf.square(tf.sub(tf.add(tf.matMul(variables[0], variables[0]), variables[1]), target())));
  for (let i = 0; i < steps; i++) tf.tidy(() => void optimizer.minimize(loss, false, variables));
  return variables.flatMap((variable) => Array.from(variable.dataSync()));
}

function expectClose(ours: number[], theirs: number[]): void {
  ours.forEach((value, i) => {
    expect(Math.abs(value - theirs[i])).toBeLessThan(1e-5);
  });
}

test('takes the steps of the stock optimizer', () => {
  expectClose(descend(new OnePassAdam(0.05), start(), 40), descend(tf.train.adam(0.05), start(), 40));
});

test('goes on where a saved one stopped, under the stock names', async () => {
  const variables = start();
  const [first, stock] = [new OnePassAdam(0.05), tf.train.adam(0.05)];
  descend(first, variables, 10);
  const stockVariables = start();
  descend(stock, stockVariables, 10);
  const saved = await first.getWeights();
  const names = (list: typeof saved) => list.map(({ name }) => name.replace(/\d+/, 'number'));
  expect(names(saved)).toEqual(names(await stock.getWeights()));
  const second = new OnePassAdam(0.05);
  await second.setWeights(saved);
  expectClose(descend(second, variables, 30), descend(stock, stockVariables, 30));
});

test('leaves no tensors behind, and the values someone read before a step stay as they were', () => {
  const variables = start();
  const optimizer = new OnePassAdam(0.05);
  descend(optimizer, variables, 1);
  const before = tf.memory().numTensors;
  const read = variables[0].dataSync();
  const copy = Array.from(read);
  descend(optimizer, variables, 5);
  expect(Array.from(read)).toEqual(copy);
  expect(tf.memory().numTensors).toBe(before);
});
