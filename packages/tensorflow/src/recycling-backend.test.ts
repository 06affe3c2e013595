import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-layers'; // Registers the gradients of TensorFlow.js' own operations.
import { beforeAll, expect, test } from 'vitest';
import { PORTABLE_BACKEND, registerPortableBackend } from './portable-backend.ts';
import { RecyclingBackend } from './recycling-backend.ts';

beforeAll(async () => {
  registerPortableBackend();
  await tf.setBackend(PORTABLE_BACKEND);
});

const arrayOf = (tensor: tf.Tensor) => {
  const backend = tf.backend();
  if (!(backend instanceof RecyclingBackend)) throw new Error('expected the portable backend');
  return backend.data.get(tensor.dataId).values;
};
const sumOf = (size: number) => tf.add(tf.ones([size]), tf.ones([size]));

test('the array of a disposed tensor serves the next of its size', () => {
  const first = sumOf(31);
  const array = arrayOf(first);
  first.dispose();
  const second = sumOf(31);
  expect(arrayOf(second)).toHaveProperty('buffer', Reflect.get(Object(array), 'buffer'));
  expect(Array.from(second.dataSync())).toEqual(new Array(31).fill(2));
});

test('what was read stays as it was read', async () => {
  for (const read of [(tensor: tf.Tensor) => tensor.dataSync(), (tensor: tf.Tensor) => tensor.data()]) {
    const tensor = sumOf(37);
    const values = await read(tensor);
    tensor.dispose();
    tf.mul(tf.fill([37], 5), tf.ones([37]));
    expect(Array.from(values)).toEqual(new Array(37).fill(2));
  }
});

test('a second tensor on the same array keeps it', () => {
  const tensor = sumOf(41);
  const reshaped = tf.reshape(tensor, [41, 1]);
  const strided = tf.stridedSlice(sumOf(41), [1], [40], [1]); // The stock kernel makes a view.
  tensor.dispose();
  for (let i = 0; i < 3; i++) tf.mul(tf.fill([41], 5), tf.ones([41]));
  expect(Array.from(reshaped.dataSync())).toEqual(new Array(41).fill(2));
  expect(Array.from(strided.dataSync())).toEqual(new Array(39).fill(2));
});

test('training gives the same weights whether arrays are reused or not', async () => {
  const train = async (backend: string) => {
    await tf.setBackend(backend);
    return tf.tidy(() => {
      const weights = tf.variable(tf.tensor2d([0.1, -0.2, 0.3, 0.4], [4, 1]));
      const x = tf.tensor2d(
        Float32Array.from({ length: 64 }, (_, i) => Math.sin(i)),
        [16, 4],
      );
      const optimizer = tf.train.adam(0.1);
      for (let i = 0; i < 20; i++) optimizer.minimize(() => tf.mean<tf.Scalar>(tf.square(tf.sub(tf.matMul(x, weights), 1))));
      return Array.from(weights.dataSync());
    });
  };
  const [ours, stock] = [await train(PORTABLE_BACKEND), await train('cpu')];
  ours.forEach((value, i) => {
    expect(Math.abs(value - stock[i])).toBeLessThan(1e-5);
  });
});
