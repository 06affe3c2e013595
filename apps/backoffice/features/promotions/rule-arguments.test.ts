import { PROMOTION_KINDS, PromotionRule, type PromotionRuleKind } from '@promolift/domain';
import { expect, test } from 'vitest';
import type { Argument } from './rule-arguments.ts';
import { Arguments, toRule, toText, toValue } from './rule-arguments.ts';

const pounds = { currency: 'GBP', minor: 100, timeZone: 'Asia/Kolkata' };
const yen = { currency: 'JPY', minor: 1, timeZone: 'Asia/Tokyo' };
const argument = (name: string, unit: Argument['unit']): Argument => ({ name, unit, isRequired: true, label: { en: name, zh: name } });

test('percent and money are typed in the units people use', () => {
  expect(toValue('basisPoints', '12.5', pounds)).toBe(1_250);
  expect(toValue('amountPerCurrency', '19.99', pounds)).toEqual({ GBP: 1_999 });
  expect(toValue('amountPerCurrency', '500', yen)).toEqual({ JPY: 500 });
});

test("dates are typed on the shop's clock", () => {
  expect(toValue('date', '2026-03-02T09:00', pounds)).toBe('2026-03-02T03:30:00.000Z');
  expect(toText('date', '2026-03-02T03:30:00.000Z', pounds)).toBe('2026-03-02T09:00');
});

test('tiers are one line each, an amount or a percentage', () => {
  expect(toValue('tiers', '100 = 20\n200=15%', pounds)).toEqual([
    { spendMinor: 10_000, reward: { unit: 'amount', amountMinor: 2_000 } },
    { spendMinor: 20_000, reward: { unit: 'percent', basisPoints: 1_500 } },
  ]);
});

test('a scope is everything, categories or products', () => {
  expect(toValue('scope', '', pounds)).toEqual({ kind: 'all' });
  expect(toValue('scope', 'snacks, toys', pounds)).toEqual({ kind: 'categories', categoryKeys: ['snacks', 'toys'] });
  expect(toValue('scope', 'sku:A1，A2', pounds)).toEqual({ kind: 'skus', skus: ['A1', 'A2'] });
});

test('an optional argument left empty is not in the rule', () => {
  const rule = toRule(
    'coupon',
    [argument('code', 'text'), argument('minimumSpend', 'amountPerCurrency')],
    { code: 'HELLO', minimumSpend: '' },
    pounds,
  );
  expect(rule).toEqual({ kind: 'coupon', code: 'HELLO' });
});

test.each([
  ['basisPoints', '15'],
  ['amountPerCurrency', '19.99'],
  ['tiers', '100 = 20\n200 = 15%'],
  ['bundle', 'A1 x 1\nB2 x 3'],
  ['scope', 'snacks, toys'],
  ['scope', 'sku:A1, A2'],
  ['count', '120'],
  ['volumeTiers', '3 = 9.99\n10 = 8.5'],
  ['skus', 'MUG, PEN'],
  ['choice', 'same'],
] as const)('%s survives editing unchanged: %s', (unit, text) => {
  expect(toText(unit, toValue(unit, text, pounds), pounds)).toBe(text);
});

const ALL = { kind: 'all' } as const;
const KEPT: Record<PromotionRuleKind, PromotionRule> = {
  loyalty_points: { kind: 'loyalty_points', points: 2, perAmounts: { GBP: 100, EUR: 120 }, scope: ALL },
  referral_reward: {
    kind: 'referral_reward',
    referrerPoints: 500,
    friendPoints: 300,
    maxPerReferrer: 10,
    minimumSpend: { GBP: 2_000, EUR: 2_500 },
    scope: ALL,
  },
  percent_off: { kind: 'percent_off', basisPoints: 1_250, scope: ALL },
  amount_off: { kind: 'amount_off', amounts: { GBP: 500, EUR: 600 }, minimumSpend: { GBP: 2_000, EUR: 2_500 }, scope: ALL },
  spend_x_get_y_off: {
    kind: 'spend_x_get_y_off',
    currency: 'GBP',
    tiers: [{ spendMinor: 2_000, reward: { unit: 'percent', basisPoints: 500 } }],
    otherTiers: { EUR: [{ spendMinor: 3_000, reward: { unit: 'amount', amountMinor: 300 } }] },
    scope: ALL,
  },
  coupon: { kind: 'coupon', code: 'HELLO', basisPoints: 1_000, maximumAmounts: { GBP: 900, USD: 999 }, minimumSpend: null, scope: ALL },
  free_gift: { kind: 'free_gift', giftSku: 'MUG', otherGiftSkus: ['PEN', 'BAG'], giftQuantity: 2, minimumSpend: { GBP: 100 }, scope: ALL },
  bundle_price: { kind: 'bundle_price', pieces: [{ sku: 'A', quantity: 2 }], prices: { GBP: 100, EUR: 120 } },
  flash_sale: { kind: 'flash_sale', basisPoints: 2_000, stockCapUnits: 50, scope: { kind: 'skus', skus: ['A', 'B'] } },
  pre_sale: { kind: 'pre_sale', sku: 'A', prices: { GBP: 800 }, launchesAt: '2026-03-02T00:00:00.000Z', depositBasisPoints: 2_000 },
  buy_x_get_y: { kind: 'buy_x_get_y', buyQuantity: 1, getQuantity: 1, basisPoints: 10_000, mode: 'dearest', scope: ALL },
  free_shipping: { kind: 'free_shipping', minimumSpend: { GBP: 100 }, scope: { kind: 'categories', categoryKeys: ['tea'] } },
  fixed_price: { kind: 'fixed_price', prices: { GBP: 999, EUR: 1_099 }, scope: ALL },
  volume_price: {
    kind: 'volume_price',
    volumeTiers: [
      { quantity: 3, prices: { GBP: 900, EUR: 1_000 } },
      { quantity: 9, prices: { GBP: 800, EUR: 900 } },
    ],
    countedBy: 'scope',
    scope: ALL,
  },
  reduced_shipping: { kind: 'reduced_shipping', basisPoints: 5_000, maximumAmounts: { GBP: 300 }, scope: ALL },
};

test.each(PROMOTION_KINDS)(
  '$kind: opened and saved without a change, the rule is the same, other currencies too',
  ({ kind, arguments: described }) => {
    const parameters = Arguments.parse(described);
    const kept: Record<string, unknown> = KEPT[kind];
    const texts = Object.fromEntries(parameters.map(({ name, unit }) => [name, toText(unit, kept[name], pounds)]));
    expect(PromotionRule.parse(toRule(kind, parameters, texts, pounds, kept))).toEqual(kept);
  },
);
