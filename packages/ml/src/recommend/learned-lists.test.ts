import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createRandom } from '../random/random.ts';
import { dataTest } from '../test-data.ts';
import { fitRecommender, loadRecommender, type PlainKind } from './algorithms.ts';
import { cgRoom, improveByCg } from './conjugate-gradient.ts';
import { trainAls } from './als.ts';
import { trainEase } from './ease.ts';
import { evaluateRanking } from './evaluation.ts';
import { historyOf, type Interactions } from './interactions.ts';
import { fullGramian } from './outer-products.ts';
import { movieLensFold } from './ratings/test-movie-lens.ts';
import { recommend, topItems } from './recommender.ts';
import { segmentPopularity } from './segment-popularity.ts';
import { twoTastes } from './test-two-tastes.ts';
import { recommendByIndex, type VectorIndex } from './vector-index.ts';

const PERSONAL: PlainKind[] = ['item-item', 'als', 'ease', 'bpr'];

test.each(PERSONAL)('%s learns the two tastes, survives its bytes, and the same seed gives the same bytes', (kind) => {
  const matrix = twoTastes();
  const model = fitRecommender(kind, matrix, createRandom(1));
  const list = recommend(model, historyOf(matrix, 0), { count: 5 });
  expect(list.filter(({ item }) => item % 2 === 0)).toHaveLength(5);
  const bytes = model.encode();
  expect(fitRecommender(kind, matrix, createRandom(1)).encode()).toEqual(bytes);
  const loaded = loadRecommender(bytes);
  expect(loaded.kind).toBe(kind);
  expect(loaded.scores(historyOf(matrix, 3))).toEqual(model.scores(historyOf(matrix, 3)));
  expect(loaded.encode()).toEqual(bytes);
});

test.each(PERSONAL)('%s: reasons sum to the score (BPR: above what nobody’s history gives), and strange histories are answered', (kind) => {
  const matrix = twoTastes();
  const model = fitRecommender(kind, matrix, createRandom(1));
  const nobody = model.scores({ items: [], weights: [] });
  const history = fc.uniqueArray(fc.integer({ min: -1, max: 22 }), { maxLength: 8 });
  fc.assert(
    fc.property(history, fc.integer({ min: 0, max: 19 }), (items, item) => {
      const past = { items, weights: items.map((_, at) => 1 + at) };
      const sum = model.explain(past, item).reduce((total, { contribution }) => total + contribution, 0);
      expect(sum).toBeCloseTo(model.scores(past)[item] - (kind === 'bpr' ? nobody[item] : 0), 5);
    }),
    { numRuns: 50 },
  );
});

test('EASE by hand: two items, both chosen by two of three users', () => {
  const matrix: Interactions = {
    userCount: 3,
    itemCount: 2,
    offsets: Int32Array.of(0, 2, 4, 5),
    items: Int32Array.of(0, 1, 0, 1, 0),
    weights: new Float32Array(5).fill(7),
  };
  // XᵀX + I = [[4, 2], [2, 3]]: the regression of each column on the other alone, 2 / (2 + 1) and 2 / (3 + 1).
  const model = trainEase(matrix, { regularisation: 1 });
  expect([...model.scores({ items: [0], weights: [1] })]).toEqual([0, expect.closeTo(2 / 4, 6)]);
  expect([...model.scores({ items: [1], weights: [1] })]).toEqual([expect.closeTo(2 / 3, 6), 0]);
  expect(() => trainEase(matrix, { regularisation: -10 })).toThrow(RangeError);
});

test('EASE links only the most chosen items when told to, and knows the rest by no score', () => {
  const matrix = twoTastes();
  const model = trainEase(matrix, { maximumItems: 6 });
  const scores = model.scores({ items: Int32Array.from({ length: 20 }, (_, item) => item), weights: new Float32Array(20).fill(1) });
  expect(scores.filter((score) => score !== 0)).toHaveLength(6);
  expect(loadRecommender(model.encode()).scores(historyOf(matrix, 1))).toEqual(model.scores(historyOf(matrix, 1)));
});

