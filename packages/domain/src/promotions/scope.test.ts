import { describe, expect, test } from 'vitest';
import { promotionSentence } from './promotion-rule.ts';
import { scopeText } from './scope.ts';

const names = { categories: { 'coffee-tea': 'Coffee & tea' }, products: { A1: 'Oat bar', B2: 'Rye crisps' } };

describe('names in sentences', () => {
  test('categories and products are called by their names', () => {
    expect(
      promotionSentence({ kind: 'percent_off', basisPoints: 1_500, scope: { kind: 'categories', categoryKeys: ['coffee-tea'] } }, names),
    ).toEqual({ en: '15% off Coffee & tea', zh: 'Coffee & tea立减 15%' });
    expect(
      promotionSentence(
        {
          kind: 'bundle_price',
          pieces: [
            { sku: 'A1', quantity: 2 },
            { sku: 'B2', quantity: 1 },
          ],
          prices: { EUR: 900 },
        },
        names,
      ).en,
    ).toBe('2 × Oat bar + Rye crisps together for €9.00');
    expect(
      promotionSentence({ kind: 'free_gift', giftSku: 'A1', giftQuantity: 1, minimumSpend: { EUR: 3_000 }, scope: { kind: 'all' } }, names)
        .en,
    ).toBe('Free Oat bar with everything from €30.00');
  });

  test('what has no name is called by its key', () => {
    expect(scopeText({ kind: 'skus', skus: ['A1', 'C3', 'D4', 'E5'] }, names).en).toBe('Oat bar, C3 and 2 more');
    expect(scopeText({ kind: 'skus', skus: ['A1', 'B2', 'C3'] }, names).en).toBe('Oat bar, Rye crisps and C3');
    expect(scopeText({ kind: 'skus', skus: ['A1', 'B2'] }, names)).toEqual({ en: 'Oat bar and Rye crisps', zh: 'Oat bar、Rye crisps' });
    expect(scopeText({ kind: 'categories', categoryKeys: ['toys'] }).zh).toBe('toys');
  });
});
