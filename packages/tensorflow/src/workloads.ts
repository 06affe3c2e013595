import type * as Core from '@tensorflow/tfjs-core';
import type { LstmOperation } from './lstm.ts';

type Tf = typeof Core;

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

/** One training step of an LSTM forecaster with Adam, given how to run the LSTM; amount in sequences. */
export function lstmWorkload(tf: Tf, lstm: LstmOperation, { batch = 256, steps = 28, inputs = 8, units = 32 } = {}): Workload {
  const x = wave(tf, [batch, steps, inputs]);
  const y = wave(tf, [batch, 1]);
  const kernel = variable(tf, [inputs, 4 * units]);
  const recurrent = variable(tf, [units, 4 * units]);
  const bias = variable(tf, [4 * units]);
  const head = variable(tf, [units, 1]);
  const optimizer = tf.train.adam(1e-3);
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
export function logisticWorkload(tf: Tf, { batch = 1_024, columns = 24 } = {}): Workload {
  const x = wave(tf, [batch, columns]);
  const y = tf.tidy(() => tf.cast(tf.greater(wave(tf, [batch, 1]), 0), 'float32'));
  const weights = variable(tf, [columns, 1]);
  const bias = variable(tf, [1]);
  const optimizer = tf.train.adam(1e-3);
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
