import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  addIntervals,
  buildInteractions,
  chooseRecommender,
  compareMeans,
  createRandom,
  decodeArtefact,
  encodeArtefact,
  forecastSeries,
  itemPairs,
  kMeans,
  sampleIncrement,
  silhouette,
  topItems,
  updateNormal,
} from './index.ts';

const seeds = fc.integer({ min: 0, max: 1_000_000 });
const few = { numRuns: 40 };

test('the top items are the head of the sorted list', () => {
  const property = fc.property(
    fc.array(fc.integer({ min: -5, max: 5 }), { maxLength: 30 }),
    fc.integer({ min: 0, max: 35 }),
    (scores, count) => {
      const sorted = scores.map((score, item) => ({ item, score })).sort((a, b) => b.score - a.score || a.item - b.item);
      expect(topItems(scores, count)).toEqual(sorted.slice(0, count));
    },
  );
  fc.assert(property);
});

test('any artefact comes back as it was', () => {
  const arrays = fc.dictionary(
    fc.string(),
    fc.oneof(fc.float64Array(), fc.float32Array(), fc.int32Array(), fc.uint8Array(), fc.uint32Array()),
    { noNullPrototype: true },
  );
  const property = fc.property(fc.string(), arrays, (kind, given) => {
    const own = Object.fromEntries(Object.entries(given).filter(([name]) => name !== '__proto__'));
    expect(decodeArtefact(encodeArtefact({ kind, meta: { kind }, arrays: own }))).toEqual({ kind, meta: { kind }, arrays: own });
  });
  fc.assert(property);
});

test('the order of events does not matter', () => {
  const event = fc.record({
    user: fc.integer({ min: 0, max: 4 }),
    item: fc.integer({ min: 0, max: 6 }),
    weight: fc.integer({ min: 1, max: 9 }),
    day: fc.integer({ min: 0, max: 9 }),
  });
  const build = (events: { user: number; item: number; weight: number; day: number }[]) =>
    buildInteractions(
      {
        userIndex: events.map((e) => e.user),
        itemIndex: events.map((e) => e.item),
        weight: events.map((e) => e.weight),
        timeMs: events.map((e) => e.day),
      },
      { userCount: 5, itemCount: 7, asOfMs: 8 },
    );
  fc.assert(
    fc.property(fc.array(event), seeds, (events, seed) => {
      expect(build(createRandom(seed).shuffle([...events]))).toEqual(build(events));
    }),
  );
});

test('k-means leaves every row with its nearest centre, and silhouettes stay in [-1, 1]', () => {
  const property = fc.property(fc.array(fc.integer({ min: -20, max: 20 }), { minLength: 6, maxLength: 40 }), seeds, (values, seed) => {
    const points = Float64Array.from(values);
    const { labels, centres } = kMeans(points, 1, 3, createRandom(seed), { starts: 2 });
    points.forEach((point, row) => {
      const own = Math.abs(point - centres[labels[row]]);
      for (const centre of centres) expect(own).toBeLessThanOrEqual(Math.abs(point - centre) + 1e-9);
    });
    const width = silhouette(points, 1, labels, createRandom(seed));
    if (!Number.isNaN(width)) expect(Math.abs(width)).toBeLessThanOrEqual(1);
  });
  fc.assert(property, few);
});

test('an effect is inside its interval, and turns its sign with the arms', () => {
  const outcomes = fc.array(fc.integer({ min: -100, max: 100 }), { minLength: 2, maxLength: 20 });
  const property = fc.property(outcomes, outcomes, (a, b) => {
    const [there, back] = [compareMeans({ outcomes: a }, { outcomes: b }), compareMeans({ outcomes: b }, { outcomes: a })];
    expect(there.lower).toBeLessThanOrEqual(there.difference);
    expect(there.upper).toBeGreaterThanOrEqual(there.difference);
    expect(back.difference).toBeCloseTo(-there.difference, 9);
    expect(back.upper).toBeCloseTo(-there.lower, 6);
  });
  fc.assert(property, few);
});

