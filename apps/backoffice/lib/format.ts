import type { Locale } from './cookies.ts';

export interface Sum {
  readonly amountMinor: number;
  readonly currency: string;
}
export interface SumEstimate {
  readonly mean: Sum;
  readonly lower80: Sum;
  readonly upper80: Sum;
}
export interface Words {
  readonly en: string;
  readonly zh: string;
}
interface MoneyStyle {
  readonly isSigned?: boolean;
  readonly isCompact?: boolean;
  /** Round to this many minor units. */
  readonly stepMinor?: number;
}

const TAGS = { en: 'en-GB', zh: 'zh-CN' } as const;
const MINUS = '−';

/** Digits after the point of a currency: 2 for EUR, 0 for JPY. */
export function currencyDigits(currency: string): number {
  return new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;
}

/** The step that an interval of this half-width supports: two significant digits of it (7,450 → 100), at least 1. */
export function supportedStep(halfWidth: number): number {
  return halfWidth > 0 ? Math.max(1, 10 ** (Math.floor(Math.log10(halfWidth)) - 1)) : 1;
}
const roundTo = (value: number, step: number): number => Math.round(value / step) * step;

/** Numbers, money and dates as a reader of `locale` expects them. Chinese gets 万/亿 from 10,000, English K/M from 100,000 when compact. */
export function formatter(locale: Locale, timeZone: string) {
  const tag = TAGS[locale];
  const compactFrom = locale === 'zh' ? 10_000 : 100_000;

  function money(sum: Sum, { isSigned = false, isCompact = false, stepMinor = 1 }: MoneyStyle = {}): string {
    const digits = currencyDigits(sum.currency);
    const value = roundTo(sum.amountMinor, stepMinor) / 10 ** digits;
    const compact = isCompact && Math.abs(value) >= compactFrom;
    // Thousands without a fraction read better without the two zeros.
    const isWhole = Number.isInteger(value) && Math.abs(value) >= 1_000;
    const shown = compact || isWhole || stepMinor >= 10 ** digits ? 0 : digits;
    const text = new Intl.NumberFormat(tag, {
      style: 'currency',
      currency: sum.currency,
      currencyDisplay: 'narrowSymbol',
      ...(compact ? { notation: 'compact', maximumSignificantDigits: 3 } : { minimumFractionDigits: shown, maximumFractionDigits: shown }),
    }).format(Math.abs(value));
    if (value < 0) return `${MINUS}${text}`;
    return isSigned && value > 0 ? `+${text}` : text;
  }
  function number(value: number, digits = 0, isSigned = false): string {
    const text = new Intl.NumberFormat(tag, { maximumFractionDigits: digits }).format(Math.abs(value));
    if (value < 0 && /[1-9]/.test(text)) return `${MINUS}${text}`;
    return isSigned && value > 0 ? `+${text}` : text;
  }
  const stepOf = (estimate: SumEstimate) => supportedStep((estimate.upper80.amountMinor - estimate.lower80.amountMinor) / 2);

  return {
    locale,
    timeZone,
    money,
    number,
    /** `+£4,200`, rounded to what its interval supports. */
    gain: (estimate: SumEstimate, isSigned = true) => money(estimate.mean, { isSigned, stepMinor: stepOf(estimate) }),
    /** `£1,100 … £7,000`, the 80% interval. */
    interval: (estimate: SumEstimate) =>
      `${money(estimate.lower80, { stepMinor: stepOf(estimate) })} … ${money(estimate.upper80, { stepMinor: stepOf(estimate) })}`,
    /** Share 0..1 as a percentage. */
    percent: (share: number, digits = 0) => new Intl.NumberFormat(tag, { style: 'percent', maximumFractionDigits: digits }).format(share),
    basisPoints: (value: number) => new Intl.NumberFormat(tag, { style: 'percent', maximumFractionDigits: 2 }).format(value / 10_000),
    date: (at: string) => new Intl.DateTimeFormat(tag, { dateStyle: 'medium', timeZone }).format(new Date(at)),
    dateTime: (at: string) => new Intl.DateTimeFormat(tag, { dateStyle: 'medium', timeStyle: 'short', timeZone }).format(new Date(at)),
    /** A shop day `2026-11-23` or an instant, short: 23 Nov. */
    day: (day: string) =>
      new Intl.DateTimeFormat(tag, { day: 'numeric', month: 'short', timeZone: day.length === 10 ? 'UTC' : timeZone }).format(
        new Date(day),
      ),
    text: (words: Words) => words[locale],
    list: (items: readonly string[]) => new Intl.ListFormat(tag, { type: 'conjunction' }).format(items),
  };
}
export type Formatter = ReturnType<typeof formatter>;
