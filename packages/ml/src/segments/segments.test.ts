import { expect, test } from 'vitest';
import { interestTags } from '../features/interest-tags.ts';
import { rfmFeatures } from '../features/recency-frequency-monetary.ts';
import { logStandardise } from '../features/standardise.ts';
import { createRandom } from '../random/random.ts';
import { dataTest } from '../test-data.ts';
import { assignClusters, kMeans } from './k-means.ts';
import { describeSegments } from './segment-names.ts';
import { chooseClustering, silhouette } from './silhouette.ts';
import { onlineRetailPoints } from './test-online-retail.ts';

const DAY_MS = 86_400_000;

/** Three round clouds of 40 points on a plane. */
function clouds() {
  const random = createRandom('clouds');
  return Float64Array.from(
    Array.from({ length: 120 }, (_, i) => [(i % 3) * 10 + random.normal(), (i % 3 === 1 ? 10 : 0) + random.normal()]).flat(),
  );
}

test('recency, frequency and value as of a day; later orders do not exist yet', () => {
  const rows = { userIndex: [0, 0, 1, 0], timeMs: [0, 3 * DAY_MS, 5 * DAY_MS, 11 * DAY_MS], valueMinor: [100, 250, 70, 9_999] };
  const rfm = rfmFeatures(rows, 3, 10 * DAY_MS);
  expect([...rfm.recencyDays]).toEqual([7, 5, Number.NaN]);
  expect([...rfm.frequency]).toEqual([2, 1, 0]);
  expect([...rfm.monetaryMinor]).toEqual([350, 70, 0]);
  expect([...rfm.tenureDays]).toEqual([10, 5, Number.NaN]);
});

test('standardised columns have mean 0 and deviation 1; a constant column is 0', () => {
  const matrix = logStandardise([
    [0, Math.E - 1],
    [5, 5],
  ]);
  expect([...matrix]).toEqual([-1, 0, 1, 0]);
});

test('a tag needs more than one lucky event, and fades', () => {
  const shop = Array.from({ length: 40 }, (_, i) => ({ user: 2 + (i % 8), category: i % 4, timeMs: 99 * DAY_MS }));
  const lover = Array.from({ length: 20 }, () => ({ user: 0, category: 3, timeMs: 99 * DAY_MS }));
  const events = [...shop, ...lover, { user: 1, category: 3, timeMs: 99 * DAY_MS }];
  const input = {
    userIndex: events.map((e) => e.user),
    categoryIndex: events.map((e) => e.category),
    weight: events.map(() => 1),
    timeMs: events.map((e) => e.timeMs),
  };
  const tags = interestTags(input, { userCount: 10, categoryCount: 4, asOfMs: 100 * DAY_MS });
  expect(tags[0].map(({ category }) => category)).toEqual([3]);
  expect(tags[1]).toEqual([]);
  expect(interestTags(input, { userCount: 10, categoryCount: 4, asOfMs: 1_000 * DAY_MS })[0]).toEqual([]);
});

test('three clouds are found, chosen by silhouette, the same for the same seed', () => {
  const points = clouds();
  const chosen = chooseClustering(points, 2, [2, 3, 4, 5], createRandom(1));
  expect(chosen.k).toBe(3);
  expect(chosen.silhouette).toBeGreaterThan(0.7);
  expect(new Set(chosen.labels.slice(0, 3)).size).toBe(3);
  expect(chooseClustering(points, 2, [2, 3, 4, 5], createRandom(1))).toEqual(chosen);
  expect(assignClusters(points, 2, chosen.centres)).toEqual(chosen.labels);
});

test('silhouette by hand, and k-means with fewer rows than clusters or all rows equal', () => {
  expect(silhouette(Float64Array.of(0, 2, 10, 12), 1, [0, 0, 1, 1], createRandom(1))).toBeCloseTo(
    (2 * (1 - 2 / 11) + 2 * (1 - 2 / 9)) / 4,
    12,
  );
  expect(() => kMeans(Float64Array.of(1, 2), 1, 3, createRandom(1))).toThrow(RangeError);
  expect(kMeans(new Float64Array(4), 1, 2, createRandom(1)).inertia).toBe(0);
});

test('segments get the names a person would give', () => {
  const users = 40;
  const good = (user: number) => user < 20;
  const rfm = {
    recencyDays: Float64Array.from({ length: users }, (_, user) => (good(user) ? 3 : 270) + (user % 20)),
    frequency: Float64Array.from({ length: users }, (_, user) => (good(user) ? 20 : 2)),
    monetaryMinor: Float64Array.from({ length: users }, (_, user) => (good(user) ? 90_000 : 3_000) + user),
    tenureDays: new Float64Array(users).fill(300),
  };
  const tags = Array.from({ length: users }, (_, user) => (good(user) ? [{ category: 1, lift: 3, share: 0.6 }] : []));
  const names = describeSegments({
    labels: Array.from({ length: users }, (_, u) => (good(u) ? 0 : 1)),
    segmentCount: 2,
    rfm,
    tags,
    categoryNames: [
      { en: 'Tea', zh: '茶' },
      { en: 'Snacks', zh: '零食' },
    ],
  });
  expect(names[0]).toMatchObject({ nameEn: 'Loyal, high value, buys snacks', nameZh: '忠诚，高价值，爱买零食', users: 20 });
  expect(names[1].nameEn).toBe('Lapsed, low value');
});

test('two segments of the same traits keep different names', () => {
  const rfm = {
    recencyDays: Float64Array.of(5, 6, 5, 6),
    frequency: Float64Array.of(2, 2, 2, 2),
    monetaryMinor: Float64Array.of(9, 9, 9, 9),
    tenureDays: Float64Array.of(9, 9, 9, 9),
  };
  const names = describeSegments({ labels: [0, 0, 1, 1], segmentCount: 2, rfm, tags: [[], [], [], []], categoryNames: [] }).map(
    ({ nameEn }) => nameEn,
  );
  expect(new Set(names).size).toBe(2);
});

dataTest('online-retail/online_retail.csv.gz', 'Online Retail: the known inertia and silhouette of RFM clusters', () => {
  const points = onlineRetailPoints();
  expect(points.length).toBe(4_338 * 3);
  const known: [k: number, inertia: number, width: number | null][] = [
    [3, 4_856.3417, 0.3372],
    [4, 3_924.4835, 0.3353],
    [5, 3_268.1675, null],
    [8, 2_325.5195, null],
  ];
  for (const [k, inertia, width] of known) {
    const clustering = kMeans(points, 3, k, createRandom(k), { starts: 40 });
    expect(Math.abs(clustering.inertia / inertia - 1)).toBeLessThan(1e-4);
    if (width !== null) expect(silhouette(points, 3, clustering.labels, createRandom(1), 5_000)).toBeCloseTo(width, 3);
  }
});
