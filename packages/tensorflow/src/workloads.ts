import type * as Core from '@tensorflow/tfjs-core';
import type { LstmOperation } from './lstm.ts';

type Tf = typeof Core;

/** What training needs, as `openTensorflow` gives it. */
export interface Trainer {
  tf: Tf;
  lstm: LstmOperation;
  adam(learningRate: number): Core.AdamOptimizer;
}

/** One run of something whose speed is worth knowing. `amount` is what one run does, in the workload's unit. */
export interface Workload {
  amount: number;
  run(): void;
  dispose(): void;
}

/** Square matrix product; amount in floating-point operations. */
export function matmulWorkload(tf: Tf, size = 256): Workload {
  const a = wave(tf, [size, size]);
  const b = wave(tf, [size, size]);
  return {
    amount: 2 * size ** 3,
    run: () => tf.tidy(() => void tf.matMul(a, b).dataSync()),
    dispose: () => tf.dispose([a, b]),
  };
}

/** One training step of an LSTM forecaster with Adam; amount in sequences. */
export function lstmWorkload({ tf, lstm, adam }: Trainer, { batch = 256, steps = 28, inputs = 8, units = 32 } = {}): Workload {
  const x = wave(tf, [batch, steps, inputs]);
  const y = wave(tf, [batch, 1]);
  const kernel = variable(tf, [inputs, 4 * units]);
  const recurrent = variable(tf, [units, 4 * units]);
  const bias = variable(tf, [4 * units]);
  const head = variable(tf, [units, 1]);
  const optimizer = adam(1e-3);
  const loss = () => {
    const last = lstm({ x, kernel, recurrent, bias });
    return tf.mean<Core.Scalar>(tf.squaredDifference(tf.matMul(last, head), y));
  };
  return {
    amount: batch,
    run: () => tf.tidy(() => void optimizer.minimize(loss, true)?.dataSync()),
    dispose: () => {
      tf.dispose([x, y, kernel, recurrent, bias, head]);
      optimizer.dispose();
    },
  };
}

/** One training step of logistic regression with Adam; amount in rows. */
export function logisticWorkload({ tf, adam }: Omit<Trainer, 'lstm'>, { batch = 1_024, columns = 24 } = {}): Workload {
  const x = wave(tf, [batch, columns]);
  const y = tf.tidy(() => tf.cast(tf.greater(wave(tf, [batch, 1]), 0), 'float32'));
  const weights = variable(tf, [columns, 1]);
  const bias = variable(tf, [1]);
  const optimizer = adam(1e-3);
  const loss = () => tf.losses.sigmoidCrossEntropy<Core.Tensor, Core.Scalar>(y, tf.add(tf.matMul(x, weights), bias));
  return {
    amount: batch,
    run: () => tf.tidy(() => void optimizer.minimize(loss, true)?.dataSync()),
    dispose: () => {
      tf.dispose([x, y, weights, bias]);
      optimizer.dispose();
    },
  };
}

/**
 * One training step of neural collaborative filtering (He et al. 2017: embeddings of users and products through 64-32-1) with
 * Adam; amount in samples. Tables as large as MovieLens 1M's.
 */
export function neuralCfWorkload(
  { tf, adam }: Omit<Trainer, 'lstm'>,
  { batch = 1_024, users = 6_040, products = 3_706, width = 32 } = {},
): Workload {
  const tables = [variable(tf, [users, width]), variable(tf, [products, width])];
  const layers = [
    variable(tf, [2 * width, 64]),
    variable(tf, [64]),
    variable(tf, [64, 32]),
    variable(tf, [32]),
    variable(tf, [32, 1]),
    variable(tf, [1]),
  ];
  const chosen = [users, products].map((count, which) => tf.tensor1d(scattered(batch, count, which + 1), 'int32'));
  const y = tf.tidy(() => tf.cast(tf.greater(wave(tf, [batch, 1]), 0), 'float32'));
  const optimizer = adam(1e-3);
  const loss = () => {
    const x = tf.concat(
      tables.map((table, i) => tf.gather(table, chosen[i])),
      1,
    );
    const first = tf.relu(tf.add(tf.matMul(x, layers[0]), layers[1]));
    const second = tf.relu(tf.add(tf.matMul(first, layers[2]), layers[3]));
    return tf.losses.sigmoidCrossEntropy<Core.Tensor, Core.Scalar>(y, tf.add(tf.matMul(second, layers[4]), layers[5]));
  };
  return {
    amount: batch,
    run: () => tf.tidy(() => void optimizer.minimize(loss, true, [...tables, ...layers])?.dataSync()),
    dispose: () => {
      tf.dispose([...tables, ...layers, ...chosen, y]);
      optimizer.dispose();
    },
  };
}

/** Row numbers all over a table, the same every time. */
function scattered(length: number, count: number, seed: number): Int32Array {
  return Int32Array.from({ length }, (_, i) => ((i + seed) * 2_654_435_761) % count);
}

/** Amount per second: one run to warm up, then as many as fit into `milliseconds` (at least one). */
export function ratePerSecond(workload: Workload, milliseconds: number): number {
  workload.run();
  const start = performance.now();
  let runs = 0;
  do {
    workload.run();
    runs++;
  } while (performance.now() - start < milliseconds);
  const rate = (workload.amount * runs * 1_000) / (performance.now() - start);
  workload.dispose();
  return rate;
}

function wave(tf: Tf, shape: number[]): Core.Tensor {
  const size = shape.reduce((product, length) => product * length, 1);
  return tf.tensor(
    Float32Array.from({ length: size }, (_, i) => 0.3 * Math.sin(i * 1.7)),
    shape,
  );
}

function variable(tf: Tf, shape: number[]): Core.Variable {
  return tf.tidy(() => tf.variable(wave(tf, shape)));
}
