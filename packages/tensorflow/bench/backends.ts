// Prints how fast each backend trains: node packages/tensorflow/bench/backends.ts
import * as tf from '@tensorflow/tfjs-core';
import { OnePassAdam } from '../src/adam.ts';
import { lstmFor, openTensorflow } from '../src/index.ts';
import { PORTABLE_BACKEND, registerPortableBackend } from '../src/portable-backend.ts';
import { logisticWorkload, lstmWorkload, matmulWorkload, neuralCfWorkload, ratePerSecond } from '../src/workloads.ts';
import { stepwiseLstmFor } from './stepwise-lstm.ts';

const MILLISECONDS = 1_500;
const chosen = await openTensorflow();
registerPortableBackend();
const native = chosen.backend === 'native' ? [tf.getBackend()] : [];

const rows: Record<string, Record<string, string>> = {};
for (const backend of ['cpu', PORTABLE_BACKEND, ...native]) {
  await tf.setBackend(backend);
  const adam = (learningRate: number) => (backend === PORTABLE_BACKEND ? new OnePassAdam(learningRate) : tf.train.adam(learningRate));
  const trainer = { tf, lstm: lstmFor(tf), adam };
  const rate = (workload: Parameters<typeof ratePerSecond>[0]) => ratePerSecond(workload, MILLISECONDS);
  const count = (value: number) => Math.round(value).toLocaleString('en');
  rows[backend] = {
    'matmul GFLOP/s': (rate(matmulWorkload(tf)) / 1e9).toFixed(2),
    'LSTM step by step, sequences/s': count(rate(lstmWorkload({ ...trainer, lstm: stepwiseLstmFor(tf) }))),
    'LSTM fused, sequences/s': count(rate(lstmWorkload(trainer))),
    'logistic rows/s': count(rate(logisticWorkload(trainer))),
    ...(backend !== 'cpu' && { 'neural CF samples/s': count(rate(neuralCfWorkload(trainer))) }), // A step of it takes the cpu backend half a minute.
  };
}
console.info(chosen.description);
console.table(rows);
