import type { Scalar, Tensor, Tensor1D } from '@tensorflow/tfjs-core';
import { createRandom, type Random } from '../random/random.ts';
import { historyOf, type Interactions } from '../recommend/interactions.ts';
import { type TowerVectors, twoTowerRecommender } from '../recommend/tower-vectors.ts';
import type { Recommender } from '../recommend/recommender.ts';
import { type Tf, toVariables, toWeights, type Weight } from './tensors.ts';

export interface TwoTowerOptions {
  seed: number | string;
  /** [itemCount × attributeCount]: what is known of an item before anybody chooses it, about 0..1. */
  attributes: Float32Array;
  attributeCount: number;
  /** Default 32. */
  factors?: number;
  /** Default 20. */
  epochs?: number;
  /** Default 512; the others of a batch are each choice's negatives. */
  batchSize?: number;
  /** Adam's step. Default 0.005. */
  learningRate?: number;
  /** Chance that an item's own vector is left out of a training row, so that attributes learn to stand alone (Volkovs et al. 2017). Default 0.2. */
  dropout?: number;
  shouldStop?: () => boolean;
  onProgress?: (epoch: { epoch: number; epochs: number; loss: number }) => void | Promise<void>;
}

const PAST_ITEMS = 20; // Of a history, drawn anew for every row: enough for a taste, few enough for one dense batch.
const SCALE = 4; // Of the logits: inverse temperature.

/**
 * Two towers (Covington et al. 2016; Yi et al. 2019): a user is the mean of what past items say (H_j + a_j·V), an item is E_i + a_i·W, the score
 * their product; learned by softmax over the batch with log-frequency correction. New items are scored by their attributes.
 * The trained model is plain arrays, needs no TensorFlow and explains each score exactly. Throws RangeError when nobody chose two items.
 */
export async function trainTwoTower(
  tf: Tf,
  interactions: Interactions,
  options: TwoTowerOptions,
): Promise<{ model: Recommender; curve: number[] }> {
  const { factors = 32, epochs = 20, batchSize = 512, learningRate = 0.005, dropout = 0.2, attributes, attributeCount } = options;
  const { itemCount } = interactions;
  const random = createRandom(options.seed);
  const rows = choices(interactions);
  if (rows.length === 0) throw new RangeError('nobody chose two items');
  const frequency = frequencies(interactions);
  const variables = toVariables(tf, initialWeights(random.fork('weights'), itemCount, attributeCount, factors));
  const attributeTable = tf.tensor2d(padded(attributes, attributeCount), [itemCount + 1, attributeCount]);
  const optimizer = tf.train.adam(learningRate);
  const draw = random.fork('batches');
  const curve: number[] = [];
  const tower = (own: Tensor, byAttribute: Tensor, indices: Tensor1D, keep: Tensor) =>
    tf.add(tf.mul(tf.gather(own, indices), keep), tf.matMul(tf.gather(attributeTable, indices), byAttribute));
  const step = (batch: Batch) =>
    tf.tidy(() => {
      const loss = () => {
        const flat = tf.tensor1d(batch.past, 'int32');
        const known = tf.tensor2d(
          batch.past.map((item) => Number(item < itemCount)),
          [batch.past.length, 1],
          'float32',
        );
        const said = tf.mul(tower(variables.past, variables.pastAttributes, flat, known), known);
        const user = tf.mul(tf.sum(tf.reshape(said, [batch.count, PAST_ITEMS, factors]), 1), tf.tensor2d(batch.share, [batch.count, 1]));
        const item = tower(
          variables.item,
          variables.itemAttributes,
          tf.tensor1d(batch.items, 'int32'),
          tf.tensor2d(batch.keep, [batch.count, 1]),
        );
        const logits = tf.sub(tf.mul(tf.matMul(user, item, false, true), SCALE), tf.tensor2d(batch.logFrequency, [1, batch.count]));
        return tf.losses.softmaxCrossEntropy<Tensor, Scalar>(tf.eye(batch.count), logits);
      };
      return optimizer.minimize(loss, true, Object.values(variables))?.dataSync()[0] ?? Number.NaN;
    });
  try {
    for (let epoch = 1; epoch <= epochs && !options.shouldStop?.(); epoch++) {
      draw.shuffle(rows);
      let [sum, batches] = [0, 0];
      for (let from = 0; from < rows.length; from += batchSize, batches++)
        sum += step(drawBatch(interactions, rows.slice(from, from + batchSize), frequency, dropout, draw));
      curve.push(sum / batches);
      await options.onProgress?.({ epoch, epochs, loss: curve[curve.length - 1] });
    }
    return { model: twoTowerRecommender(finished(toWeights(variables), options, frequency, factors)), curve };
  } finally {
    tf.dispose([...Object.values(variables), attributeTable]);
    optimizer.dispose();
  }
}

