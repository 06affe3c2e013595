import { describe, expect, test } from 'vitest';
import { needsSecretKey, TrackedEvent } from './activity/event.ts';
import { stockCoverDays } from './forecasts/forecast.ts';
import { unitFloorMinor } from './products/price-floor.ts';
import { categoryPath, marginBasisPoints } from './products/product.ts';
import { recommendationReason } from './recommendations/recommendation.ts';
import { segmentName } from './segments/segment.ts';
import { lifecycleStage, userKey } from './users/user.ts';

describe('products', () => {
  test.each([
    [950, null, 500, 1_000], // 950 ÷ 0.95
    [951, null, 500, 1_002], // 1,001.05 rounded up
    [950, 1_200, 500, 1_200],
    [0, null, 500, 0],
    [100, null, 0, 100],
  ])('floor of cost %d, own floor %s, margin %d is %d', (costMinor, floorMinor, margin, expected) => {
    expect(unitFloorMinor({ costMinor, floorMinor }, margin)).toBe(expected);
  });

  test('an unknown cost has no floor, which is not a floor of 0', () => {
    expect(unitFloorMinor({ costMinor: null, floorMinor: 500 }, 500)).toBeNull();
  });

  test('category paths end at the root, also in a loop', () => {
    const parents: Record<string, string | null> = { chips: 'snacks', snacks: 'food', food: null, a: 'b', b: 'a' };
    expect(categoryPath('chips', (key) => parents[key])).toEqual(['chips', 'snacks', 'food']);
    expect(categoryPath('a', (key) => parents[key])).toEqual(['a', 'b']);
  });

  test('margins round down and are unknown without cost or price', () => {
    expect([marginBasisPoints(300, 200), marginBasisPoints(300, null), marginBasisPoints(0, 1), marginBasisPoints(100, 101)]).toEqual([
      3_333,
      null,
      null,
      -100,
    ]);
  });
});

describe('users and segments', () => {
  test('a known user is counted by user id', () => {
    expect([
      userKey({ userId: 'u', anonymousId: 'a' }),
      userKey({ userId: null, anonymousId: 'a' }),
      userKey({ userId: null, anonymousId: null }),
    ]).toEqual(['user:u', 'anonymous:a', null]);
  });

  test.each([
    [0, null, null, 'never_bought'],
    [1, 30, null, 'new'],
    [5, 15, 10, 'active'],
    [5, 16, 10, 'slipping'],
    [5, 30, 10, 'slipping'],
    [5, 31, 10, 'lapsed'],
  ])('%i orders, last %s days ago, every %s days: %s', (orders, daysSinceLastOrder, medianGapDays, stage) => {
    expect(lifecycleStage({ orders, daysSinceLastOrder, medianGapDays }, 30)).toBe(stage);
  });

  test('segments have names that a person understands', () => {
    expect(segmentName({ recencyRank: 0.9, frequencyRank: 0.8, moneyRank: 0.9, topInterests: ['snacks'] })).toEqual({
      en: 'Loyal, high value, buys snacks',
      zh: '忠诚，高价值，常买snacks',
    });
    expect(segmentName({ recencyRank: 0.1, frequencyRank: 0.8, moneyRank: 0.5, topInterests: [] }).en).toBe('Lapsing, medium value');
  });
});

test('reasons name the product in both languages', () => {
  expect(recommendationReason('BECAUSE_YOU_BOUGHT', { product: 'Tea' }).text).toEqual({
    en: 'Because you bought Tea',
    zh: '因为您购买过Tea',
  });
});

test('stock lasts as long as the forecast says', () => {
  const day = (units: number) => ({ day: '2026-01-01', units, low80: 0, high80: 0 });
  expect([
    stockCoverDays(15, [day(10), day(10)]),
    stockCoverDays(0, [day(10)]),
    stockCoverDays(50, [day(10)]),
    stockCoverDays(null, [day(10)]),
  ]).toEqual([1.5, 0, null, null]);
});

describe('TrackedEvent', () => {
  const base = { eventId: 'e', at: new Date(0), anonymousId: 'a' };
  test.each([
    [{ ...base, type: 'view_item', sku: 'A' }, true],
    [{ ...base, type: 'view_item' }, false],
    [{ ...base, type: 'search', query: 'tea' }, true],
    [{ ...base, type: 'search' }, false],
    [{ ...base, type: 'rate_item', sku: 'A', rating: 4.5 }, true],
    [{ ...base, type: 'rate_item', sku: 'A', rating: 6 }, false],
    [{ ...base, type: 'purchase', orderExternalId: 'o', valueMinor: 5, currency: 'EUR' }, true],
    [{ ...base, type: 'purchase', orderExternalId: 'o', valueMinor: 5 }, false],
    [{ ...base, type: 'purchase', orderExternalId: 'o', valueMinor: 0.5, currency: 'EUR' }, false],
    [{ ...base, anonymousId: null, type: 'begin_checkout' }, false],
  ])('%j: %s', (event, isValid) => {
    expect(TrackedEvent.safeParse(event).success).toBe(isValid);
  });

  test('money events need the secret key', () => {
    expect((['view_item', 'purchase', 'refund'] as const).map(needsSecretKey)).toEqual([false, true, true]);
  });
});
