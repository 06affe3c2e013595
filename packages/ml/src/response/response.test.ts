import { expect, test } from 'vitest';
import { mean } from '../numeric/statistics.ts';
import { createRandom } from '../random/random.ts';
import { dataTest, readRows } from '../test-data.ts';
import { itemPairs } from './basket-affinity.ts';
import { estimateElasticities } from './elasticity.ts';
import { demandMultiple, type IncrementInput, sampleIncrement, summariseSamples, sumIncrements } from './increment.ts';
import { shrinkGroups, updateNormal } from './normal.ts';

test('a belief and an equally sure measurement meet in the middle', () => {
  const after = updateNormal({ mean: 0, standardDeviation: 1 }, [{ value: 2, standardError: 1 }]);
  expect(after.mean).toBe(1);
  expect(after.standardDeviation).toBeCloseTo(Math.SQRT1_2, 12);
  expect(updateNormal({ mean: 0, standardDeviation: 1 }, [{ value: 2, standardError: 0 }], 1).mean).toBe(1);
});

test('uncertain groups are pulled further, a missing one gets the common mean', () => {
  const { groups, common, spread } = shrinkGroups(
    [{ value: -4, standardError: 0.05 }, { value: -1, standardError: 0.05 }, { value: -6, standardError: 3 }, null],
    { mean: -2, standardDeviation: 1 },
  );
  expect(spread).toBeGreaterThan(1);
  expect(groups[0].mean).toBeCloseTo(-4, 1);
  expect(groups[2].mean).toBeGreaterThan(-4.5);
  expect(groups[3].mean).toBe(common.mean);
});

/** A shop of `categories` with a known elasticity each, weekly season and a promotion effect of 0.3. */
function pricedShop(elasticities: number[], weeks = 60, perCategory = 8) {
  const random = createRandom('priced');
  const rows = elasticities.flatMap((elasticity, category) =>
    Array.from({ length: perCategory }, (_, p) => p).flatMap((p) => {
      const level = random.normal(4, 1);
      return Array.from({ length: weeks }, (_, week) => {
        const promoted = random.bernoulli(0.15) ? 1 : 0;
        const price = 10 * (1 - 0.25 * promoted * random.next() - 0.1 * random.next());
        const log = level + 0.5 * Math.sin(week / 8) + elasticity * Math.log(price / 10) + 0.3 * promoted + random.normal(0, 0.2);
        return { product: category * perCategory + p, week, price, promoted, units: Math.exp(log) };
      });
    }),
  );
  const column = (key: keyof (typeof rows)[number]) => rows.map((row) => row[key]);
  return {
    rows: {
      productIndex: column('product'),
      periodIndex: column('week'),
      units: column('units'),
      price: column('price'),
      promoted: column('promoted'),
    },
    options: { categoryOfProduct: elasticities.flatMap((_, c) => Array<number>(perCategory).fill(c)), categoryCount: elasticities.length },
  };
}

test('known elasticities are found through season and promotion noise', () => {
  const truth = [-1.2, -2.5, -3.5];
  const { rows, options } = pricedShop(truth);
  const got = estimateElasticities(rows, options);
  got.categories.forEach(({ mean: value, standardDeviation }, c) => {
    expect(Math.abs(value - truth[c])).toBeLessThan(3.5 * standardDeviation);
    expect(standardDeviation).toBeLessThan(0.5);
  });
  expect(got.promotionEffect).toBeCloseTo(0.3, 1);
});

test('slow sellers keep their elasticity: weeks without a sale are counts, not made-up logarithms', () => {
  const truth = [-2, -3.5];
  const { rows, options } = pricedShop(truth, 100, 40);
  const random = createRandom('slow');
  const units = rows.units.map((mean) => random.poisson(mean / 60));
  expect(units.filter((sold) => sold === 0).length / units.length).toBeGreaterThan(0.2);
  estimateElasticities({ ...rows, units }, options).categories.forEach(({ mean: value, standardDeviation }, c) => {
    expect(Math.abs(value - truth[c])).toBeLessThan(3 * standardDeviation);
    expect(standardDeviation).toBeLessThan(0.6);
  });
});

test('a category whose price never moved takes the belief about the shop', () => {
  const { rows, options } = pricedShop([-2, -2]);
  const price = rows.price.map((value, i) => (rows.productIndex[i] >= 8 ? 10 : value));
  const got = estimateElasticities({ ...rows, price }, { ...options, categoryCount: 3 });
  expect(got.raw[2]).toBeNull();
  expect(got.categories[2].mean).toBe(got.shop.mean);
  const nothing = estimateElasticities({ productIndex: [], periodIndex: [], units: [], price: [] }, options);
  expect(nothing.categories[0].mean).toBe(-2);
});

