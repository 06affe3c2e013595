import type { LocalisedText, Money } from '@promolift/sdk';
import type { Locale } from './reader.ts';

const LANGUAGE: Record<Locale, string> = { en: 'en-GB', zh: 'zh-CN' };

/** Minor units by the currency's own number of decimals. */
export function formatMoney({ amountMinor, currency }: Money, locale: Locale): string {
  const format = new Intl.NumberFormat(LANGUAGE[locale], { style: 'currency', currency, currencyDisplay: 'narrowSymbol' });
  return format.format(majorOf({ amountMinor, currency }));
}

/** As GA4 wants it: major units. */
export function majorOf({ amountMinor, currency }: Money): number {
  const decimals = new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;
  return amountMinor / 10 ** decimals;
}

export const formatDay = (at: string, locale: Locale): string =>
  new Intl.DateTimeFormat(LANGUAGE[locale], { dateStyle: 'medium', timeZone: 'UTC' }).format(new Date(at));

export const textIn = (text: LocalisedText, locale: Locale): string => text[locale];

/** 2,000 basis points → `20%`; never more than is true. */
export const formatPercent = (basisPoints: number, locale: Locale): string =>
  new Intl.NumberFormat(LANGUAGE[locale], { style: 'percent', maximumFractionDigits: 1, roundingMode: 'floor' }).format(
    basisPoints / 10_000,
  );

/** Puts values into `{name}` of a sentence. */
export const fill = (sentence: string, values: Readonly<Record<string, string>>): string =>
  sentence.replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);
