// How fast TensorFlow.js trains on our portable backend, beside the stock cpu backend and the native library where it is linked.
import {
  lstmWorkload,
  neuralCfWorkload,
  OnePassAdam,
  openTensorflow,
  PORTABLE_BACKEND,
  registerPortableBackend,
  type Trainer,
  type Workload,
} from '@promolift/tensorflow';
import * as tf from '@tensorflow/tfjs-core';
import type { Part, PartOptions } from './part.ts';
import { stepwiseLstmFor } from './stepwise-lstm.ts';

const NATIVE = 'tensorflow';
const ROUNDS = 25;
const TABLE = 'Training with TensorFlow.js';

type Rates = Record<string, number>;

/** The best rate of each backend, in turn; the LSTM of others is what TensorFlow.js has, step by step. */
async function ratesOn(backends: string[], trainer: Trainer, workload: (trainer: Trainer) => Workload): Promise<Rates> {
  const rates: Rates = {};
  const works = new Map<string, Workload>();
  for (const backend of backends) {
    await tf.setBackend(backend);
    const adam = (rate: number) => (backend === PORTABLE_BACKEND ? new OnePassAdam(rate) : tf.train.adam(rate));
    const lstm = backend === PORTABLE_BACKEND ? trainer.lstm : stepwiseLstmFor(tf);
    works.set(backend, workload({ tf, lstm, adam }));
  }
  for (let round = 0; round < ROUNDS; round++) {
    for (const [backend, work] of works) {
      if (backend === 'cpu' && round > 0) continue; // One step of it takes up to minutes.
      await tf.setBackend(backend);
      if (round === 0 && backend !== 'cpu') work.run();
      const start = performance.now();
      work.run();
      rates[backend] = Math.max(rates[backend] ?? 0, (work.amount * 1_000) / (performance.now() - start));
    }
  }
  for (const [backend, work] of works) {
    await tf.setBackend(backend);
    work.dispose();
  }
  return rates;
}

function reportRates(what: string, measure: string, rates: Rates, report: PartOptions['report']): void {
  const ours = rates[PORTABLE_BACKEND];
  const fixed = { table: TABLE, what, measure, better: 'higher', ours, published: null, kind: 'time' } as const;
  if (rates['cpu']) report({ ...fixed, peer: { name: 'cpu backend', value: rates['cpu'] }, goal: 30 * rates['cpu'] });
  if (rates[NATIVE]) report({ ...fixed, peer: { name: 'native library', value: rates[NATIVE] }, goal: 0.5 * rates[NATIVE] });
  if (!rates['cpu'] && !rates[NATIVE]) report({ ...fixed, peer: null, goal: null });
}

/** Largest difference between the gradients of a small neural CF on both backends. */
async function gradientDifference(): Promise<number> {
  const values = (shape: number[], seed: number) =>
    tf.tensor(
      Float32Array.from({ length: tf.util.sizeFromShape(shape) }, (_, i) => Math.sin(i * 1.7 + seed)),
      shape,
    );
  const gradients = async (backend: string) => {
    await tf.setBackend(backend);
    const users = tf.tensor1d(
      Int32Array.from({ length: 64 }, (_, i) => (i * 7) % 50),
      'int32',
    );
    const y = tf.tensor2d(
      Float32Array.from({ length: 64 }, (_, i) => i % 2),
      [64, 1],
    );
    const loss = (table: tf.Tensor, first: tf.Tensor, last: tf.Tensor) =>
      tf.losses.sigmoidCrossEntropy<tf.Tensor, tf.Scalar>(y, tf.matMul(tf.relu(tf.matMul(tf.gather(table, users), first)), last));
    return tf
      .grads(loss)([values([50, 32], 1), values([32, 32], 2), values([32, 1], 3)])
      .flatMap((gradient) => Array.from(gradient.dataSync()));
  };
  const [ours, stock] = [await gradients(PORTABLE_BACKEND), await gradients('cpu')];
  return ours.reduce((most, value, i) => Math.max(most, Math.abs(value - stock[i])), 0);
}

export const tensorflow: Part = {
  name: 'tensorflow',
  async run({ short, report }) {
    const trainer = await openTensorflow();
    registerPortableBackend();
    const native = trainer.backend === 'native' ? [NATIVE] : [];
    const difference = await gradientDifference();
    const gradient = { what: 'neural CF gradients, largest difference', measure: 'absolute', better: 'lower', ours: difference } as const;
    report({ table: TABLE, ...gradient, peer: null, published: null, goal: 1e-4, kind: 'quality' });
    const backends = [PORTABLE_BACKEND, ...(short ? [] : ['cpu']), ...native];
    const sequences = await ratesOn(backends, trainer, lstmWorkload);
    reportRates('LSTM 32 units, 28 steps, batch 256 (fused)', 'sequences/s', sequences, report);
    reportRates('neural CF, embeddings 32, 64-32-1, batch 1,024', 'samples/s', await ratesOn(backends, trainer, neuralCfWorkload), report);
  },
};
