import type { Scalar, Tensor, Tensor1D, Tensor2D } from '@tensorflow/tfjs-core';
import { createRandom, type Random } from '../random/random.ts';
import { historyOf, type Interactions } from '../recommend/interactions.ts';
import { glorot, type Tf, toTensors, toVariables, toWeights, type Weight, zeros } from './tensors.ts';

export interface NeuralCfOptions {
  seed: number | string;
  /** GMF: products of factors; MLP: layers over both vectors; NeuMF: both side by side. Default 'neumf'. */
  form?: 'gmf' | 'mlp' | 'neumf';
  /** Length of every embedding. Default 32. */
  factors?: number;
  /** Default 12. */
  epochs?: number;
  /** Items not chosen, drawn for each chosen one. Default 4. */
  negatives?: number;
  /** Default 1,024. */
  batchSize?: number;
  /** Adam's step. Default 0.002. */
  learningRate?: number;
  shouldStop?: () => boolean;
  onProgress?: (epoch: { epoch: number; epochs: number; loss: number }) => void | Promise<void>;
}

/** Plain arrays; users are those of the training. */
export interface NeuralCfModel {
  form: 'gmf' | 'mlp' | 'neumf';
  userCount: number;
  itemCount: number;
  weights: Record<string, Weight>;
}

/** Users, items [rows] and whether the one chose the other. */
interface Batch {
  users: Int32Array;
  items: Int32Array;
  labels: Float32Array;
}

const LAYERS = [64, 32];

/**
 * Neural collaborative filtering (He et al. 2017): the chance that a user chooses an item is σ(h·[p ⊙ q, φ(p', q')]), learned by log-loss against
 * random items. A dot product is as good when tuned (Rendle et al. 2020), folds new users in and explains itself: prefer ALS or EASE.
 * Same seed and backend, same bytes. Throws RangeError when nothing was chosen.
 */
export async function trainNeuralCf(
  tf: Tf,
  interactions: Interactions,
  options: NeuralCfOptions,
): Promise<{ model: NeuralCfModel; curve: number[] }> {
  const { form = 'neumf', factors = 32, epochs = 12, negatives = 4, batchSize = 1_024, learningRate = 0.002 } = options;
  const { userCount, itemCount } = interactions;
  if (interactions.items.length === 0) throw new RangeError('there is no choice to learn from');
  const random = createRandom(options.seed);
  const variables = toVariables(tf, initialWeights(random.fork('weights'), form, userCount, itemCount, factors));
  const optimizer = tf.train.adam(learningRate);
  const draw = random.fork('batches');
  const curve: number[] = [];
  const step = (batch: Batch) =>
    tf.tidy(() => {
      const labels = tf.tensor2d(batch.labels, [batch.labels.length, 1]);
      const loss = () => tf.losses.sigmoidCrossEntropy<Tensor, Scalar>(labels, logits(tf, form, variables, batch.users, batch.items));
      return optimizer.minimize(loss, true, Object.values(variables))?.dataSync()[0] ?? Number.NaN;
    });
  try {
    for (let epoch = 1; epoch <= epochs && !options.shouldStop?.(); epoch++) {
      const rows = sampleRows(interactions, negatives, draw);
      let sum = 0;
      for (let from = 0; from < rows.labels.length; from += batchSize) {
        const part = <Values extends Int32Array | Float32Array>(values: Values) => values.subarray(from, from + batchSize) as Values;
        const batch = { users: part(rows.users), items: part(rows.items), labels: part(rows.labels) };
        sum += step(batch) * batch.labels.length;
      }
      curve.push(sum / rows.labels.length);
      await options.onProgress?.({ epoch, epochs, loss: curve[curve.length - 1] });
    }
    return { model: { form, userCount, itemCount, weights: toWeights(variables) }, curve };
  } finally {
    tf.dispose(Object.values(variables));
    optimizer.dispose();
  }
}

