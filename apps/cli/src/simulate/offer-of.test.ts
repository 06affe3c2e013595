import type { PromotionRule } from '@promolift/domain';
import { expect, test } from 'vitest';
import { offerOf } from './offer-of.ts';

const scope = { kind: 'skus', skus: ['A', 'B'] } as const;
const of = (rule: PromotionRule, code: string | null = null) =>
  offerOf('p1', rule, 'EUR', code, (sku) => (sku === 'A' ? 1_000 : undefined));

test.each<[string, PromotionRule, object | undefined]>([
  [
    'percent off',
    { kind: 'percent_off', basisPoints: 1_500, scope: { kind: 'all' } },
    { id: 'p1', kind: 'percent_off', depthBasisPoints: 1_500, requiresCode: false },
  ],
  [
    'amount off above a spend',
    { kind: 'amount_off', amounts: { EUR: 500 }, minimumSpend: { EUR: 2_000 }, scope: { kind: 'skus', skus: ['A', 'B'] } },
    { amountMinor: 500, thresholdMinor: 2_000, skus: ['A', 'B'] },
  ],
  [
    'amount off in another currency',
    { kind: 'amount_off', amounts: { USD: 500 }, minimumSpend: null, scope: { kind: 'all' } },
    { amountMinor: 0 },
  ],
  [
    'bundle',
    {
      kind: 'bundle_price',
      pieces: [
        { sku: 'A', quantity: 1 },
        { sku: 'B', quantity: 1 },
      ],
      prices: { EUR: 1_800 },
    },
    { skus: ['A', 'B'], amountMinor: 1_800 },
  ],
  [
    'pre-sale',
    { kind: 'pre_sale', sku: 'A', prices: { EUR: 800 }, launchesAt: '2026-05-01T00:00:00Z', depositBasisPoints: 2_000 },
    { skus: ['A'], depthBasisPoints: 2_000 },
  ],
  [
    'buy two get one free',
    { kind: 'buy_x_get_y', buyQuantity: 2, getQuantity: 1, basisPoints: 10_000, scope: { kind: 'all' } },
    { kind: 'percent_off', depthBasisPoints: 3_333 },
  ],
  ['free shipping moves nobody', { kind: 'free_shipping', minimumSpend: { EUR: 1 }, scope: { kind: 'all' } }, undefined],
])('%s', (_name, rule, expected) => {
  if (expected === undefined) expect(of(rule)).toBeUndefined();
  else expect(of(rule)).toMatchObject(expected);
});

test("a code is what the shopper must enter, so it is the offer's name", () => {
  expect(of({ kind: 'percent_off', basisPoints: 1_000, scope: { kind: 'skus', skus: [...scope.skus] } }, 'SPRING')).toMatchObject({
    id: 'SPRING',
    requiresCode: true,
  });
});