test('the wide range holds the narrow one, and both hold the mean', () => {
  const numbers = fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 8, maxLength: 8 });
  const property = fc.property(numbers, fc.array(fc.integer({ min: 0, max: 50 }), { minLength: 4, maxLength: 4 }), (errors, forecast) => {
    const got = addIntervals(Float64Array.from(forecast), Float64Array.from(errors), 0);
    got.mean.forEach((value, h) => {
      const ladder = [0, got.lower95[h], got.lower80[h], value, got.upper80[h], got.upper95[h]];
      expect(ladder).toEqual(ladder.toSorted((a, b) => a - b));
    });
  });
  fc.assert(property);
});

test('any demand history gets finite forecasts of the asked length', () => {
  const property = fc.property(
    fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: 60 }),
    fc.integer({ min: 1, max: 10 }),
    (units, horizon) => {
      const got = forecastSeries(Float64Array.from(units), { season: 7, horizon, origins: 2 });
      for (const row of [got.mean, got.lower80, got.upper80, got.lower95, got.upper95]) {
        expect(row).toHaveLength(horizon);
        for (const value of row) expect(Number.isFinite(value) && value >= 0).toBe(true);
      }
    },
  );
  fc.assert(property, few);
});

test('evidence never makes a belief less certain', () => {
  const observations = fc.array(fc.record({ value: fc.integer({ min: -9, max: 9 }), standardError: fc.integer({ min: 1, max: 9 }) }));
  fc.assert(
    fc.property(observations, (given) => {
      expect(updateNormal({ mean: 0, standardDeviation: 2 }, given).standardDeviation).toBeLessThanOrEqual(2);
    }),
  );
});

test('a champion is never worse than popularity', () => {
  fc.assert(
    fc.property(fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true }), (popularity, als) => {
      expect(
        chooseRecommender([
          { kind: 'als', ndcg: als },
          { kind: 'popularity', ndcg: popularity },
        ]).ndcg,
      ).toBe(Math.max(popularity, als));
    }),
  );
});

test('the money of every draw adds up: margin = revenue − cost of the units, when other products earn alike', () => {
  const property = fc.property(
    seeds,
    fc.integer({ min: 0, max: 9_000 }),
    fc.integer({ min: 0, max: 10 }),
    (seed, depthBasisPoints, tenths) => {
      const [priceMinor, costMinor] = [1_000, 400];
      const samples = sampleIncrement(
        {
          baselineUnitsPerDay: 20,
          priceMinor,
          costMinor,
          depthBasisPoints,
          days: 7,
          elasticity: { mean: -2, standardDeviation: 0.5 },
          audienceShare: 0.5,
          redemptionShare: 0.5,
          pullForwardShare: tenths / 20,
          cannibalisationShare: 0.1,
        },
        createRandom(seed),
        20,
      );
      samples.units.forEach((units, draw) => {
        expect(samples.marginMinor[draw]).toBeCloseTo(samples.revenueMinor[draw] - units * costMinor, 4);
        expect(samples.discountCostMinor[draw]).toBe(samples.redemptions[draw] * Math.round((priceMinor * depthBasisPoints) / 10_000));
      });
    },
  );
  fc.assert(property, few);
});

test('pairs are counted as by hand for any baskets', () => {
  const property = fc.property(fc.array(fc.array(fc.integer({ min: 0, max: 5 }), { maxLength: 6 }), { maxLength: 20 }), (baskets) => {
    const offsets = [0];
    for (const basket of baskets) offsets.push(offsets[offsets.length - 1] + basket.length);
    for (const { a, b, count } of itemPairs({ offsets, items: baskets.flat(), itemCount: 6 }, 1)) {
      expect(count).toBe(baskets.filter((basket) => basket.includes(a) && basket.includes(b)).length);
    }
  });
  fc.assert(property);
});
