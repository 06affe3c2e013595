import { expect, test } from 'vitest';
import { verdictOf, verdictSentence } from './verdict.ts';

const finding = (mean: number, lower95: number, upper95: number, currency = 'EUR') => ({
  margin: { mean, lower95, upper95 },
  isSampleRatioOk: true,
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
