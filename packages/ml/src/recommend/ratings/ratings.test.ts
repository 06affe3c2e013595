import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createRandom, type Random } from '../../random/random.ts';
import { dataTest } from '../../test-data.ts';
import { fitBaseline } from './baseline.ts';
import { fitBiasedMf } from './biased-mf.ts';
import { fitBlend } from './blend.ts';
import { fitCoClustering } from './co-clustering.ts';
import { movieLensFold } from './test-movie-lens.ts';
import { fitNeighbours } from './neighbours.ts';
import { fitNonNegativeMf } from './non-negative-mf.ts';
import { evaluateRatings, type RatingModel, recommendByRating } from './rating-model.ts';
import { buildRatings, type Ratings } from './ratings.ts';
import { similarities } from './similarity.ts';
import { fitSlopeOne } from './slope-one.ts';
import { fitSvdPlusPlus } from './svd-plus-plus.ts';

const SCALE = { userCount: 3, itemCount: 3, lowest: 1, highest: 5 };
/** `rows`: user, item, rating. */
const ratingsOf = (rows: number[][], scale = SCALE) =>
  buildRatings({ userIndex: rows.map(([u]) => u), itemIndex: rows.map(([, i]) => i), value: rows.map(([, , r]) => r) }, scale);

/** Two tastes over 24 items: even users like even items. */
function tastes(random: Random) {
  const rows: number[][] = [];
  for (let user = 0; user < 40; user++)
    for (let item = 0; item < 24; item++)
      if (random.bernoulli(0.5)) rows.push([user, item, (user + item) % 2 === 0 ? 4 + random.integer(2) : 1 + random.integer(2)]);
  const all = { userCount: 40, itemCount: 24, lowest: 1, highest: 5 };
  const heldOut = rows.filter((_, at) => at % 5 === 0);
  return {
    train: ratingsOf(
      rows.filter((_, at) => at % 5 !== 0),
      all,
    ),
    heldOut: ratingsOf(heldOut, all),
  };
}

const MODELS: Record<string, (ratings: Ratings, random: Random) => RatingModel> = {
  baseline: (ratings) => fitBaseline(ratings),
  'k nearest users': (ratings) => fitNeighbours(ratings, { relativeTo: 'nothing', between: 'users' }),
  'k nearest users, means': (ratings) => fitNeighbours(ratings, { relativeTo: 'means', between: 'users' }),
  'k nearest items, baseline': (ratings) => fitNeighbours(ratings),
  'Slope One': (ratings) => fitSlopeOne(ratings),
  'biased factorisation': (ratings, random) => fitBiasedMf(ratings, random, { factors: 8 }),
  'SVD++': (ratings, random) => fitSvdPlusPlus(ratings, random, { factors: 8 }),
  'non-negative factorisation': (ratings, random) => fitNonNegativeMf(ratings, random, { factors: 4 }),
  'co-clustering': (ratings, random) => fitCoClustering(ratings, random),
  blend: (ratings, random) =>
    fitBlend(ratings, random, [(rows) => fitNeighbours(rows), (rows, chance) => fitBiasedMf(rows, chance, { factors: 4 })]),
};

test('of two ratings the later counts; values off the scale and unknown users are refused', () => {
  const built = ratingsOf([
    [0, 2, 3],
    [0, 0, 1],
    [0, 2, 5],
  ]);
  expect([...built.items]).toEqual([0, 2]);
  expect([...built.weights]).toEqual([1, 5]);
  expect(() => ratingsOf([[0, 0, 6]])).toThrow(RangeError);
  expect(() => ratingsOf([[3, 0, 5]])).toThrow(RangeError);
});

