import { describe, expect, test } from 'vitest';
import type { PromotionRule } from '../promotions/promotion-rule.ts';
import { falseReductions, priceLawCheck, priceLawRefusal, type PricedForLaw } from './price-law.ts';

const DAY_MS = 86_400_000;
const START = new Date('2026-06-01T00:00:00Z');
const RULES = { announcesNewProducts: true };
const before = (days: number) => new Date(START.getTime() - days * DAY_MS);

/** 100.00 now; `lowMinor` was its price until ten days before the start. */
const product = (sku: string, lowMinor: number): PricedForLaw => ({
  sku,
  name: `Product ${sku}`,
  categoryKeys: ['snacks'],
  priceMinor: 10_000,
  history: {
    currency: 'EUR',
    reductions: [],
    changes: [
      { at: before(90), priceMinor: lowMinor, currency: 'EUR' },
      { at: before(10), priceMinor: 10_000, currency: 'EUR' },
    ],
  },
});
const [HONEST, PUMPED] = [product('H', 10_000), product('P', 8_000)];
const all = { kind: 'all' } as const;
const percent = (basisPoints: number): PromotionRule => ({ kind: 'percent_off', basisPoints, scope: all });
const skusOf = (rules: PromotionRule[], segmentKeys: 'all' | string[] = 'all') =>
  falseReductions({ audience: { segmentKeys }, promotions: rules.map((rule) => ({ rule })) }, [HONEST, PUMPED], START, RULES).map(
    ({ sku }) => sku,
  );

describe('reductions that are none', () => {
  test.each<[string, PromotionRule[], string[]]>([
    ['10% off 100 after 80', [percent(1_000)], ['P']],
    ['20% off 100 after 80: exactly the prior price', [percent(2_000)], ['P']],
    ['20.01% off 100 after 80', [percent(2_001)], []],
    ['a flash sale', [{ kind: 'flash_sale', basisPoints: 1_000, stockCapUnits: 5, scope: all }], ['P']],
    ['5 off', [{ kind: 'amount_off', amounts: { EUR: 500 }, minimumSpend: null, scope: all }], ['P']],
    ['30 off', [{ kind: 'amount_off', amounts: { EUR: 3_000 }, minimumSpend: null, scope: all }], []],
    [
      '5 off from 50: a condition, no lower price',
      [{ kind: 'amount_off', amounts: { EUR: 500 }, minimumSpend: { EUR: 5_000 }, scope: all }],
      [],
    ],
    ['5 dollars off: not this currency', [{ kind: 'amount_off', amounts: { USD: 500 }, minimumSpend: null, scope: all }], []],
    [
      'a code for half, at most 10',
      [{ kind: 'coupon', code: 'HALF', basisPoints: 5_000, maximumAmounts: { EUR: 1_000 }, minimumSpend: null, scope: all }],
      ['P'],
    ],
    [
      'pre-sale above the price itself',
      [{ kind: 'pre_sale', sku: 'H', prices: { EUR: 10_500 }, launchesAt: '2026-07-01T00:00:00Z', depositBasisPoints: 1_000 }],
      ['H'],
    ],
    ['out of scope', [{ kind: 'percent_off', basisPoints: 1_000, scope: { kind: 'skus', skus: ['H'] } }], []],
    ['buy two, get one', [{ kind: 'buy_x_get_y', buyQuantity: 2, getQuantity: 1, basisPoints: 10_000, scope: all }], []],
    ['a true claim beside a false one', [percent(3_000), percent(500)], ['P']],
  ])('%s', (_, rules, skus) => {
    expect(skusOf(rules)).toEqual(skus);
  });

  test('an offer to a segment is no announcement to the public', () => {
    expect(skusOf([percent(1_000)], ['loyal'])).toEqual([]);
  });

  test('check and refusal name the products', () => {
    const found = falseReductions({ audience: { segmentKeys: 'all' }, promotions: [{ rule: percent(1_000) }] }, [PUMPED], START, RULES);
    expect(found).toEqual([
      { sku: 'P', name: 'Product P', announcedMinor: 9_000, priorPriceMinor: 8_000, reason: 'NOT_BELOW_PRIOR_PRICE' },
    ]);
    expect(priceLawCheck(found)).toMatchObject({ code: 'PRICE_LAW', value: 1, limit: 0, passed: false });
    expect(priceLawCheck(found).message.en).toMatch(/: Product P$/);
    expect(priceLawRefusal(found).message).toContain('Product P (P: Not below');
    expect(priceLawCheck(found).message.zh).toContain('Product P');
    expect(priceLawCheck([])).toMatchObject({ value: 0, passed: true });
    const many = Array.from({ length: 12 }, () => found).flat();
    expect(priceLawRefusal(many).message).toContain('; and 2 more');
    expect(priceLawRefusal(many).products).toHaveLength(12);
  });
});