interface Batch {
  count: number;
  items: Int32Array;
  keep: Float32Array;
  logFrequency: Float32Array;
  /** [count × PAST_ITEMS], `itemCount` where there is none. */
  past: Int32Array;
  /** 1 ÷ number of past items. */
  share: Float32Array;
}

/** [user, item] of every user with at least two items. */
function choices(interactions: Interactions): [number, number][] {
  return Array.from({ length: interactions.userCount }, (_, user) => user).flatMap((user) => {
    const { items } = historyOf(interactions, user);
    return items.length < 2 ? [] : Array.from(items, (item): [number, number] => [user, item]);
  });
}

function drawBatch(interactions: Interactions, rows: [number, number][], frequency: Float32Array, dropout: number, random: Random): Batch {
  const count = rows.length;
  const past = new Int32Array(count * PAST_ITEMS).fill(interactions.itemCount);
  const share = new Float32Array(count);
  rows.forEach(([user, item], row) => {
    const others = historyOf(interactions, user).items.filter((one) => one !== item);
    const drawn = others.length <= PAST_ITEMS ? others : random.shuffle(others).subarray(0, PAST_ITEMS);
    past.set(drawn, row * PAST_ITEMS);
    share[row] = 1 / drawn.length;
  });
  return {
    count,
    past,
    share,
    items: Int32Array.from(rows, ([, item]) => item),
    keep: Float32Array.from({ length: count }, () => Number(!random.bernoulli(dropout))),
    logFrequency: Float32Array.from(rows, ([, item]) => Math.log(frequency[item])),
  };
}

/** Share of all choices, by item. */
function frequencies({ items, itemCount }: Interactions): Float32Array {
  const counts = new Float32Array(itemCount);
  for (const item of items) counts[item] += 1 / items.length;
  return counts;
}

function padded(attributes: Float32Array, attributeCount: number): Float32Array {
  const table = new Float32Array(attributes.length + attributeCount);
  table.set(attributes);
  return table;
}

function initialWeights(random: Random, itemCount: number, attributeCount: number, factors: number): Record<string, Weight> {
  const table = (rows: number): Weight => ({
    shape: [rows, factors],
    values: Float32Array.from({ length: rows * factors }, () => random.normal(0, 0.1)),
  });
  return {
    past: table(itemCount + 1),
    item: table(itemCount + 1),
    pastAttributes: table(attributeCount),
    itemAttributes: table(attributeCount),
  };
}

/** Both towers carried out for every item; the own vectors of items nobody chose are as drawn, so left out. */
function finished(weights: Record<string, Weight>, options: TwoTowerOptions, frequency: Float32Array, factors: number): TowerVectors {
  const { attributes, attributeCount } = options;
  const carriedOut = (own: Float32Array, byAttribute: Float32Array) => {
    const out = new Float32Array(frequency.length * factors);
    for (let item = 0; item < frequency.length; item++) {
      for (let f = 0; f < factors; f++) {
        let sum = frequency[item] > 0 ? own[item * factors + f] : 0;
        for (let a = 0; a < attributeCount; a++) sum += attributes[item * attributeCount + a] * byAttribute[a * factors + f];
        out[item * factors + f] = sum;
      }
    }
    return out;
  };
  const logFrequency = frequency.map((share) => Math.log(Math.max(share, 0.1 / Math.max(1, frequency.length))));
  return {
    factors,
    past: carriedOut(weights.past.values, weights.pastAttributes.values),
    items: carriedOut(weights.item.values, weights.itemAttributes.values).map((value) => value * SCALE),
    biases: logFrequency,
  };
}
