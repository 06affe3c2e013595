import { openTensorflow } from '@promolift/tensorflow';
import { beforeAll, expect, test } from 'vitest';
import { loadRecommender } from '../recommend/algorithms.ts';
import { historyOf } from '../recommend/interactions.ts';
import { recommend, topItems } from '../recommend/recommender.ts';
import { interactionsOf, twoTastes } from '../recommend/test-two-tastes.ts';
import { scoreWithNeuralCf, trainNeuralCf } from './neural-cf.ts';
import type { Tf } from './tensors.ts';
import { trainTwoTower } from './two-tower.ts';

let tf: Tf;
beforeAll(async () => {
  ({ tf } = await openTensorflow());
});

test.each(['gmf', 'mlp', 'neumf'] as const)('%s learns the two tastes', async (form) => {
  const matrix = twoTastes();
  const { model, curve } = await trainNeuralCf(tf, matrix, { seed: 1, form, factors: 8, epochs: 15, batchSize: 512, learningRate: 0.03 });
  expect(curve[curve.length - 1]).toBeLessThan(0.8 * curve[0]);
  const list = topItems(scoreWithNeuralCf(tf, model, 0), 5, new Set(historyOf(matrix, 0).items));
  expect(list.filter(({ item }) => item % 2 === 0)).toHaveLength(5);
  expect(() => scoreWithNeuralCf(tf, model, 60)).toThrow(RangeError);
});

test('the same seed gives the same weights', async () => {
  const train = () => trainNeuralCf(tf, twoTastes(), { seed: 2, factors: 4, epochs: 1 });
  expect(await train()).toEqual(await train());
});

test('nothing to learn from is refused, a stop is obeyed', async () => {
  await expect(trainNeuralCf(tf, interactionsOf([[], []], 3), { seed: 1 })).rejects.toThrow(RangeError);
  const { curve } = await trainNeuralCf(tf, twoTastes(), { seed: 1, shouldStop: () => true });
  expect(curve).toEqual([]);
});

/** Items 0..19 in two tastes; 20 and 21 are new, one of each kind. */
const shop = () => ({ ...twoTastes(), itemCount: 22 });
const attributes = Float32Array.from({ length: 22 * 2 }, (_, at) => Number((at >> 1) % 2 === at % 2));

test('two towers learn the two tastes, and score a new item by its attributes', async () => {
  const matrix = shop();
  const before = tf.memory().numTensors;
  const options = { seed: 1, attributes, attributeCount: 2, factors: 8, epochs: 15, batchSize: 100 };
  const { model, curve } = await trainTwoTower(tf, matrix, options);
  expect(tf.memory().numTensors).toBe(before);
  expect(curve[curve.length - 1]).toBeLessThan(curve[0]);
  const history = historyOf(matrix, 0);
  expect(recommend(model, history, { count: 5 }).filter(({ item }) => item % 2 === 0)).toHaveLength(5);
  const scores = model.scores(history);
  expect(scores[20]).toBeGreaterThan(scores[21]);
  const nobody = model.scores({ items: [], weights: [] });
  expect(model.explain(history, 20).reduce((sum, { contribution }) => sum + contribution, 0)).toBeCloseTo(scores[20] - nobody[20], 9);
  const bytes = model.encode();
  expect(loadRecommender(bytes).scores(history)).toEqual(scores);
  const once = { ...options, epochs: 1 };
  expect((await trainTwoTower(tf, matrix, once)).model.encode()).toEqual((await trainTwoTower(tf, matrix, once)).model.encode());
  await expect(trainTwoTower(tf, interactionsOf([[1], [2]], 22), options)).rejects.toThrow(RangeError);
});