/** Log-odds of every item for a user of the training, [itemCount]. Throws RangeError for another user. */
export function scoreWithNeuralCf(tf: Tf, { form, userCount, itemCount, weights }: NeuralCfModel, user: number): Float64Array {
  if (!(user >= 0 && user < userCount)) throw new RangeError(`user ${user} was not there in training`);
  const items = Int32Array.from({ length: itemCount }, (_, item) => item);
  const users = new Int32Array(itemCount).fill(user);
  return Float64Array.from(tf.tidy(() => Float32Array.from(logits(tf, form, toTensors(tf, weights), users, items).dataSync())));
}

function initialWeights(
  random: Random,
  form: NeuralCfModel['form'],
  users: number,
  items: number,
  factors: number,
): Record<string, Weight> {
  const embedding = (rows: number) => ({
    shape: [rows, factors],
    values: Float32Array.from({ length: rows * factors }, () => random.normal(0, 0.05)),
  });
  const weights: Record<string, Weight> = {};
  if (form !== 'mlp') Object.assign(weights, { gmfUser: embedding(users), gmfItem: embedding(items) });
  if (form !== 'gmf') {
    Object.assign(weights, { mlpUser: embedding(users), mlpItem: embedding(items) });
    LAYERS.forEach((width, at) => {
      weights[`layer${at}`] = glorot(random, at === 0 ? 2 * factors : LAYERS[at - 1], width);
      weights[`bias${at}`] = zeros(width);
    });
  }
  const width = (form === 'mlp' ? 0 : factors) + (form === 'gmf' ? 0 : LAYERS[LAYERS.length - 1]);
  return { ...weights, output: glorot(random, width, 1), outputBias: zeros(1) };
}

/** [rows, 1] */
function logits(tf: Tf, form: NeuralCfModel['form'], weights: Record<string, Tensor>, users: Int32Array, items: Int32Array): Tensor2D {
  const [u, i] = [tf.tensor1d(users, 'int32'), tf.tensor1d(items, 'int32')];
  const rows = (name: string, indices: Tensor1D) => tf.gather(weights[name], indices);
  const parts: Tensor[] = [];
  if (form !== 'mlp') parts.push(tf.mul(rows('gmfUser', u), rows('gmfItem', i)));
  if (form !== 'gmf') {
    let hidden: Tensor = tf.concat([rows('mlpUser', u), rows('mlpItem', i)], 1);
    LAYERS.forEach((_, at) => {
      hidden = tf.relu(tf.add(tf.matMul(hidden, weights[`layer${at}`]), weights[`bias${at}`]));
    });
    parts.push(hidden);
  }
  const joined = parts.length === 1 ? parts[0] : tf.concat(parts, 1);
  return tf.add<Tensor2D>(tf.matMul(joined, weights.output), weights.outputBias);
}

/** Every choice once and `negatives` random items beside it, in random order. */
function sampleRows(interactions: Interactions, negatives: number, random: Random): Batch {
  const count = interactions.items.length * (1 + negatives);
  const order = random.shuffle(Uint32Array.from({ length: count }, (_, at) => at));
  const rows: Batch = { users: new Int32Array(count), items: new Int32Array(count), labels: new Float32Array(count) };
  let next = 0;
  for (let user = 0; user < interactions.userCount; user++) {
    const { items } = historyOf(interactions, user);
    const chosen = new Set(items);
    for (const item of items) {
      for (let n = 0; n <= negatives; n++) {
        const at = order[next++];
        rows.users[at] = user;
        rows.items[at] = n === 0 ? item : notChosen(chosen, interactions.itemCount, random);
        rows.labels[at] = n === 0 ? 1 : 0;
      }
    }
  }
  return rows;
}

/** A random item outside `chosen`; any item when a few draws find none. */
function notChosen(chosen: ReadonlySet<number>, itemCount: number, random: Random): number {
  let item = random.integer(itemCount);
  for (let tries = 0; tries < 20 && chosen.has(item); tries++) item = random.integer(itemCount);
  return item;
}
