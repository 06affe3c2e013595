import { expect, test } from 'vitest';
import { createRandom } from './random.ts';
import { xoshiro128 } from './xoshiro.ts';

function moments(draw: () => number, n = 20_000) {
  let [sum, square] = [0, 0];
  for (let i = 0; i < n; i++) {
    const x = draw();
    sum += x;
    square += x * x;
  }
  return { mean: sum / n, variance: square / n - (sum / n) ** 2 };
}

test('xoshiro128** from the state 1, 2, 3, 4 gives the values worked out by hand', () => {
  const next = xoshiro128(1, 2, 3, 4);
  expect([next(), next(), next()]).toEqual([11_520, 0, 5_927_040]);
});

test('the same seed gives the same stream, another seed another one', () => {
  const draw = (seed: number) =>
    Array.from(
      { length: 5 },
      (
        (r) => () =>
          r.next()
      )(createRandom(seed)),
    );
  expect(draw(7)).toEqual(draw(7));
  expect(draw(7)).not.toEqual(draw(8));
});

test('a fork depends on the label and not on what was drawn before', () => {
  const [a, b] = [createRandom(1), createRandom(1)];
  a.next();
  expect(a.fork('users').next()).toBe(b.fork('users').next());
  expect(a.fork('users').next()).not.toBe(a.fork('products').next());
});

test.each<[string, (r: ReturnType<typeof createRandom>) => number, number, number]>([
  ['uniform', (r) => r.next(), 0.5, 1 / 12],
  ['normal', (r) => r.normal(3, 2), 3, 4],
  ['gamma of large shape', (r) => r.gamma(4, 0.5), 2, 1],
  ['gamma of shape below one', (r) => r.gamma(0.5, 2), 1, 2],
  ['beta', (r) => r.beta(2, 3), 0.4, 0.04],
  ['poisson of small mean', (r) => r.poisson(2.5), 2.5, 2.5],
  ['poisson of large mean', (r) => r.poisson(80), 80, 80],
  ['binomial', (r) => r.binomial(100, 0.3), 30, 21],
  ['exponential', (r) => r.exponential(2), 2, 4],
])('%s has its mean and variance', (_, draw, mean, variance) => {
  const random = createRandom('moments');
  const got = moments(() => draw(random));
  expect(Math.abs(got.mean - mean)).toBeLessThan(5 * Math.sqrt(variance / 20_000));
  expect(got.variance / variance).toBeGreaterThan(0.9);
  expect(got.variance / variance).toBeLessThan(1.1);
});

test('categorical never draws a weight of zero and keeps proportions', () => {
  const random = createRandom(3);
  const counts = [0, 0, 0];
  for (let i = 0; i < 9_000; i++) counts[random.categorical([1, 0, 2])]++;
  expect(counts[1]).toBe(0);
  expect(counts[2] / 9_000).toBeCloseTo(2 / 3, 1);
  expect(() => random.categorical([0, 0])).toThrow(RangeError);
});

test('shuffle keeps the members and moves them evenly', () => {
  const random = createRandom(4);
  const firsts = [0, 0, 0, 0];
  for (let i = 0; i < 4_000; i++) {
    const items = random.shuffle([0, 1, 2, 3]);
    firsts[items[0]]++;
    expect(items.toSorted()).toEqual([0, 1, 2, 3]);
  }
  for (const count of firsts) expect(Math.abs(count - 1_000)).toBeLessThan(150);
});
