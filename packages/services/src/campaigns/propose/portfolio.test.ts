import { CampaignBudget, type CampaignContent, type PromotionRule, type Scope } from '@promolift/domain';
import { expect, test } from 'vitest';
import { type RememberedCampaign, responseOf } from './campaign-memory.ts';
import type { Effect } from './estimate-effect.ts';
import type { Idea } from './occasions/idea.ts';
import { choosePortfolio, type Scored } from './portfolio.ts';
import { rejectionOf } from './rejections.ts';

const on = (categoryKey: string): Scope => ({ kind: 'categories', categoryKeys: [categoryKey] });
const interval = { mean: 100, low: 50, high: 150 };
const effect: Effect = {
  units: interval,
  revenueMinor: interval,
  marginMinor: interval,
  discountCostMinor: { mean: 800, low: 500, high: 1_000 },
  cannibalisedMarginMinor: interval,
  redemptions: interval,
  probabilityOfGain: 0.8,
  reach: 100,
  audienceSize: 100,
};

function aScored(
  scope: Scope,
  score: number,
  occasion: Idea['occasion'] = 'lull',
  kind: 'percent_off' | 'flash_sale' = 'percent_off',
): Scored {
  const rule: PromotionRule =
    kind === 'percent_off' ? { kind, basisPoints: 1_000, scope } : { kind, basisPoints: 1_000, scope, stockCapUnits: 10 };
  const idea: Idea = { occasion, label: { en: 'x', zh: 'x' }, scope, products: [], kinds: [kind], segment: null, gift: null, reasons: [] };
  return { idea, offer: { rule, segmentKeys: 'all', days: 7, depthBasisPoints: 1_000 }, effect, budgetMinor: 1_000, score };
}

function aCampaign(scope: Scope, parts: Partial<RememberedCampaign>): RememberedCampaign {
  const content: CampaignContent = {
    name: 'Earlier',
    promotions: [{ id: 'offer', rule: { kind: 'percent_off', basisPoints: 1_000, scope } }],
    audience: { segmentKeys: 'all' },
    schedule: { startsAt: '2026-01-01T00:00:00Z', endsAt: '2026-01-08T00:00:00Z', timeZone: 'UTC' },
    budget: CampaignBudget.parse({ budgetMinor: 1_000, currency: 'EUR' }),
    holdoutBasisPoints: 1_000,
    priority: 0,
    exclusive: false,
  };
  return {
    id: '1',
    name: 'Earlier',
    status: 'measured',
    occasion: 'lull',
    content,
    rejectionReason: null,
    promised: null,
    measured: null,
    ...parts,
  };
}

test('one offer on everything does not shut out three good ones', () => {
  const parts = [aScored(on('a'), 300), aScored(on('b'), 250, 'overstock'), aScored(on('c'), 200, 'seasonal_rise', 'flash_sale')];
  const { chosen, dropped } = choosePortfolio([aScored({ kind: 'all' }, 400, 'basket_affinity'), ...parts], 100_000, new Map());
  expect(chosen.map(({ score }) => score)).toEqual([300, 200, 250]); // Another kind first: 250 × 0.6 < 200.
  expect(dropped).toMatchObject([{ reason: 'overlap' }]);
});

test('an offer on everything that earns far more stands alone', () => {
  const { chosen } = choosePortfolio([aScored(on('a'), 10), aScored({ kind: 'all' }, 4_000, 'basket_affinity')], 100_000, new Map());
  expect(chosen.map(({ score }) => score)).toEqual([4_000]);
});

test('the budget of all proposals together is kept', () => {
  const { chosen, dropped } = choosePortfolio([aScored(on('a'), 300), aScored(on('b'), 250, 'overstock')], 1_500, new Map());
  expect(chosen).toHaveLength(1);
  expect(dropped).toMatchObject([{ reason: 'budget' }]);
});

test('measured results of a kind move the next prediction of that kind only', () => {
  const measured = [
    aCampaign(on('a'), { promised: { marginMinor: 100, units: 100 }, measured: { marginMinor: 200, units: 200, unitsError: 10 } }),
  ];
  const memory = { open: [], rejected: [], measured };
  // Prior 1 ± 0.35; one result 2 with variance 0.1² + 0.25²: (1/0.1225 + 2/0.0725) / (1/0.1225 + 1/0.0725).
  expect(responseOf(memory, 'percent_off').mean).toBeCloseTo(1.6282, 3);
  expect(responseOf(memory, 'percent_off').standardDeviation).toBeLessThan(0.35);
  expect(responseOf(memory, 'coupon')).toEqual({ mean: 1, standardDeviation: 0.35 });
});

test("a manager's no holds for the same products, not for others", () => {
  const rejected = [aCampaign(on('a'), { status: 'rejected', rejectionReason: 'WRONG_PRODUCTS: not these' })];
  const of = (scope: Scope) => rejectionOf(rejected, aScored(scope, 100), effect, () => []);
  expect(of(on('a'))?.en).toMatch(/^A manager rejected the like of it lately/);
  expect(of(on('b'))).toBeNull();
  expect(
    rejectionOf([aCampaign(on('a'), { status: 'rejected', rejectionReason: 'TOO_COSTLY' })], aScored(on('a'), 1), effect, () => []),
  ).not.toBeNull();
  const cheap = { ...effect, discountCostMinor: { mean: 300, low: 200, high: 700 } };
  expect(
    rejectionOf([aCampaign(on('a'), { status: 'rejected', rejectionReason: 'TOO_COSTLY' })], aScored(on('a'), 1), cheap, () => []),
  ).toBeNull();
});
