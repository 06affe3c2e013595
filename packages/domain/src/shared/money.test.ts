import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CURRENCY_EXPONENTS, currencyExponent, isCurrencyCode } from './currencies.ts';
import { formatMoney, percentOf, toDecimalString } from './money.ts';

describe('percentOf', () => {
  test.each([
    // amount, basis points, half-even, half-up, half-down
    [10, 3_333, 3, 3, 3], // 3.333
    [5, 5_000, 2, 3, 2], // 2.5
    [15, 5_000, 8, 8, 7], // 7.5
    [1, 5_000, 0, 1, 0], // 0.5
    [3, 5_000, 2, 2, 1], // 1.5
    [-5, 5_000, -2, -3, -2],
    [-15, 5_000, -8, -8, -7],
    [999, 10_000, 999, 999, 999],
    [999, 0, 0, 0, 0],
    [1_050, 1_250, 131, 131, 131], // 131.25
    [200, 1_225, 24, 25, 24], // 24.5
    [600, 1_225, 74, 74, 73], // 73.5
  ])('%i at %i basis points', (amount, basisPoints, even, up, down) => {
    expect(percentOf(amount, basisPoints)).toBe(even);
    expect(percentOf(amount, basisPoints, 'half-up')).toBe(up);
    expect(percentOf(amount, basisPoints, 'half-down')).toBe(down);
  });

  test('is exact where floating point is not', () => {
    // 9,007,199,254,740,991 × 3,333 ÷ 10,000 = 3,002,099,511,605,172.3003
    expect(percentOf(Number.MAX_SAFE_INTEGER, 3_333)).toBe(3_002_099_511_605_172);
  });

  test('agrees with BigInt arithmetic on any amount', () => {
    fc.assert(
      fc.property(fc.maxSafeNat(), fc.integer({ min: 0, max: 10_000 }), (amount, basisPoints) => {
        const exact = BigInt(amount) * BigInt(basisPoints);
        const halfUp = (exact * 2n + 10_000n) / 20_000n;
        expect(BigInt(percentOf(amount, basisPoints, 'half-up'))).toBe(halfUp);
      }),
    );
  });

  test.each([
    [1.5, 100],
    [Number.NaN, 100],
    [100, 0.5],
    [100, -1],
  ])('refuses %d at %d', (amount, basisPoints) => {
    expect(() => percentOf(amount, basisPoints)).toThrow(RangeError);
  });
});

describe('currencies', () => {
  test.each([
    ['JPY', 0],
    ['EUR', 2],
    ['USD', 2],
    ['CNY', 2],
    ['KWD', 3],
    ['TND', 3],
    ['CLF', 4],
    ['ISK', 0],
    ['HUF', 2],
  ])('%s has %i digits', (code, digits) => {
    expect(currencyExponent(code)).toBe(digits);
  });

  test('agrees with the runtime for every code that it knows, except where CLDR shows fewer digits than ISO keeps', () => {
    const shownShorter = new Set([
      'AFN',
      'ALL',
      'IRR',
      'KPW',
      'LAK',
      'LBP',
      'MMK',
      'RSD',
      'SOS',
      'SYP',
      'UYI',
      'YER',
      'MGA',
      'COP',
      'CRC',
      'CZK',
      'DKK',
      'GYD',
      'HUF',
      'IDR',
      'IQD',
      'MNT',
      'MUR',
      'NOK',
      'PKR',
      'SEK',
      'TWD',
      'TZS',
      'UZS',
      'AMD',
      'VUV',
      'SLE',
      'CLF',
      'UYW',
    ]);
    for (const [code, digits] of CURRENCY_EXPONENTS) {
      if (shownShorter.has(code)) continue;
      expect([code, new Intl.NumberFormat('en', { style: 'currency', currency: code }).resolvedOptions().maximumFractionDigits]).toEqual([
        code,
        digits,
      ]);
    }
  });

  test('knows no invented code', () => {
    expect(['XYZ', 'eur', '', 'EURO'].filter(isCurrencyCode)).toEqual([]);
    expect(() => currencyExponent('XYZ')).toThrow(RangeError);
  });
});

test.each([
  [1_250, 'EUR', 'de', '12,50\u00a0€'],
  [1_250, 'JPY', 'en', '¥1,250'],
  [-5, 'USD', 'en', '-$0.05'],
  [1_234, 'KWD', 'en', 'KWD\u00a01.234'],
  [123_456, 'CNY', 'zh', '¥1,234.56'],
  [900_719_925_474_099_1, 'USD', 'en', '$90,071,992,547,409.91'],
])('%i %s in %s', (amount, currency, locale, text) => {
  expect(formatMoney(amount, currency, locale)).toBe(text);
});

test('decimal strings keep every digit', () => {
  expect([toDecimalString(0, 2), toDecimalString(7, 2), toDecimalString(-1_250, 2), toDecimalString(7, 0), toDecimalString(7, 3)]).toEqual([
    '0.00',
    '0.07',
    '-12.50',
    '7',
    '0.007',
  ]);
});
