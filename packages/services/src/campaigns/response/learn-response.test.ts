import { createRandom, demandMultiple, mean } from '@promolift/ml';
import { describe, expect, test } from 'vitest';
import {
  type CallResponse,
  learnResponse,
  predictedRise,
  type PriceBelief,
  PULL_FORWARD_SHARE,
  seenRise,
  usualResponse,
} from './learn-response.ts';
import { pastSales } from './past-sales.ts';
import type { SaleEffect } from './sale-effects.ts';
import { missingRate } from './shopper-groups.ts';

const price: PriceBelief = { elasticities: [-1, -2, -1.5, -2.5], pullForwardShare: PULL_FORWARD_SHARE };
const usual = usualResponse(-2.5);

/** Sales of a shop whose answer is known: `lift` and `comeback` per whole given away, no gain by being announced. */
function salesOf(count: number, lift: number, comeback: number, noise: number): SaleEffect[] {
  const random = createRandom('sales');
  return Array.from({ length: count }, (_, at): SaleEffect => {
    const depth = 0.1 + 0.05 * (at % 3);
    const covered = [0, 1, 2, 3].map((category) => (category === at % 4 ? 0 : depth));
    const felt = (depth * 3) / 4;
    const seen = (units: number, error: number) => ({ value: units + random.normal(0, error), standardError: error });
    const categories = covered.map((cut, category) => {
      const rise = (demandMultiple(cut, price.elasticities[category] ?? 0) - 1) * (1 - PULL_FORWARD_SHARE);
      return { depth: cut, expectedUnits: 250, extraUnits: seen(250 * (rise + lift * felt), 250 * noise) };
    });
    const extra = categories.reduce((sum, { extraUnits }) => sum + extraUnits.value, 0);
    return {
      from: 100 + 40 * at,
      to: 107 + 40 * at,
      felt,
      categories,
      expectedUnits: 1_000,
      extraUnits: { value: extra, standardError: 500 * noise },
      missingPerDay: 5,
      comeback: seen(comeback * felt * 35, 3),
    };
  });
}

describe('learning from past sales', () => {
  test('finds the answer that is in them, and is surer with more of them', () => {
    const [few, many] = [learnResponse(salesOf(4, 3, 5, 0.02), usual, price), learnResponse(salesOf(40, 3, 5, 0.02), usual, price)];
    if (!few || !many) throw new Error('four sales are enough');
    // What announcing and what calling adds cannot be told apart fully: together they are right, where the round numbers are not.
    const misses = (response: CallResponse) =>
      salesOf(40, 3, 5, 0.02).map((sale) => predictedRise(sale, response, price).units - seenRise(sale).units);
    expect(Math.abs(mean(misses(many)))).toBeLessThan(0.01);
    expect(Math.abs(mean(misses(usual)))).toBeGreaterThan(0.1);
    expect(many.lift.mean).toBeGreaterThan(2.6);
    expect(many.lift.mean).toBeLessThan(3.2);
    expect(Math.abs(many.comeback.mean - 5)).toBeLessThan(0.5);
    expect(many.comeback.standardDeviation).toBeLessThan(few.comeback.standardDeviation);
  });

  test('says nothing after two sales, and keeps a wide belief when they were seen badly', () => {
    expect(learnResponse(salesOf(2, 1.6, 5, 0.02), usual, price)).toBeNull();
    const vague = learnResponse(salesOf(4, 1.6, 5, 1), usual, price);
    expect(vague?.lift.standardDeviation).toBeGreaterThan(usual.lift.mean / 2);
  });

  test('what serves without a past is twice as wide as it is high', () => {
    expect(usual.lift.standardDeviation).toBe(2 * usual.lift.mean);
    expect(usualResponse(0).lift.mean).toBeCloseTo(0.15, 12);
  });
});

test.each([
  ['a sale among ordinary days', [[40, 47, 0.12]], [{ from: 40, to: 47 }]],
  ['one or two days are no sale', [[40, 42, 0.3]], []],
  ['a price that stays low is the usual price', [[40, 100, 0.2]], []],
  ['too little to be noticed', [[40, 47, 0.04]], []],
] as const)('%s', (_, cuts, expected) => {
  const felt = new Float64Array(150).fill(0.01);
  for (const [from, to, depth] of cuts) felt.fill(0.01 + depth, from, to);
  expect(pastSales({ felt, days: 150 })).toEqual(expected);
});

test.each([
  ['a weekly shopper silent for five weeks: three of their own intervals', [0, 7, 14, 21, 28, 35, 42, 49, 56, 63, 70], 105, 11 / 100],
  ['the same one after four weeks is not away', [0, 7, 14, 21, 28, 35, 42, 49, 56, 63, 70], 97, 0],
  ['a daily shopper must be silent for four weeks all the same', Array.from({ length: 60 }, (__, day) => day), 80, 0],
  ['one order is a slow rhythm', [0], 179, 0],
  ['and is missed after half a year', [0], 180, 1 / 60],
  ['only the past counts', [50, 200], 100, 0],
] as const)('%s', (_, days, on, rate) => {
  expect(missingRate(days, on)).toBeCloseTo(rate, 12);
});
