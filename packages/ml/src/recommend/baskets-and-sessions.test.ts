import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dataTest, readRows } from '../test-data.ts';
import { associationRules } from './association-rules.ts';
import { frequentItemsets } from './fp-growth.ts';
import { trainTransitions } from './transitions.ts';

test('a rule by hand: support, confidence, lift, conviction', () => {
  const baskets = [[0, 1], [0, 1], [0, 1, 1], [0], [2]];
  const rules = associationRules(baskets, { minimumSupport: 0.6, minimumConfidence: 0.7 });
  expect(rules).toEqual([
    { antecedent: [1], consequent: 0, support: 0.6, confidence: 1, lift: 1 / 0.8, conviction: Number.POSITIVE_INFINITY },
    { antecedent: [0], consequent: 1, support: 0.6, confidence: 0.75, lift: 0.75 / 0.6, conviction: expect.closeTo(0.4 / 0.25, 12) },
  ]);
});

test('FP-growth finds exactly what counting every subset finds', () => {
  const baskets = fc.array(fc.array(fc.integer({ min: 3, max: 9 }), { maxLength: 6 }), { maxLength: 20 });
  const property = fc.property(
    baskets,
    fc.integer({ min: 1, max: 5 }),
    fc.integer({ min: 1, max: 7 }),
    (given, minimumCount, maximumItems) => {
      const sets = given.map((basket) => new Set(basket));
      const expected: string[] = [];
      for (let mask = 1; mask < 128; mask++) {
        const items = Array.from({ length: 7 }, (_, i) => i + 3).filter((item) => mask & (1 << (item - 3)));
        const count = sets.filter((set) => items.every((item) => set.has(item))).length;
        if (count >= minimumCount && items.length <= maximumItems) expected.push(`${items}: ${count}`);
      }
      const found = frequentItemsets(given, { minimumCount, maximumItems }).map(({ items, count }) => `${items}: ${count}`);
      expect(found.sort()).toEqual(expected.sort());
    },
  );
  fc.assert(property, { numRuns: 200 });
});

dataTest('groceries/groceries.csv.gz', 'Groceries: itemsets and rules as arules counts them', () => {
  const baskets = new Map<string, number[]>();
  const indexOf = new Map<string, number>();
  for (const [id, item] of readRows('groceries/groceries.csv.gz')) {
    if (!indexOf.has(item)) indexOf.set(item, indexOf.size);
    baskets.set(id, [...(baskets.get(id) ?? []), indexOf.get(item) ?? 0]);
  }
  const lists = [...baskets.values()];
  const count = (minimumSupport: number, minimumConfidence: number) =>
    associationRules(lists, { minimumSupport, minimumConfidence }).length;
  expect(frequentItemsets(lists, { minimumCount: 10, maximumItems: 10 })).toHaveLength(13_492);
  expect([count(0.001, 0.5), count(0.001, 0.8), count(0.001, 0.9)]).toEqual([5_668, 410, 129]);
  expect([count(0.006, 0.25), count(0.01, 0.5), count(0.01, 0.2)]).toEqual([463, 15, 231]);
});

test('transitions by hand: what followed, shrunk to what is popular', () => {
  const model = trainTransitions(
    [
      [0, 1],
      [0, 1],
      [0, 2],
    ],
    3,
    { shrinkage: 3 },
  );
  const scores = model.scores([0]);
  expect(scores[1]).toBeCloseTo((2 + 3 * (2 / 6)) / (3 + 3), 12);
  expect(scores[2]).toBeCloseTo((1 + 3 * (1 / 6)) / (3 + 3), 12);
  expect([...model.scores([])]).toEqual([3 / 6, 2 / 6, 1 / 6]);
});

test('the newest item of a session says most, and the reasons sum to the score', () => {
  const sessions = [...Array(20).fill([0, 1]), ...Array(20).fill([2, 3])];
  const model = trainTransitions(sessions, 4);
  expect(model.scores([0, 2])[3]).toBeGreaterThan(model.scores([0, 2])[1]);
  const property = fc.property(
    fc.array(fc.integer({ min: -1, max: 5 }), { minLength: 1, maxLength: 6 }),
    fc.integer({ min: 0, max: 3 }),
    (session, item) => {
      fc.pre(session.some((one) => one >= 0 && one < 4));
      const sum = model.explain(session, item).reduce((total, { contribution }) => total + contribution, 0);
      expect(sum).toBeCloseTo(model.scores(session)[item], 12);
    },
  );
  fc.assert(property);
});
