import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createRandom } from '../random/random.ts';
import { dataTest } from '../test-data.ts';
import { adjustedRand } from './adjusted-rand.ts';
import { dbscan } from './dbscan.ts';
import { chooseMixture, mixtureShares, trainGaussianMixture } from './gaussian-mixture.ts';
import { assignClusters, inertiaOf, kMeans } from './k-means.ts';
import { miniBatchKMeans } from './mini-batch-k-means.ts';
import { principalComponents, projectRows } from './principal-components.ts';
import { onlineRetailPoints } from './test-online-retail.ts';

/** `perCloud` points around each corner of a triangle. */
function clouds(perCloud: number, seed = 'clouds') {
  const random = createRandom(seed);
  return Float64Array.from(
    Array.from({ length: 3 * perCloud }, (_, i) => [(i % 3) * 10 + random.normal(), (i % 3 === 1 ? 10 : 0) + 2 * random.normal()]).flat(),
  );
}

test('k-means ends where no row is nearer to another centre and no centre is off the middle of its rows', () => {
  const shape = fc.record({ rows: fc.integer({ min: 4, max: 60 }), width: fc.integer({ min: 1, max: 4 }), seed: fc.nat() });
  fc.assert(
    fc.property(shape, ({ rows, width, seed }) => {
      const random = createRandom(seed);
      const points = Float64Array.from({ length: rows * width }, () => random.normal());
      const { labels, centres, inertia } = kMeans(points, width, 4, random);
      const apart = inertiaOf(points, width, centres, assignClusters(points, width, centres));
      expect(inertia).toBeCloseTo(apart, 9);
      for (let at = 0; at < centres.length; at++) {
        const members = Array.from(labels.keys()).filter((row) => labels[row] === Math.floor(at / width));
        const middle = members.reduce((sum, row) => sum + points[row * width + (at % width)], 0) / members.length;
        if (members.length > 0) expect(centres[at]).toBeCloseTo(middle, 9);
      }
    }),
    { numRuns: 60 },
  );
});

test('mini-batches end within a few per cent of all rows at once', () => {
  const points = clouds(3_000);
  const whole = kMeans(points, 2, 3, createRandom(1));
  const batches = miniBatchKMeans(points, 2, 3, createRandom(1));
  expect(batches.inertia / whole.inertia).toBeLessThan(1.03);
  expect(adjustedRand(batches.labels, whole.labels)).toBeGreaterThan(0.99);
});

test('DBSCAN by hand: a chain, a border point and noise', () => {
  const { labels, clusters, coreRows, noiseRows } = dbscan(Float64Array.of(0, 1, 2, 3.5, 10, 20, 21, 22), 1, 1.5, 3);
  expect([...labels]).toEqual([0, 0, 0, 0, -1, 1, 1, 1]);
  expect([clusters, coreRows, noiseRows]).toEqual([2, 3, 1]);
  expect(() => dbscan(new Float64Array(2), 1, Number.NaN, 2)).toThrow(RangeError);
});

dataTest('online-retail/online_retail.csv.gz', 'Online Retail: the known clusters, noise and cores of DBSCAN', () => {
  const points = onlineRetailPoints();
  expect(dbscan(points, 3, 0.3, 10)).toMatchObject({ clusters: 5, noiseRows: 411, coreRows: 3_592 });
  expect(dbscan(points, 3, 0.25, 10)).toMatchObject({ clusters: 10, noiseRows: 708, coreRows: 3_178 });
});

test('one Gaussian is the mean and the covariance; the likelihood is the known one', () => {
  const { means, factors, logLikelihood } = trainGaussianMixture(Float64Array.of(-1, 0, 1), 1, 1, createRandom(1), { floor: 0 });
  expect(means[0]).toBeCloseTo(0, 12);
  expect(factors[0] ** 2).toBeCloseTo(2 / 3, 12);
  expect(logLikelihood).toBeCloseTo(-1.5 * (Math.log(2 * Math.PI) + Math.log(2 / 3) + 1), 10);
});

test('BIC finds three Gaussians, their shares sum to one, and the likelihood never falls with more steps', () => {
  const points = clouds(150);
  const chosen = chooseMixture(points, 2, [1, 2, 3, 4, 5], createRandom(2));
  expect(chosen.k).toBe(3);
  expect([...chosen.weights].map((weight) => Math.round(100 * weight))).toEqual([33, 33, 33]);
  const shares = mixtureShares(chosen, points);
  for (let row = 0; row < 450; row++) expect(shares[3 * row] + shares[3 * row + 1] + shares[3 * row + 2]).toBeCloseTo(1, 10);
  const climbed = [1, 3, 10, 30].map(
    (maxIterations) => trainGaussianMixture(points, 2, 4, createRandom(3), { maxIterations, starts: 1, tolerance: 0 }).logLikelihood,
  );
  expect(climbed.every((value, at) => at === 0 || value >= climbed[at - 1] - 1e-9)).toBe(true);
});

test('principal components: the long axis first, variances and coordinates that keep all distances', () => {
  const points = Float64Array.of(2, 2, -2, -2, 1, -1, -1, 1);
  const found = principalComponents(points, 2);
  expect([...found.variances].map((variance) => Math.round(variance * 1e9) / 1e9)).toEqual(
    [16 / 3, 4 / 3].map((v) => Math.round(v * 1e9) / 1e9),
  );
  expect(found.components[0]).toBeCloseTo(Math.SQRT1_2, 12);
  expect(found.shares[0]).toBeCloseTo(0.8, 12);
  const projected = projectRows(found, points);
  expect(Math.hypot(projected[0] - projected[4], projected[1] - projected[5])).toBeCloseTo(Math.hypot(1, 3), 12);
});

test('the adjusted Rand index is 1 for renamed groups, known for a worked case, and about 0 for chance', () => {
  expect(adjustedRand([0, 0, 1, 1], [5, 5, 2, 2])).toBe(1);
  expect(adjustedRand([0, 0, 1, 2], [0, 0, 1, 1])).toBeCloseTo(4 / 7, 12);
  const random = createRandom('rand');
  const labels = Array.from({ length: 4_000 }, () => [random.integer(4), random.integer(3)]);
  expect(
    Math.abs(
      adjustedRand(
        labels.map(([a]) => a),
        labels.map(([, b]) => b),
      ),
    ),
  ).toBeLessThan(0.01);
});