test('EASE: at its solution the gradient off the diagonal vanishes', () => {
  const matrix = twoTastes();
  const regularisation = 3;
  const model = trainEase(matrix, { regularisation });
  const n = matrix.itemCount;
  const row = (item: number) => model.scores({ items: [item], weights: [1] });
  const links = Array.from({ length: n }, (_, item) => row(item));
  const errors = Array.from({ length: matrix.userCount }, (_, user) => {
    const history = historyOf(matrix, user);
    return model.scores(history).map((score, item) => score - Number(history.items.includes(item)));
  });
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      if (i === j) continue;
      let gradient = regularisation * links[i][j];
      for (let user = 0; user < matrix.userCount; user++) if (historyOf(matrix, user).items.includes(i)) gradient += errors[user][j];
      expect(gradient).toBeCloseTo(0, 3);
    }
  }
});

test('as many conjugate-gradient steps as factors solve the system', () => {
  const random = createRandom('cg');
  const [factors, ridge] = [5, 0.3];
  const vectors = Float64Array.from({ length: 9 * factors }, () => random.normal());
  const history = { items: [1, 4, 8], weights: [1, 0.5, 2] };
  const gram = fullGramian(vectors, factors, 0.4);
  const side = Float64Array.from({ length: factors }, () => random.normal());
  const x = new Float64Array(factors);
  improveByCg(x, side, { gram, vectors, history, ridge }, factors, cgRoom(factors));
  for (let i = 0; i < factors; i++) {
    let left = ridge * x[i];
    for (let j = 0; j < factors; j++) {
      left += gram[i * factors + j] * x[j];
      history.items.forEach((item, h) => {
        left += history.weights[h] * vectors[item * factors + i] * vectors[item * factors + j] * x[j];
      });
    }
    expect(left).toBeCloseTo(side[i], 9);
  }
});

test('a list by an exact index is the list by all scores', () => {
  const matrix = twoTastes();
  const model = trainAls(matrix, createRandom(4), { factors: 4 });
  const index: VectorIndex = {
    topK(vector, count, isAllowed = () => true) {
      const top = topItems(
        model.scoresOf(vector).map((score, row) => (isAllowed(row) ? score : Number.NaN)),
        count,
      );
      return { rows: top.map(({ item }) => item), scores: top.map(({ score }) => score) };
    },
  };
  for (const options of [{ count: 5 }, { count: 3, exclude: [2, 4] }, { count: 25, excludeHistory: false }]) {
    const history = historyOf(matrix, 2);
    expect(recommendByIndex(model, index, history, options)).toEqual(recommend(model, history, options));
  }
});

test('a segment’s popularity is its own where it is large and everybody’s where it is empty', () => {
  const matrix = twoTastes();
  const segmentOf = Int32Array.from({ length: matrix.userCount }, (_, user) => user % 2);
  const shares = segmentPopularity(matrix, segmentOf, 3, { shrinkage: 10 });
  const share = (segment: number, item: number) => shares[segment * 20 + item];
  for (let segment = 0; segment < 3; segment++)
    expect(Array.from({ length: 20 }, (_, item) => share(segment, item)).reduce((a, b) => a + b)).toBeCloseTo(1, 12);
  expect(share(0, 2)).toBeGreaterThan(5 * share(0, 3));
  expect(share(2, 2)).toBeCloseTo((share(0, 2) + share(1, 2)) / 2, 12);
});

dataTest('movielens-100k/ratings_with_folds.csv.gz', 'MovieLens 100K, fold u1: NDCG@10 of EASE and ALS', () => {
  const [train, heldOut] = movieLensFold(1).map((rows) => ({ ...rows, weights: rows.weights.map(() => 1) }));
  const ndcg = (kind: PlainKind) => evaluateRanking(fitRecommender(kind, train, createRandom(1)), train, heldOut).ndcg;
  expect(ndcg('ease')).toBeCloseTo(0.5652, 3);
  expect(ndcg('als')).toBeGreaterThan(0.555);
});
