import { describe, expect, test } from 'vitest';
import type { PromotionRule } from '../promotions/promotion-rule.ts';
import type { GuardrailInput } from './guardrails.ts';
import { checkGuardrails } from './guardrails.ts';
import { isWorthDoing, worthDoing } from './worth-doing.ts';

const percent = (basisPoints: number): PromotionRule => ({ kind: 'percent_off', basisPoints, scope: { kind: 'all' } });
const anInput = (changes: Partial<GuardrailInput> = {}): GuardrailInput => ({
  rules: [percent(2_000)],
  products: [{ sku: 'A', categoryKeys: [], priceMinor: 1_000, costMinor: 600, stock: 100, expectedUnits: 100 }],
  currency: 'EUR',
  budgetMinor: 10_000,
  expectedCostMinor: 10_000,
  audienceSize: 50,
  windowDays: 60,
  settings: { marginFloorBasisPoints: 500, maxDepthBasisPoints: 3_000, minimumSegmentSize: 50, maxWindowDays: 60 },
  ...changes,
});
const failed = (changes: Partial<GuardrailInput>) =>
  checkGuardrails(anInput(changes))
    .checks.filter(({ passed }) => !passed)
    .map(({ code, value }) => [code, value]);
const product = (changes: Partial<GuardrailInput['products'][number]>) => [
  { sku: 'A', categoryKeys: [], priceMinor: 1_000, costMinor: 600, stock: 100, expectedUnits: 100, ...changes },
];

describe('checkGuardrails', () => {
  test('everything exactly at its limit passes, and all seven are listed', () => {
    const report = checkGuardrails(anInput());
    expect(report.passed).toBe(true);
    expect(new Set(report.checks.map(({ code }) => code)).size).toBe(7);
  });

  test.each<[string, Partial<GuardrailInput>, [string, number | null][]]>([
    ['cost over budget by one unit', { expectedCostMinor: 10_001 }, [['BUDGET', 10_001]]],
    ['audience of 49', { audienceSize: 49 }, [['AUDIENCE_SIZE', 49]]],
    ['window of 60.5 days', { windowDays: 60.5 }, [['WINDOW_LENGTH', 60.5]]],
    ['window of no length', { windowDays: 0 }, [['WINDOW_LENGTH', null]]],
    ['30.01% deep', { rules: [percent(3_001)] }, [['MAXIMUM_DEPTH', 3_001]]],
    ['two rules that add up: 1 − 0.8 × 0.8 = 36%', { rules: [percent(2_000), percent(2_000)] }, [['MAXIMUM_DEPTH', 3_600]]],
    ['margin: price 800, cost 761 leaves 4.87%', { products: product({ costMinor: 761 }) }, [['MARGIN_FLOOR', 487]]],
    ['stock of 99 for 100', { products: product({ stock: 99 }) }, [['STOCK', 9_900]]],
    [
      'unknown cost',
      { products: product({ costMinor: null }) },
      [
        ['MARGIN_FLOOR', null],
        ['MISSING_COST', 1],
      ],
    ],
    [
      'nothing covered',
      { products: [] },
      [
        ['MARGIN_FLOOR', null],
        ['MAXIMUM_DEPTH', null],
      ],
    ],
    ['NaN cost', { expectedCostMinor: Number.NaN }, [['BUDGET', null]]],
  ])('%s', (_, changes, expected) => {
    expect(failed(changes)).toEqual(expected);
  });

  test('margin exactly at the floor passes: price 800, cost 760 leaves 5%', () => {
    expect(failed({ products: product({ costMinor: 760 }) })).toEqual([]);
  });

  test('uncounted stock cannot fail, failed checks come first', () => {
    expect(failed({ products: product({ stock: null }) })).toEqual([]);
    expect(checkGuardrails(anInput({ audienceSize: 1 })).checks[0]?.code).toBe('AUDIENCE_SIZE');
  });

  test.each<[string, PromotionRule, number]>([
    ['5 off from 20', { kind: 'amount_off', amounts: { EUR: 500 }, minimumSpend: { EUR: 2_000 }, scope: { kind: 'all' } }, 2_500],
    [
      '5 off without minimum on a price of 10',
      { kind: 'amount_off', amounts: { EUR: 500 }, minimumSpend: null, scope: { kind: 'all' } },
      5_000,
    ],
    ['buy 2 get 1 free', { kind: 'buy_x_get_y', buyQuantity: 2, getQuantity: 1, basisPoints: 10_000, scope: { kind: 'all' } }, 3_334],
    ['two pieces of 10 for 15', { kind: 'bundle_price', pieces: [{ sku: 'A', quantity: 2 }], prices: { EUR: 1_500 } }, 2_500],
    [
      'best tier',
      {
        kind: 'spend_x_get_y_off',
        currency: 'EUR',
        tiers: [
          { spendMinor: 1_000, reward: { unit: 'percent', basisPoints: 500 } },
          { spendMinor: 4_000, reward: { unit: 'amount', amountMinor: 600 } },
        ],
        scope: { kind: 'all' },
      },
      1_500,
    ],
    [
      'pre-sale of a price of 10 for 9',
      { kind: 'pre_sale', sku: 'A', prices: { EUR: 900 }, launchesAt: '2026-01-01T00:00:00Z', depositBasisPoints: 1_000 },
      1_000,
    ],
  ])('depth of %s', (_, rule, depth) => {
    expect(checkGuardrails(anInput({ rules: [rule] })).checks.find(({ code }) => code === 'MAXIMUM_DEPTH')?.value).toBe(depth);
  });
});

describe('isWorthDoing', () => {
  const settings = { minimumGainProbabilityBasisPoints: 8_000 };
  const evidence = (mean: number, probabilityOfGain: number) => ({
    incrementalMarginMinor: { mean, low: 0, high: 0 },
    probabilityOfGain,
    guardrails: [],
  });

  test.each([
    [1, 0.8, true],
    [0, 0.8, false],
    [-1, 0.99, false],
    [100, 0.79, false],
    [Number.NaN, 1, false],
    [1, Number.NaN, false],
  ])('gain %d with probability %d: %s', (mean, probability, expected) => {
    expect(isWorthDoing(evidence(mean, probability), settings)).toBe(expected);
  });

  test('a failed guardrail outweighs any gain', () => {
    const { checks } = checkGuardrails(anInput({ audienceSize: 1 }));
    expect(worthDoing({ ...evidence(1e9, 1), guardrails: [...checks] }, settings)).toMatchObject({
      isWorth: false,
      reason: 'GUARDRAIL_FAILED',
    });
  });
});
