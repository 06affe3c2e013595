import { expect, test } from 'vitest';
import { createRandom } from '../random/random.ts';
import { dataTest, readRows } from '../test-data.ts';
import { compareMeans, perThousandUsers } from './compare-means.ts';
import { checkSampleRatio } from './sample-ratio.ts';

dataTest('lalonde/nsw_experimental_445.csv.gz', 'LaLonde: the published experimental effect of 1,794.34', () => {
  const rows = readRows('lalonde/nsw_experimental_445.csv.gz');
  const outcomes = (treat: string) => rows.filter((row) => row[11] === treat).map((row) => Number(row[8]));
  const effect = compareMeans({ outcomes: outcomes('1') }, { outcomes: outcomes('0') });
  expect(effect.difference).toBeCloseTo(1_794.34, 2);
  expect(effect.standardError).toBeCloseTo(670.997, 2);
  expect(perThousandUsers(effect).difference).toBeCloseTo(1_794_343.08, 1);
});

/** Skewed spending of `n` users with a habit that shows before and after. */
function arm(seed: string, n: number, lift: number) {
  const random = createRandom(seed);
  const habits = Array.from({ length: n }, () => random.gamma(2, 10));
  return {
    covariates: habits.map((habit) => habit + random.normal(0, 4)),
    outcomes: habits.map((habit) => habit + random.normal(lift, 6)),
  };
}

const RUNS = 600;
const simulate = (name: string, lift: number) =>
  Array.from({ length: RUNS }, (_, run) => compareMeans(arm(`${name}-t-${run}`, 300, lift), arm(`${name}-c-${run}`, 150, 0)));

test('in A/A tests the 5% level is false alarm in 3 to 7%', () => {
  const alarms = simulate('aa', 0).filter((effect) => effect.pValue < 0.05).length / RUNS;
  expect(alarms).toBeGreaterThan(0.03);
  expect(alarms).toBeLessThan(0.07);
});

test('an injected lift is covered by 93 to 97% of the 95% intervals', () => {
  const effects = simulate('lift', 2);
  const covered = effects.filter((effect) => effect.lower <= 2 && effect.upper >= 2).length / RUNS;
  expect(covered).toBeGreaterThan(0.93);
  expect(covered).toBeLessThan(0.97);
  expect(effects[0].varianceReduction).toBeGreaterThan(0.5);
});

test('without spread the interval is the point, and a tiny arm is refused', () => {
  const effect = compareMeans({ outcomes: [2, 2] }, { outcomes: [1, 1] });
  expect([effect.lower, effect.upper, effect.relative]).toEqual([1, 1, 1]);
  expect(() => compareMeans({ outcomes: [1] }, { outcomes: [1, 2] })).toThrow(RangeError);
});

test('Welch by hand: means 3 and 2, variances 1 and 1, three users each', () => {
  const effect = compareMeans({ outcomes: [2, 3, 4] }, { outcomes: [1, 2, 3] });
  expect(effect.degreesOfFreedom).toBeCloseTo(4, 12);
  expect(effect.standardError).toBeCloseTo(Math.sqrt(2 / 3), 12);
  expect(effect.upper).toBeCloseTo(1 + 2.776445105 * Math.sqrt(2 / 3), 8);
});

test('skewed outcomes: the interval of 0,0,0,0,1,2,3,10 against 0,0,1,9, computed elsewhere with the roots found by bisection', () => {
  const effect = compareMeans({ outcomes: [0, 0, 0, 0, 1, 2, 3, 10] }, { outcomes: [0, 0, 1, 9] });
  expect(effect.degreesOfFreedom).toBeCloseTo(4.933776, 6);
  expect(effect.lower).toBeCloseTo(-11.433472, 5);
  expect(effect.upper).toBeCloseTo(4.592065, 5);
  expect(effect.pValue).toBeCloseTo(0.806088, 5);
});

test('the p-value is 5% where the 95% interval ends', () => {
  const [treated, control] = [arm('edge-t', 90, 0).outcomes, arm('edge-c', 12, 0).outcomes];
  const { lower } = compareMeans({ outcomes: treated }, { outcomes: control });
  const moved = compareMeans({ outcomes: treated.map((outcome) => outcome - lower) }, { outcomes: control });
  expect(moved.pValue).toBeCloseTo(0.05, 9);
});

test('one outlier among many does not rule a small arm', () => {
  const many = Array.from({ length: 20_000 }, (_, i) => (i === 0 ? 1e7 : i % 7));
  const effect = compareMeans({ outcomes: many }, arm('few', 30, 0));
  expect(effect.lower).toBeLessThan(effect.difference);
  expect(effect.upper).toBeGreaterThan(effect.difference);
});

test('a leak of one user in a hundred from the holdout blocks at 40,000 users, and an honest split does not', () => {
  const random = createRandom('leak');
  const blocked = (heldOutShare: number) =>
    Array.from({ length: 300 }, () => random.binomial(40_000, heldOutShare)).filter(
      (heldOut) => checkSampleRatio([40_000 - heldOut, heldOut], [0.9, 0.1]).blocked,
    ).length / 300;
  expect(blocked(0.09)).toBeGreaterThan(0.99);
  expect(blocked(0.1)).toBeLessThan(0.01);
});

test('the sample ratio blocks at p below one in a thousand', () => {
  expect(checkSampleRatio([900, 100], [9, 1])).toMatchObject({ chiSquare: 0, blocked: false });
  const off = checkSampleRatio([870, 130], [0.9, 0.1]);
  expect(off.chiSquare).toBeCloseTo(10, 10);
  expect(off.pValue).toBeCloseTo(0.0015654, 7);
  expect(off.blocked).toBe(false);
  expect(checkSampleRatio([865, 135], [0.9, 0.1]).blocked).toBe(true);
  expect(checkSampleRatio([5, 1], [1, 0])).toMatchObject({ pValue: 0, blocked: true });
});
