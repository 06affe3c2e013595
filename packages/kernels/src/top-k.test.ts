import fc from 'fast-check';
import { expect, test } from 'vitest';
import { topK } from './top-k.ts';

test('equals sorting everything, whatever the scores, k and filter', () => {
  fc.assert(
    fc.property(
      fc.array(fc.oneof(fc.integer({ min: 0, max: 5 }), fc.constant(Number.NaN), fc.constant(-Infinity))),
      fc.nat(12),
      fc.integer({ min: 1, max: 3 }),
      (scores, k, apart) => {
        const indices = scores.map((_, i) => i).filter((i) => !Number.isNaN(scores[i]) && i % apart === 0);
        const sorted = indices.sort((a, b) => (scores[b] === scores[a] ? a - b : scores[b] > scores[a] ? 1 : -1));
        expect(Array.from(topK(scores, k, (i) => i % apart === 0))).toEqual(sorted.slice(0, k));
      },
    ),
  );
});

test('equal scores come in order of index', () => {
  expect(Array.from(topK([1, 3, 3, 2], 3))).toEqual([1, 2, 3]);
});
