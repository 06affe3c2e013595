import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createRandom } from '../random/random.ts';
import { applyBusinessRules, explore } from './business-rules.ts';
import { diversify, vectorSimilarity } from './diversify.ts';
import { fillNewItems } from './new-items.ts';

const candidates = [9, 8, 7, 6, 5].map((score, item) => ({ item, score }));
const items = (list: readonly { item: number }[]) => list.map(({ item }) => item);

test('maximal marginal relevance passes over the twin of what is shown', () => {
  const areTwins = (a: number, b: number) => (a < 2 && b < 2 ? 1 : 0);
  expect(items(diversify(candidates, areTwins, { count: 3, relevance: 0.5 }))).toEqual([0, 2, 3]);
  expect(items(diversify(candidates, areTwins, { count: 3, relevance: 1 }))).toEqual([0, 1, 2]);
  expect(diversify([], areTwins, { count: 3 })).toEqual([]);
});

test('similarity of vectors is their cosine, never negative', () => {
  const similarity = vectorSimilarity([1, 0, 3, 4, -1, 0, 0, 0], 2);
  expect(similarity(0, 1)).toBeCloseTo(0.6, 12);
  expect(similarity(0, 2)).toBe(0);
  expect(similarity(0, 3)).toBe(0);
});

test('rules: stock, margin, exclusion, quota and pins', () => {
  const rules = { stock: [1, 0, 1, 1, 1], category: [0, 0, 0, 1, 1] };
  expect(items(applyBusinessRules(candidates, 5, rules))).toEqual([0, 2, 3, 4]);
  expect(items(applyBusinessRules(candidates, 5, { ...rules, mostPerCategory: 1 }))).toEqual([0, 3]);
  expect(items(applyBusinessRules(candidates, 2, { ...rules, pinned: [4, 1] }))).toEqual([4, 0]);
  expect(items(applyBusinessRules(candidates, 5, { exclude: [0], margin: [0, 0.1, 0.2, 0.3, 0.4], minimumMargin: 0.2 }))).toEqual([
    2, 3, 4,
  ]);
  expect(items(applyBusinessRules(candidates, 1, { margin: [0, 0, 0, 0, 1], marginWeight: 1 }))).toEqual([4]);
});

test('whatever the rules, no list breaks them', () => {
  const rules = fc.record({
    stock: fc.array(fc.integer({ min: 0, max: 1 }), { minLength: 5, maxLength: 5 }),
    category: fc.array(fc.integer({ min: 0, max: 2 }), { minLength: 5, maxLength: 5 }),
    mostPerCategory: fc.integer({ min: 1, max: 3 }),
    exclude: fc.uniqueArray(fc.integer({ min: 0, max: 4 }), { maxLength: 3 }),
  });
  const property = fc.property(rules, fc.integer({ min: 0, max: 6 }), (given, count) => {
    const list = items(applyBusinessRules(candidates, count, given));
    expect(list.length).toBeLessThanOrEqual(count);
    expect(new Set(list).size).toBe(list.length);
    for (const item of list) expect(given.stock[item] > 0 && !given.exclude.includes(item)).toBe(true);
    for (let category = 0; category < 3; category++)
      expect(list.filter((item) => given.category[item] === category).length).toBeLessThanOrEqual(given.mostPerCategory);
  });
  fc.assert(property);
});

test('the exploration slot shows each new item as often as it says', () => {
  const random = createRandom('slot');
  const counts = new Map<number, number>();
  for (let i = 0; i < 20_000; i++) {
    const [first, second] = explore(candidates.slice(0, 2), [1, 7, 8], { slot: 1, share: 0.2 }, random);
    expect(first).toEqual({ item: 0, score: 9, probability: 1 });
    expect(second.probability).toBeCloseTo(second.item === 1 ? 0.8 : 0.1, 12);
    counts.set(second.item, (counts.get(second.item) ?? 0) + 1);
  }
  expect((counts.get(7) ?? 0) / 20_000).toBeCloseTo(0.1, 2);
  expect((counts.get(1) ?? 0) / 20_000).toBeCloseTo(0.8, 2);
  expect(items(explore(candidates, [], { slot: 0, share: 1 }, random))).toEqual([0, 1, 2, 3, 4]);
});

test('a new item gets the vector its attributes speak for; the others keep theirs', () => {
  const attributes = [1, 0, 1, 0, 0, 1, 0, 1];
  const vectors = Float64Array.of(2, 0, 4, 0, 0, 6, 9, 9);
  const filled = fillNewItems(vectors, attributes, [false, false, false, true], { attributeCount: 2, regularisation: 1e-9 });
  expect([...filled.subarray(0, 6)]).toEqual([2, 0, 4, 0, 0, 6]);
  expect(filled[6]).toBeCloseTo(0, 6);
  expect(filled[7]).toBeCloseTo(6, 6);
});
