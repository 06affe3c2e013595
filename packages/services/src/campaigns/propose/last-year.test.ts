import { createRandom } from '@promolift/ml';
import { expect, test } from 'vitest';
import type { DemandHistory } from './demand-history.ts';
import { applyLastYear, lastYear } from './last-year.ts';
import type { PriceResponse } from './price-response.ts';
import type { PictureProduct } from './products.ts';

const response: PriceResponse = {
  categories: new Map(),
  shop: { mean: -2, standardDeviation: 0.2 },
  isFromModel: false,
  substitutionShare: 0,
};
const LEVEL = 30;

/** Products that sell 30 units a day times `season`, and a forecast that knows nothing of it. */
function shopOf(days: number, season: (day: number, category: number) => number) {
  const random = createRandom('season');
  const products = Array.from(
    { length: 4 },
    (_, index): PictureProduct => ({
      index,
      id: `p${index}`,
      sku: `P${index}`,
      name: `P${index}`,
      categoryKey: `c${index % 2}`,
      categoryKeys: [],
      priceMinor: 1_000,
      costMinor: 500,
      floorMinor: null,
      stock: null,
      launchedAt: null,
      expected: new Float64Array(14).fill(LEVEL),
      deviation: new Float64Array(14).fill(3),
      expectedPerDay: LEVEL,
      isModelForecast: true,
    }),
  );
  const history: DemandHistory = {
    days,
    units: Float64Array.from({ length: 4 * days }, (_, at) => random.poisson(LEVEL * season(at % days, Math.floor(at / days) % 2))),
    price: new Float64Array(4 * days).fill(1_000),
    since: new Int32Array(4),
    orderCount: 1,
    firstDay: '2025-01-01',
  };
  return { products, history };
}

test('a season that comes back is put into the forecast, and what it leaves is the error', () => {
  // Demand doubles in two weeks that lie a year before today, and swings in a wave with the year.
  const season = (day: number, category: number) => (day % 364 < 14 ? 2 : 1 + 0.4 * Math.sin((day % 364) / 20 + category));
  const { products, history } = shopOf(728, season);
  const year = lastYear(products, history, response, 14);
  expect(year.weight).toBeGreaterThan(0.7);
  const recent = (category: number) => Array.from({ length: 28 }, (_, ago) => season(727 - ago, category)).reduce((a, b) => a + b, 0) / 28;
  for (const [category, key] of ['c0', 'c1'].entries()) {
    const factor = year.factors.get(key)?.[0] ?? 0;
    expect(factor / (2 ** year.weight * recent(category) ** (1 - year.weight))).toBeGreaterThan(0.85);
    expect(factor / (2 ** year.weight * recent(category) ** (1 - year.weight))).toBeLessThan(1.15);
  }
  expect(year.shopError).toBeLessThan(0.15);
  applyLastYear(products, year);
  expect(products[0]?.expectedPerDay).toBeGreaterThan(1.4 * LEVEL);
});

test('weeks that do not come back, or were never seen before, change nothing', () => {
  const random = createRandom('chance');
  const chance = Array.from({ length: 200 }, () => Math.exp(random.normal(0, 0.3)));
  const restless = shopOf(728, (day) => chance[Math.floor(day / 7)] ?? 1);
  const { weight, shopError } = lastYear(restless.products, restless.history, response, 14);
  expect(weight).toBeLessThan(0.25);
  expect(shopError).toBeGreaterThan(0.2);
  const young = shopOf(200, () => 1);
  const year = lastYear(young.products, young.history, response, 14);
  expect([year.weight, ...[...year.factors.values()].flat()]).toEqual([0, 1, 1, 1, 1]);
  expect(year.shopError).toBeLessThan(0.1);
});

test('a price cut is no season', () => {
  const { products, history } = shopOf(728, () => 1);
  // A fifth off in the same weeks last year sold 0.8^−2 as much.
  for (const { index } of products)
    for (let day = 364; day < 371; day += 1) {
      history.price[index * 728 + day] = 800;
      history.units[index * 728 + day] = Math.round(LEVEL * 0.8 ** -2);
    }
  const factors = [...lastYear(products, history, response, 14).factors.values()].flat();
  for (const factor of factors) expect(Math.abs(factor - 1)).toBeLessThan(0.1);
});
