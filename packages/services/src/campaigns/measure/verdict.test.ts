import { expect, test } from 'vitest';
import { isHoldoutKept } from './holdout-leaks.ts';
import { verdictOf, verdictSentence } from './verdict.ts';

const finding = (mean: number, lower95: number, upper95: number, currency = 'EUR') => ({
  margin: { mean, lower95, upper95 },
  isSampleRatioOk: true,
  isHoldoutKept: true,
  leakedCount: 0,
  isOver: true,
  elapsedDays: 14,
  currency,
  offeredCount: 4_210,
  heldOutCount: 468,
});

test.each([
  ['EUR', 273_117, -23_306, 569_540, '+€2,700 (95%: −€200 … +€5,700)', '+€2,700 (95%: −€200 … +€5,700)'],
  ['EUR', -51_234, -60_911, -41_557, '−€512 (95%: −€609 … −€416)', '−€512 (95%: −€609 … −€416)'],
  ['EUR', 1_234, 1_200, 1_268, '+€12.34 (95%: +€12.00 … +€12.68)', '+€12.34 (95%: +€12.00 … +€12.68)'],
  ['JPY', 12_345, 2_345, 22_345, '+¥12,000 (95%: +¥2,000 … +¥22,000)', '+JP¥12,000 (95%: +JP¥2,000 … +JP¥22,000)'],
])('%s %d: a figure has no more digits than its interval supports', (currency, mean, lower, upper, en, zh) => {
  const found = finding(mean, lower, upper, currency);
  const sentence = verdictSentence(verdictOf(found), found);
  expect(sentence.en).toContain(en);
  expect(sentence.zh).toContain(zh);
});

test('a holdout that leaked has no verdict, and the sentence says how many it was; a broken split says that first', () => {
  const leaking = { ...finding(273_117, 23_306, 569_540), isHoldoutKept: false, leakedCount: 12 };
  expect(verdictOf(leaking)).toBe('holdout_leaked');
  expect(verdictSentence('holdout_leaked', leaking)).toEqual({
    en: 'No verdict: the campaign reached 12 of the 468 shoppers held out of it, so the groups do not differ by it alone.',
    zh: '无结论：对照组 468 人中有 12 人仍接触到该活动，两组的差异不只来自活动。',
  });
  expect(verdictOf({ ...leaking, isSampleRatioOk: false })).toBe('sample_ratio_failed');
});

test.each([
  [0, 10, true],
  [1, 10, false],
  [1, 999, false],
  [1, 1_000, true],
  [2, 1_000, false],
])('%d leaks among %d held out: the holdout is kept: %s', (leakedCount, heldOutCount, isKept) => {
  expect(isHoldoutKept({ leakedCount, redeemedCount: leakedCount, exposedCount: 0 }, heldOutCount)).toBe(isKept);
});