dataTest('orange-juice/oj_yx.csv.gz', "Dominick's orange juice: every brand's own-price elasticity is negative and sensible", () => {
  // Every third store keeps the test quick.
  const rows = readRows('orange-juice/oj_yx.csv.gz')
    .map((row) => row.map(Number))
    .filter(([store]) => store % 3 === 0);
  const products = new Map<string, number>();
  const index = rows.map(([store, brand]) => {
    const key = `${store}/${brand}`;
    products.set(key, products.get(key) ?? products.size);
    return products.get(key) ?? 0;
  });
  const categoryOfProduct = Array.from(products.keys(), (key) => Number(key.split('/')[1]) - 1);
  const got = estimateElasticities(
    {
      productIndex: index,
      periodIndex: rows.map((row) => row[2] - 40),
      units: rows.map((row) => Math.exp(row[3])),
      price: rows.map((row) => row[4 + row[1]]),
      promoted: rows.map((row) => Math.max(row[16], row[17])),
    },
    { categoryOfProduct, categoryCount: 11 },
  );
  for (const { mean: value } of got.categories) {
    expect(value).toBeLessThan(-1);
    expect(value).toBeGreaterThan(-5);
  }
  expect(got.shop.mean).toBeLessThan(-1.5);
  expect(got.shop.mean).toBeGreaterThan(-4);
});

const offer: IncrementInput = {
  baselineUnitsPerDay: 100,
  priceMinor: 1_000,
  costMinor: 600,
  depthBasisPoints: 2_000,
  days: 10,
  elasticity: { mean: -3, standardDeviation: 0 },
  audienceShare: 0.5,
  redemptionShare: 1,
  pullForwardShare: 0.2,
  cannibalisationShare: 0.1,
};

test('the increment by hand: 500 units at 20% off with elasticity −3', () => {
  const samples = sampleIncrement(offer, createRandom(1), 4_000);
  const extra = 500 * (0.8 ** -3 - 1);
  expect(mean(samples.units)).toBeCloseTo(extra * 0.7, -1);
  expect(mean(samples.discountCostMinor) / ((500 + extra) * 200)).toBeCloseTo(1, 2);
  expect(mean(samples.marginMinor) / (extra * 0.7 * 400 - (500 + extra) * 200)).toBeCloseTo(1, 1);
  expect(mean(samples.revenueMinor) / (extra * 0.7 * 1_000 - (500 + extra) * 200)).toBeCloseTo(1, 1);
});

test('doubt about elasticity widens the range; the same seed gives the same draws', () => {
  const sure = summariseSamples(sampleIncrement(offer, createRandom(2), 1_000).marginMinor);
  const unsure = summariseSamples(
    sampleIncrement({ ...offer, elasticity: { mean: -3, standardDeviation: 0.8 } }, createRandom(2), 1_000).marginMinor,
  );
  expect(unsure.p90 - unsure.p10).toBeGreaterThan(2 * (sure.p90 - sure.p10));
  expect(sampleIncrement(offer, createRandom(3), 10)).toEqual(sampleIncrement(offer, createRandom(3), 10));
});

test('no depth and no visibility change nothing; the multiple is bounded; sums add draws', () => {
  const none = sampleIncrement({ ...offer, depthBasisPoints: 0 }, createRandom(4), 50);
  expect(summariseSamples(none.marginMinor)).toEqual({ mean: 0, p10: 0, p90: 0, positiveShare: 0 });
  expect(demandMultiple(0.9, -4)).toBe(5);
  expect(demandMultiple(0.2, 1)).toBe(1);
  const some = sampleIncrement(offer, createRandom(5), 5);
  expect(sumIncrements([some, some]).units).toEqual(some.units.map((value) => 2 * value));
  expect(() => sumIncrements([some, none])).toThrow(RangeError);
});

dataTest('groceries/groceries.csv.gz', 'Groceries: pair counts equal brute force', () => {
  const names = new Map<string, number>();
  const baskets = new Map<string, number[]>();
  for (const [basket, item] of readRows('groceries/groceries.csv.gz')) {
    names.set(item, names.get(item) ?? names.size);
    baskets.set(basket, [...(baskets.get(basket) ?? []), names.get(item) ?? 0]);
  }
  const rows = [...baskets.values()];
  expect([rows.length, names.size]).toEqual([9_835, 169]);
  const offsets = [0];
  for (const row of rows) offsets.push(offsets[offsets.length - 1] + row.length);
  const pairs = itemPairs({ offsets, items: rows.flat(), itemCount: 169 }, 10);
  const sets = rows.map((row) => new Set(row));
  for (const pair of pairs.filter((_, i) => i % 60 === 0)) {
    expect(pair.count).toBe(sets.filter((set) => set.has(pair.a) && set.has(pair.b)).length);
  }
  const [milk, vegetables] = [names.get('whole milk') ?? -1, names.get('other vegetables') ?? -1];
  const known = pairs.find(({ a, b }) => (a === milk && b === vegetables) || (a === vegetables && b === milk));
  expect(known?.count).toBe(736);
  expect(known?.lift).toBeCloseTo(1.5136, 3);
  expect(pairs.every((pair) => pair.count >= 10)).toBe(true);
});
