import { expect, test } from 'vitest';
import { createRandom } from '../random/random.ts';
import { dataTest, readRows } from '../test-data.ts';
import { trainAls } from './als.ts';
import { ArtefactError, decodeArtefact, encodeArtefact } from './artefact.ts';
import { chooseRecommender, evaluateRanking } from './evaluation.ts';
import { buildInteractions, DAY_MS, historyOf, transpose } from './interactions.ts';
import { trainItemItem } from './item-item.ts';
import { loadRecommender } from './algorithms.ts';
import { trainPopularity } from './popularity.ts';
import { recommend, topItems } from './recommender.ts';
import { interactionsOf, twoTastes } from './test-two-tastes.ts';
import { trainChampion } from './train-champion.ts';

test('events are summed, decayed by half-life and cut at the as-of moment', () => {
  const events = { userIndex: [0, 0, 0, 1], itemIndex: [2, 2, 0, 1], weight: [1, 1, 4, 1], timeMs: [0, 10 * DAY_MS, 0, 20 * DAY_MS] };
  const built = buildInteractions(events, { userCount: 2, itemCount: 3, halfLifeDays: 10, asOfMs: 20 * DAY_MS });
  expect([...historyOf(built, 0).items]).toEqual([0, 2]);
  expect([...historyOf(built, 0).weights]).toEqual([1, 0.75]);
  expect(historyOf(built, 1).items.length).toBe(0);
  expect(() => buildInteractions({ ...events, itemIndex: [2, 2, 3, 1] }, { userCount: 2, itemCount: 3 })).toThrow(RangeError);
});

test('transposing twice gives the matrix back', () => {
  const matrix = twoTastes();
  expect(transpose(transpose(matrix))).toEqual(matrix);
});

test('item-item cosine by hand', () => {
  const model = trainItemItem(
    interactionsOf(
      [
        [0, 1],
        [0, 1],
        [0, 2],
      ],
      3,
    ),
    { shrinkage: 0 },
  );
  const scores = model.scores({ items: [1], weights: [1] });
  expect(scores[0]).toBeCloseTo(2 / Math.sqrt(6), 6);
  expect(scores[2]).toBe(0);
  expect(model.explain({ items: [1, 2], weights: [1, 1] }, 0).map(({ item }) => item)).toEqual([1, 2]);
});

test('each personal model learns the two tastes, popularity cannot', () => {
  const matrix = twoTastes();
  const ownTaste = (model: ReturnType<typeof trainPopularity>) =>
    recommend(model, historyOf(matrix, 0), { count: 5 }).filter(({ item }) => item % 2 === 0).length;
  expect(ownTaste(trainAls(matrix, createRandom(1), { factors: 4 }))).toBe(5);
  expect(ownTaste(trainItemItem(matrix))).toBe(5);
  expect(ownTaste(trainPopularity(matrix))).toBeLessThan(5);
});

test('ALS solves each user exactly: the gradient at the folded-in vector is zero', () => {
  const model = trainAls(twoTastes(), createRandom(2), { factors: 3, unobservedWeight: 0.2, regularisation: 0.05 });
  const history = { items: [0, 4], weights: [1, 2] };
  const x = model.foldIn(history);
  const confidence = 0.2 * 20 + 3;
  for (let f = 0; f < 3; f++) {
    let gradient = 0.05 * confidence * x[f];
    model.scoresOf(x).forEach((score, item) => {
      const at = history.items.indexOf(item);
      const c = 0.2 + (at < 0 ? 0 : history.weights[at]);
      gradient += c * (score - (at < 0 ? 0 : 1)) * model.itemVectors[item * 3 + f];
    });
    expect(gradient).toBeCloseTo(0, 5);
  }
});

test('ALS contributions add up to the score', () => {
  const matrix = twoTastes();
  const model = trainAls(matrix, createRandom(3), { factors: 4 });
  const history = historyOf(matrix, 1);
  const [{ item, score }] = recommend(model, history, { count: 1 });
  const reasons = model.explain(history, item);
  expect(reasons.reduce((sum, { contribution }) => sum + contribution, 0)).toBeCloseTo(score, 5);
  expect(reasons[0].contribution).toBeGreaterThan(0);
});

test('an empty or unknown history is answered', () => {
  const model = trainAls(twoTastes(), createRandom(4), { factors: 4 });
  expect([...model.foldIn({ items: [], weights: [] })]).toEqual([0, 0, 0, 0]);
  expect(recommend(model, { items: [99], weights: [1] }, { count: 3 })).toHaveLength(3);
});

test('a model survives its bytes, at an odd offset too, and the same seed gives the same bytes', () => {
  const matrix = twoTastes();
  for (const train of [trainPopularity, trainItemItem, () => trainAls(matrix, createRandom(5), { factors: 4 })]) {
    const model = train(matrix);
    const bytes = model.encode();
    expect(train(matrix).encode()).toEqual(bytes);
    const shifted = new Uint8Array(bytes.length + 3);
    shifted.set(bytes, 3);
    const loaded = loadRecommender(shifted.subarray(3));
    expect(loaded.kind).toBe(model.kind);
    expect(loaded.scores(historyOf(matrix, 0))).toEqual(model.scores(historyOf(matrix, 0)));
    expect(loaded.encode()).toEqual(bytes);
  }
});

