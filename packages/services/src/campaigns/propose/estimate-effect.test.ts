import { EffectBasis } from '@promolift/domain';
import { expect, test } from 'vitest';
import { estimateEffect } from './estimate-effect.ts';

/** Half of a shop of 100 orders a day at 10% off for a week; nobody is wrong about anything. */
const sure = (mean: number) => ({ mean, standardDeviation: 0 });
const stored = {
  parts: [
    {
      categoryKey: 'snacks',
      unitsPerDay: 200,
      relativeError: 0,
      priceMinor: 400,
      costMinor: 200,
      elasticity: sure(-2),
      cannibalisationShare: 0,
      pullForwardShare: 0,
      otherPriceMinor: 400,
      otherMarginMinor: 200,
      segmentShares: { lapsing: 0.1 },
    },
  ],
  dayShape: Array.from({ length: 14 }, () => 1),
  depthBasisPoints: 1_000,
  days: 7,
  segmentKeys: 'all',
  depthFactor: 1,
  redemption: sure(1),
  visibility: sure(0),
  response: sure(1),
  threshold: null,
  traffic: {
    ordersPerDay: 100,
    segmentShares: { lapsing: 0.1 },
    missingPerDay: { lapsing: 10, occasional: 4 },
    coveredShare: 0.5,
    cartMarginMinor: 900,
    cartCoveredMinor: 800,
    reachedShare: 1,
    lift: sure(1),
    comeback: sure(4),
  },
  unitCap: null,
  holdoutBasisPoints: 0,
  users: { all: 1_000, bySegment: { lapsing: 100 } },
  draws: 2_000,
  seed: 1,
};
const effectOf = (changes: Partial<EffectBasis> = {}) => estimateEffect({ ...EffectBasis.parse(stored), ...changes });
const { traffic } = EffectBasis.parse(stored);

test('evidence from before a field existed answers as it did', () => {
  const basis = EffectBasis.parse(stored);
  expect([basis.level, basis.traffic?.missingOfAllPerDay]).toEqual([sure(1), null]);
  // 1,400 units become 0.9^−2 as many; lift 0.05 of 700 orders, and a fifth of the ten missing a day of the largest segment, two units each.
  const units = 1_400 * (0.9 ** -2 - 1) + (35 + 14) * 2;
  expect(Math.abs(effectOf().units.mean / units - 1)).toBeLessThan(0.02);
});

test('everybody who stays away counts when everybody is offered it', () => {
  if (!traffic) throw new Error('it has traffic');
  const all = effectOf({ traffic: { ...traffic, missingOfAllPerDay: 20 } });
  const added = all.redemptions.mean - effectOf().redemptions.mean;
  expect(Math.abs(added - 7 * (20 - 10) * 0.2)).toBeLessThan(1.5);
});

test('nobody comes back more often than they used to come', () => {
  if (!traffic) throw new Error('it has traffic');
  const eager = { ...traffic, lift: sure(0), comeback: sure(1_000), missingOfAllPerDay: 10 };
  const none = { ...eager, comeback: sure(0) };
  expect(Math.abs(effectOf({ traffic: eager }).redemptions.mean - effectOf({ traffic: none }).redemptions.mean - 70)).toBeLessThan(1.5);
});

test('what forecasts of whole weeks miss by widens the range', () => {
  const width = ({ low, high }: { low: number; high: number }) => high - low;
  const level = { mean: 1, standardDeviation: 0.2 };
  expect(width(effectOf({ level }).units)).toBeGreaterThan(2 * width(effectOf().units));
  expect(effectOf({ level }).units.mean / effectOf().units.mean).toBeCloseTo(1, 1);
});