test('the baseline by hand: one pass, items first', () => {
  const model = fitBaseline(
    ratingsOf([
      [0, 0, 5],
      [1, 0, 3],
      [1, 1, 1],
    ]),
    { iterations: 1, itemShrinkage: 0, userShrinkage: 0 },
  );
  // μ = 3; b_i = (1, −2); b_u = (2 − 1, ((0 − 1) + (−2 + 2)) / 2).
  expect(model.unclipped(0, 0)).toBeCloseTo(3 + 1 + 1, 12);
  expect(model.unclipped(1, 1)).toBeCloseTo(3 - 0.5 - 2, 12);
  expect(model.predict(1, 1)).toBe(1);
});

test('similarities by hand, over common columns only', () => {
  const rows = ratingsOf([
    [0, 0, 4],
    [0, 1, 2],
    [1, 0, 2],
    [1, 1, 4],
    [1, 2, 5],
    [2, 2, 1],
  ]);
  const of = (measure: 'cosine' | 'mean-squared-difference' | 'pearson' | 'pearson-baseline', more = {}) =>
    similarities(rows, { measure, ...more }, () => 3);
  expect(of('cosine')[1]).toBeCloseTo(16 / 20, 6);
  expect(of('mean-squared-difference')[1]).toBeCloseTo(1 / (1 + 4), 6);
  expect(of('pearson')[1]).toBeCloseTo(-1, 6);
  expect(of('pearson-baseline', { shrinkage: 3 })[1]).toBeCloseTo(-1 / (1 + 3), 6);
  expect(of('cosine')[2]).toBe(0);
  expect(of('cosine', { minimumSupport: 3 })[1]).toBe(0);
});

test('Slope One by hand', () => {
  const model = fitSlopeOne(
    ratingsOf([
      [0, 0, 1],
      [0, 1, 3],
      [1, 0, 2],
    ]),
  );
  expect(model.predict(1, 1)).toBeCloseTo(2 + 2, 12);
});

test.each(Object.entries(MODELS))('%s: finite, on the scale, the same for the same seed, and its parts sum to its prediction', (_, fit) => {
  const property = fc.property(
    fc.array(fc.tuple(fc.integer({ min: 0, max: 4 }), fc.integer({ min: 0, max: 5 }), fc.integer({ min: 1, max: 5 })), { maxLength: 30 }),
    (rows) => {
      const ratings = ratingsOf(rows, { userCount: 5, itemCount: 6, lowest: 1, highest: 5 });
      const [model, again] = [fit(ratings, createRandom(1)), fit(ratings, createRandom(1))];
      for (let user = 0; user <= 5; user++) {
        for (let item = 0; item <= 6; item++) {
          const predicted = model.predict(user, item);
          expect(predicted).toBeGreaterThanOrEqual(1);
          expect(predicted).toBeLessThanOrEqual(5);
          expect(again.predict(user, item)).toBe(predicted);
          expect(model.explain(user, item).reduce((sum, { amount }) => sum + amount, 0)).toBeCloseTo(model.unclipped(user, item), 9);
        }
      }
    },
  );
  fc.assert(property, { numRuns: 15 });
});

/** Slope One averages its deviations over all users, whatever their taste. */
const BLIND = ['baseline', 'Slope One'];
test.each(Object.entries(MODELS).filter(([name]) => !BLIND.includes(name)))('%s finds two tastes that a baseline cannot', (_, fit) => {
  const { train, heldOut } = tastes(createRandom('tastes'));
  const baseline = evaluateRatings(fitBaseline(train), heldOut).rmse;
  expect(evaluateRatings(fit(train, createRandom(1)), heldOut).rmse).toBeLessThan(0.9 * baseline);
});

test('SVD++ moves each y once a user as it would at every rating', () => {
  const ratings = tastes(createRandom('steps')).train;
  const options = { factors: 3, epochs: 3, learningRate: 0.02, regularisation: 0.05 };
  const quick = fitSvdPlusPlus(ratings, createRandom(2), options);
  const naive = naiveSvdPlusPlus(ratings, createRandom(2), options);
  for (let user = 0; user < 40; user++)
    for (let item = 0; item < 24; item++) expect(quick.unclipped(user, item)).toBeCloseTo(naive(user, item), 9);
});