test('foreign, cut-off and unknown artefacts are refused', () => {
  const bytes = encodeArtefact({ kind: 'other', meta: { a: 1 }, arrays: { x: Float64Array.of(1, 2), y: Uint8Array.of(3) } });
  expect(decodeArtefact(bytes)).toEqual({ kind: 'other', meta: { a: 1 }, arrays: { x: Float64Array.of(1, 2), y: Uint8Array.of(3) } });
  expect(() => loadRecommender(bytes)).toThrow(ArtefactError);
  expect(() => decodeArtefact(bytes.subarray(0, bytes.length - 9))).toThrow(/cut off/);
  expect(() => decodeArtefact(new Uint8Array(40))).toThrow(/not a model/);
  const damaged = bytes.slice();
  damaged[bytes.length - 40] ^= 1;
  expect(() => decodeArtefact(damaged)).toThrow(/hash does not fit/);
});

test('a model kept before artefacts had a hash is still read', () => {
  const artefact = { kind: 'older', meta: {}, arrays: { x: Float32Array.of(1, 2, 3) } };
  const older = encodeArtefact(artefact).slice(0, -32);
  older[3] = 'A'.charCodeAt(0);
  older[4] = 1;
  expect(decodeArtefact(older)).toEqual(artefact);
});

test('the best items come first, ties by index, excluded ones never', () => {
  expect(topItems([1, 3, 3, Number.NaN, 2], 3, new Set([4]))).toEqual([
    { item: 1, score: 3 },
    { item: 2, score: 3 },
    { item: 0, score: 1 },
  ]);
});

test('NDCG by hand: hits at ranks 1 and 3 of two relevant', () => {
  const model = trainPopularity(interactionsOf([[], [0, 1, 2, 3], [0, 1, 2], [0, 1], [0]], 4));
  const quality = evaluateRanking(model, interactionsOf([[], [], [], [], []], 4), interactionsOf([[0, 2], [], [], [], []], 4), { k: 3 });
  expect(quality.ndcg).toBeCloseTo((1 + 0.5) / (1 + 1 / Math.log2(3)), 12);
  expect(quality).toMatchObject({ recall: 1, precision: 2 / 3, coverage: 0.75, users: 1 });
});

test('a candidate that does not beat popularity never serves', () => {
  expect(
    chooseRecommender([
      { kind: 'popularity', ndcg: 0.2 },
      { kind: 'als', ndcg: 0.2 },
    ]),
  ).toMatchObject({ kind: 'popularity', beatsPopularity: false });
  expect(
    chooseRecommender([
      { kind: 'popularity', ndcg: 0.2 },
      { kind: 'als', ndcg: 0.3 },
    ]),
  ).toMatchObject({ kind: 'als', beatsPopularity: true });
  expect(() => chooseRecommender([{ kind: 'als', ndcg: 0.3 }])).toThrow(RangeError);
});

test('the champion of the last days is trained again on everything; in a shop of chance popularity serves', () => {
  const random = createRandom('shop');
  const shop = (item: (user: number) => number) => {
    const rows = Array.from({ length: 3_000 }, (_, i) => ({ user: i % 150, timeMs: random.integer(100) * DAY_MS }));
    return {
      userIndex: rows.map((r) => r.user),
      itemIndex: rows.map((r) => item(r.user)),
      weight: rows.map(() => 1),
      timeMs: rows.map((r) => r.timeMs),
    };
  };
  const options = { userCount: 150, itemCount: 60, holdoutDays: 20 };
  const tastes = trainChampion(
    shop((user) => (user % 3) * 20 + random.integer(20)),
    options,
    createRandom(1),
  );
  expect(tastes.champion.beatsPopularity).toBe(true);
  expect(tastes.model.kind).toBe(tastes.champion.kind);
  expect(tastes.candidates).toHaveLength(4);
  const skewed = trainChampion(
    shop(() => Math.min(59, Math.floor(random.exponential(8)))),
    options,
    createRandom(1),
  );
  expect(skewed.champion).toMatchObject({ kind: 'popularity', beatsPopularity: false });
  const empty = trainChampion({ userIndex: [], itemIndex: [], weight: [], timeMs: [] }, options, createRandom(1));
  expect(empty.model.kind).toBe('popularity');
});

dataTest('movielens-100k/ratings_with_folds.csv.gz', 'MovieLens-100k, fold u1: ALS > item-item > popularity by NDCG@10', () => {
  const rows = readRows('movielens-100k/ratings_with_folds.csv.gz').map((row) => row.map(Number));
  const part = (inTest: boolean) => {
    const kept = rows.filter((row) => (row[4] === 1) === inTest);
    const events = {
      userIndex: kept.map((r) => r[0] - 1),
      itemIndex: kept.map((r) => r[1] - 1),
      weight: kept.map(() => 1),
      timeMs: kept.map((r) => r[3] * 1_000),
    };
    return buildInteractions(events, { userCount: 943, itemCount: 1_682 });
  };
  const [train, heldOut] = [part(false), part(true)];
  const ndcg = (model: ReturnType<typeof trainPopularity>) => evaluateRanking(model, train, heldOut).ndcg;
  expect(ndcg(trainPopularity(train))).toBeCloseTo(0.3254, 3);
  expect(ndcg(trainItemItem(train))).toBeGreaterThan(0.48);
  expect(ndcg(trainAls(train, createRandom(1), { iterations: 8 }))).toBeGreaterThan(0.55);
});
