import type { Scalar } from '@tensorflow/tfjs-core';
import type { LabelledRows, LogisticModel, LogisticOptions } from './logistic-regression.ts';
import type { Tf } from './tensors.ts';

export type Standard = Pick<LogisticModel, 'means' | 'deviations'>;

/** Weights for standardised features by mini-batch Adam, with the mean loss per epoch. Reorders `training`. */
export async function descend(
  tf: Tf,
  rows: LabelledRows,
  training: Uint32Array,
  standard: Standard,
  shuffle: (order: Uint32Array) => Uint32Array,
  options: LogisticOptions,
): Promise<{ weights: number[]; intercept: number; curve: number[] }> {
  const { columns } = rows;
  const { l2 = 0.001, epochs = 8, learningRate = 0.03 } = options;
  const batchSize = Math.min(options.batchSize ?? 1_024, Math.max(16, Math.floor(training.length / 32)));
  const weights = tf.tidy(() => tf.variable(tf.zeros([columns, 1])));
  const intercept = tf.tidy(() => tf.variable(tf.tensor1d([logOdds(rateOf(rows.labels, training))])));
  const average = runningMean();
  const curve: number[] = [];
  const optimizer = tf.train.adam(learningRate);
  const step = (batch: Uint32Array) =>
    tf.tidy(() => {
      const x = tf.tensor2d(standardised(rows, standard, batch), [batch.length, columns]);
      const y = tf.tensor2d(pick(rows.labels, batch), [batch.length, 1]);
      const loss = () => {
        const fit = tf.losses.sigmoidCrossEntropy(y, tf.add(tf.matMul(x, weights), intercept));
        return tf.add<Scalar>(fit, tf.mul(l2 / 2, tf.sum(tf.square(weights))));
      };
      return optimizer.minimize(loss, true, [weights, intercept])?.dataSync()[0] ?? Number.NaN;
    });
  try {
    for (let epoch = 1; epoch <= epochs && !options.shouldStop?.(); epoch++) {
      shuffle(training);
      let sum = 0;
      for (let start = 0; start < training.length; start += batchSize) {
        const batch = training.subarray(start, start + batchSize);
        sum += step(batch) * batch.length;
        if (2 * epoch > epochs) average.add([...weights.dataSync(), intercept.dataSync()[0]]);
      }
      curve.push(sum / training.length);
      await options.onProgress?.({ epoch, epochs, loss: curve[curve.length - 1] });
    }
    const found = average.mean() ?? [...weights.dataSync(), intercept.dataSync()[0]];
    return { weights: found.slice(0, columns), intercept: found[columns], curve };
  } finally {
    tf.dispose([weights, intercept]);
    optimizer.dispose();
  }
}

function runningMean() {
  const sums: number[] = [];
  let count = 0;
  return {
    add(values: readonly number[]) {
      values.forEach((value, j) => {
        sums[j] = (sums[j] ?? 0) + value;
      });
      count++;
    },
    mean: () => (count === 0 ? undefined : sums.map((sum) => sum / count)),
  };
}

/** Means and deviations of the training rows; a constant column divides by 1. */
export function standardiser({ features, columns }: LabelledRows, training: Uint32Array): Standard {
  const means = new Array<number>(columns).fill(0);
  const squares = new Array<number>(columns).fill(0);
  for (const row of training) {
    for (let j = 0; j < columns; j++) means[j] += features[row * columns + j] / training.length;
  }
  for (const row of training) {
    for (let j = 0; j < columns; j++) squares[j] += (features[row * columns + j] - means[j]) ** 2 / training.length;
  }
  return { means, deviations: squares.map((square) => (square > 1e-12 ? Math.sqrt(square) : 1)) };
}

function standardised({ features, columns }: LabelledRows, { means, deviations }: Standard, batch: Uint32Array): Float32Array {
  const values = new Float32Array(batch.length * columns);
  batch.forEach((row, i) => {
    for (let j = 0; j < columns; j++) values[i * columns + j] = (features[row * columns + j] - means[j]) / deviations[j];
  });
  return values;
}

export const pick = (values: ArrayLike<number>, rows: Uint32Array) => Float32Array.from(rows, (row) => values[row]);

/** Share of ones among the rows. */
export function rateOf(labels: ArrayLike<number>, rows: Uint32Array): number {
  let positives = 0;
  for (const row of rows) positives += labels[row];
  return positives / rows.length;
}

/** Finite also when one class is missing. */
const logOdds = (rate: number) => Math.log((rate + 1e-4) / (1 - rate + 1e-4));
