// Prints how fast each backend trains: node packages/tensorflow/bench/backends.ts
import * as tf from '@tensorflow/tfjs-core';
import { lstmFor, openTensorflow } from '../src/index.ts';
import { registerPortableBackend } from '../src/portable-backend.ts';
import { logisticWorkload, lstmWorkload, matmulWorkload, ratePerSecond } from '../src/workloads.ts';
import { stepwiseLstmFor } from './stepwise-lstm.ts';

const MILLISECONDS = 1_500;
const chosen = await openTensorflow();
registerPortableBackend();
const native = chosen.backend === 'native' ? [tf.getBackend()] : [];

const rows: Record<string, Record<string, string>> = {};
for (const backend of ['cpu', 'promolift-portable', ...native]) {
  await tf.setBackend(backend);
  const rate = (workload: Parameters<typeof ratePerSecond>[0]) => ratePerSecond(workload, MILLISECONDS);
  const count = (value: number) => Math.round(value).toLocaleString('en');
  rows[backend] = {
    'matmul GFLOP/s': (rate(matmulWorkload(tf)) / 1e9).toFixed(2),
    'LSTM step by step, sequences/s': count(rate(lstmWorkload(tf, stepwiseLstmFor(tf)))),
    'LSTM fused, sequences/s': count(rate(lstmWorkload(tf, lstmFor(tf)))),
    'logistic rows/s': count(rate(logisticWorkload(tf))),
  };
}
console.info(chosen.description);
console.table(rows);
