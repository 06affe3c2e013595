import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-layers'; // Registers the gradients of TensorFlow.js' own operations.
import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { PORTABLE_BACKEND, registerPortableBackend } from './portable-backend.ts';

beforeAll(() => {
  tf.enableProdMode();
  registerPortableBackend();
});

const wave = (shape: number[], phase = 0) =>
  tf.tensor(
    Float32Array.from({ length: tf.util.sizeFromShape(shape) }, (_, i) => Math.sin(i * 1.7 + phase)),
    shape,
  );

/** Values and shape of `run` on the stock backend and on ours. */
async function onBoth(run: () => tf.Tensor) {
  const results = [];
  for (const backend of ['cpu', PORTABLE_BACKEND]) {
    await tf.setBackend(backend);
    const result = tf.tidy(run);
    results.push({ shape: result.shape, dtype: result.dtype, values: Array.from(result.dataSync()) });
  }
  return results;
}

async function expectSame(run: () => tf.Tensor) {
  const [stock, ours] = await onBoth(run);
  expect([ours.shape, ours.dtype]).toEqual([stock.shape, stock.dtype]);
  ours.values.forEach((value, i) => {
    expect(Math.abs(value - stock.values[i])).toBeLessThan(1e-4);
  });
}

test('matrix products of any shape, transposed or not, equal the stock kernel', async () => {
  const side = fc.integer({ min: 1, max: 12 });
  const batches = fc.constantFrom<[number[], number[]]>(
    [[], []],
    [[3], [3]],
    [[1], [3]],
    [
      [2, 2],
      [2, 2],
    ],
    [
      [2, 1],
      [1, 3],
    ],
  );
  await fc.assert(
    fc.asyncProperty(side, side, side, batches, fc.boolean(), fc.boolean(), async (m, k, n, [left, right], ta, tb) => {
      await expectSame(() => tf.matMul(wave([...left, ...(ta ? [k, m] : [m, k])]), wave([...right, ...(tb ? [n, k] : [k, n])], 1), ta, tb));
    }),
    { numRuns: 60 },
  );
});

test.each(['linear', 'relu', 'relu6', 'elu', 'sigmoid', 'leakyrelu'] as const)('fused product with bias and %s', async (activation) => {
  await expectSame(() => tf.fused.matMul({ a: wave([9, 5]), b: wave([5, 6], 1), bias: wave([6], 2), activation, leakyreluAlpha: 0.2 }));
  await expectSame(() => tf.fused.matMul({ a: wave([9, 5]), b: wave([5, 6], 1), activation }));
  await expectSame(() => tf.fused.matMul({ a: wave([9, 5]), b: wave([5, 6], 1), bias: wave([9, 6], 2), activation }));
});

test('whole numbers still multiply as whole numbers', async () => {
  await expectSame(() => tf.matMul(tf.tensor2d([1, 2, 3, 4], [2, 2], 'int32'), tf.tensor2d([5, 6, 7, 8], [2, 2], 'int32')));
});

test('segment sums equal the stock kernel, rows outside every segment dropped', async () => {
  await expectSame(() => tf.unsortedSegmentSum(wave([6, 3]), tf.tensor1d([2, 0, 2, 4, 9, -1], 'int32'), 5));
  await expectSame(() => tf.unsortedSegmentSum(wave([4]), tf.tensor1d([1, 1, 0, 1], 'int32'), 2));
});

test('the gradient of an embedding look-up sums over repeated rows', async () => {
  await tf.setBackend(PORTABLE_BACKEND);
  const gradient = tf.grad((table) => tf.sum(tf.gather(table, tf.tensor1d([1, 1, 2], 'int32'))))(wave([4, 2]));
  expect(Array.from(gradient.dataSync())).toEqual([0, 0, 2, 2, 1, 1, 0, 0]);
});

const awkward = fc.constantFrom(0, -0, 1, -1.5, 3e38, 1e-40, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY);
const ONE_RESULT: Record<string, (a: tf.Tensor, b: tf.Tensor) => tf.Tensor> = {
  add: tf.add,
  sub: tf.sub,
  mul: tf.mul,
  div: tf.div,
  sum: (a) => tf.sum(a),
  'sum of rows': (a) => tf.sum(a, -1),
  'sum of columns': (a) => tf.sum(a, 0, true),
  transpose: (a) => tf.transpose(a),
  relu: (a) => tf.relu(a),
  sqrt: (a) => tf.sqrt(a),
  square: (a) => tf.square(a),
  step: (a) => tf.step(a, 0.25),
  concat: (a, b) => tf.concat([a, tf.mul(a, b)], -1),
  split: (a) => tf.split(a, [1, (a.shape[1] ?? 0) - 1], 1)[1],
  slice: (a) => tf.slice(a, [0, 1], [-1, (a.shape[1] ?? 0) - 1]),
  gather: (a) => tf.gather(a, tf.tensor1d(a.shape[0] > 0 ? [a.shape[0] - 1, 0] : [], 'int32')),
};

test.each(Object.entries(ONE_RESULT))('%s of any numbers and shapes equals the stock kernel', async (_, operation) => {
  const rows = fc.integer({ min: 0, max: 5 });
  const columns = fc.integer({ min: 1, max: 9 });
  const second = fc.constantFrom('whole', 'row', 'column', 'number');
  await fc.assert(
    fc.asyncProperty(rows, columns, second, fc.infiniteStream(awkward), async (m, n, kind, stream) => {
      const values = (size: number) => Float32Array.from({ length: size }, () => Number(stream.next().value));
      const shape = { whole: [m, n], row: [n], column: [m, 1], number: [] }[kind];
      const [left, right] = [values(m * n), values(tf.util.sizeFromShape(shape ?? []))];
      const [stock, ours] = await onBoth(() => operation(tf.tensor(left, [m, n]), tf.tensor(right, shape)));
      expect(ours.shape).toEqual(stock.shape);
      expect(ours.dtype).toBe(stock.dtype);
      expect(ours.values.map(Math.fround)).toEqual(stock.values.map(Math.fround));
    }),
    { numRuns: 60 },
  );
});

test('gradients of neural collaborative filtering equal those of the stock backend', async () => {
  const shapes = [
    [7, 4],
    [5, 4],
    [8, 6],
    [6, 1],
  ];
  const gradients = async (backend: string) => {
    await tf.setBackend(backend);
    const users = tf.tensor1d([0, 3, 3, 6, 1], 'int32');
    const products = tf.tensor1d([4, 4, 0, 2, 2], 'int32');
    const clicked = tf.tensor2d([1, 0, 1, 1, 0], [5, 1]);
    const loss = (user: tf.Tensor, product: tf.Tensor, hidden: tf.Tensor, last: tf.Tensor) => {
      const x = tf.concat([tf.gather(user, users), tf.gather(product, products)], 1);
      return tf.losses.sigmoidCrossEntropy<tf.Tensor, tf.Scalar>(clicked, tf.matMul(tf.relu(tf.matMul(x, hidden)), last));
    };
    return tf
      .grads(loss)(shapes.map((shape, i) => wave(shape, i)))
      .map((gradient) => Array.from(gradient.dataSync()));
  };
  const [ours, stock] = [await gradients(PORTABLE_BACKEND), await gradients('cpu')];
  ours.flat().forEach((value, i) => {
    expect(Math.abs(value - stock.flat()[i])).toBeLessThan(1e-6);
  });
});