test('a list by ratings holds nothing rated', () => {
  const { train } = tastes(createRandom('list'));
  const list = recommendByRating(fitNeighbours(train), train, 0, 24);
  const rated = train.offsets[1];
  expect(list).toHaveLength(24 - rated);
  for (const { item } of list) expect([...train.items.subarray(0, rated)]).not.toContain(item);
});

/** RMSE on fold u1, equal to Surprise 1.1.4's on the five folds to four digits. */
const RMSE_ON_U1: [string, number][] = [
  ['baseline', 0.9599],
  ['k nearest users', 0.9889],
  ['k nearest users, means', 0.9649],
  ['k nearest items, baseline', 0.9359],
  ['Slope One', 0.9567],
];

dataTest('movielens-100k/ratings_with_folds.csv.gz', 'MovieLens 100K, fold u1: deterministic models stay where they were measured', () => {
  const [train, heldOut] = movieLensFold(1);
  for (const [name, rmse] of RMSE_ON_U1)
    expect(evaluateRatings(MODELS[name](train, createRandom(1)), heldOut).rmse, name).toBeCloseTo(rmse, 3);
});

dataTest('movielens-100k/ratings_with_folds.csv.gz', 'MovieLens 100K, fold u1: factor models and SVD++', () => {
  const [train, heldOut] = movieLensFold(1);
  const funk = fitBiasedMf(train, createRandom(1), { factors: 100, epochs: 20, learningRate: 0.005, regularisation: 0.02 });
  expect(Math.abs(evaluateRatings(funk, heldOut).rmse - 0.9512)).toBeLessThan(0.004);
  expect(Math.abs(evaluateRatings(fitSvdPlusPlus(train, createRandom(1)), heldOut).rmse - 0.9346)).toBeLessThan(0.004);
});

/** The paper's own loop: every y_j moves at every rating. */
function naiveSvdPlusPlus(
  ratings: Ratings,
  random: Random,
  o: { factors: number; epochs: number; learningRate: number; regularisation: number },
) {
  const { userCount, itemCount, offsets, items, weights } = ratings;
  const draw = (rows: number) => Array.from({ length: rows }, () => Array.from({ length: o.factors }, () => random.normal(0, 0.1)));
  const [p, q, y] = [draw(userCount), draw(itemCount), draw(itemCount)];
  const [bu, bi] = [new Array(userCount).fill(0), new Array(itemCount).fill(0)];
  const mean = weights.reduce((a, b) => a + b, 0) / weights.length;
  const rated = (user: number) => [...items.subarray(offsets[user], offsets[user + 1])];
  const implied = (user: number, f: number) =>
    rated(user).reduce((sum, j) => sum + y[j][f], 0) / Math.sqrt(Math.max(1, rated(user).length));
  const estimate = (u: number, i: number) =>
    mean + bu[u] + bi[i] + q[i].reduce((sum, value, f) => sum + value * (p[u][f] + implied(u, f)), 0);
  for (let epoch = 0; epoch < o.epochs; epoch++)
    for (let u = 0; u < userCount; u++)
      for (let e = offsets[u]; e < offsets[u + 1]; e++) {
        const i = items[e];
        const error = weights[e] - estimate(u, i);
        const taste = p[u].map((_, f) => implied(u, f));
        bu[u] += o.learningRate * (error - o.regularisation * bu[u]);
        bi[i] += o.learningRate * (error - o.regularisation * bi[i]);
        for (let f = 0; f < o.factors; f++) {
          const [pf, qf] = [p[u][f], q[i][f]];
          p[u][f] += o.learningRate * (error * qf - o.regularisation * pf);
          q[i][f] += o.learningRate * (error * (pf + taste[f]) - o.regularisation * qf);
          for (const j of rated(u)) y[j][f] += o.learningRate * ((error * qf) / Math.sqrt(rated(u).length) - o.regularisation * y[j][f]);
        }
      }
  return estimate;
}
