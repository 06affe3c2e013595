import { expect, test } from 'vitest';
import { formatter, supportedStep } from './format.ts';

const en = formatter('en', 'Europe/London');
const zh = formatter('zh', 'Asia/Shanghai');
const sum = (amountMinor: number, currency = 'GBP') => ({ amountMinor, currency });

test('a number keeps only the digits its interval supports', () => {
  expect(supportedStep(745_000)).toBe(10_000);
  expect(supportedStep(0)).toBe(1);
  const estimate = { mean: sum(1_238_771), lower80: sum(493_700), upper80: sum(1_984_100) };
  expect(en.gain(estimate)).toBe('+£12,400');
  expect(en.interval(estimate)).toBe('£4,900 … £19,800');
});

test('a gain and a loss carry a sign, zero none', () => {
  expect(en.money(sum(1_250), { isSigned: true })).toBe('+£12.50');
  expect(en.money(sum(-1_250), { isSigned: true })).toBe('−£12.50');
  expect(en.money(sum(0), { isSigned: true })).toBe('£0.00');
});

test('Chinese counts in 万 and 亿 from 10,000', () => {
  expect(zh.money(sum(1_240_000, 'CNY'), { isCompact: true })).toBe('¥1.24万');
  expect(zh.money(sum(23_400_000_000, 'CNY'), { isCompact: true })).toBe('¥2.34亿');
  expect(zh.money(sum(990_000, 'CNY'), { isCompact: true, stepMinor: 100 })).toBe('¥9,900');
});

test('a currency without minor units shows none', () => {
  expect(en.money(sum(500, 'JPY'))).toBe('¥500');
});

test('a day of the shop is the same day wherever the reader is', () => {
  expect(zh.day('2026-11-23')).toBe('11月23日');
  expect(en.day('2026-11-23')).toBe('23 Nov');
});
