import util from 'node:util';
import { MathBackendCPU } from '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { afterEach, expect, test } from 'vitest';
import { chooseBackend } from './open-tensorflow.ts';

afterEach(() => {
  if (tf.findBackendFactory('tensorflow')) tf.removeBackend('tensorflow');
});

test('a package that is not there leaves the portable backend and says so', async () => {
  const absent = Object.assign(new Error('nothing'), { code: 'ERR_MODULE_NOT_FOUND' });
  const { backend, description } = await chooseBackend(() => Promise.reject(absent));
  expect(backend).toBe('portable');
  expect(description).toContain('the native library is not used: @tensorflow/tfjs-node is not installed.');
  expect(tf.matMul(tf.ones([2, 3]), tf.ones([3, 2])).dataSync()[0]).toBe(3);
});

test('a package that breaks while loading is named with the first line of its error', async () => {
  const { backend, description } = await chooseBackend(() => Promise.reject(new Error('libtensorflow.so.2: cannot open\nmore lines')));
  expect(backend).toBe('portable');
  expect(description).toContain('did not load (libtensorflow.so.2: cannot open).');
});

test('a package that belongs to another copy of TensorFlow.js is not trusted', async () => {
  const { backend, description } = await chooseBackend(() => Promise.resolve());
  expect(backend).toBe('portable');
  expect(description).toContain('another copy');
});

test('a package that registers itself is used, and finds the functions that Node removed', async () => {
  const { backend, description } = await chooseBackend(async () => {
    const isNullOrUndefined: unknown = Reflect.get(util, 'isNullOrUndefined');
    if (typeof isNullOrUndefined !== 'function' || !isNullOrUndefined(null) || isNullOrUndefined(0)) throw new Error('missing');
    tf.registerBackend('tensorflow', () => new MathBackendCPU(), 3);
  });
  expect(backend).toBe('native');
  expect(description).toContain('native library through @tensorflow/tfjs-node');
  expect(tf.getBackend()).toBe('tensorflow');
});
