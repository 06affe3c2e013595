import { expect, test } from 'vitest';
import type { Argument } from './rule-arguments.ts';
import { toRule, toText, toValue } from './rule-arguments.ts';

const pounds = { currency: 'GBP', minor: 100 };
const yen = { currency: 'JPY', minor: 1 };
const argument = (name: string, unit: Argument['unit']): Argument => ({ name, unit, isRequired: true, label: { en: name, zh: name } });

test('percent and money are typed in the units people use', () => {
  expect(toValue('basisPoints', '12.5', pounds)).toBe(1_250);
  expect(toValue('amountPerCurrency', '19.99', pounds)).toEqual({ GBP: 1_999 });
  expect(toValue('amountPerCurrency', '500', yen)).toEqual({ JPY: 500 });
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
] as const)('%s survives editing unchanged: %s', (unit, text) => {
  expect(toText(unit, toValue(unit, text, pounds), pounds)).toBe(text);
});
