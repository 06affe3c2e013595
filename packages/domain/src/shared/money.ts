import { z } from 'zod';
import { currencyExponent } from './currencies.ts';
import { multiplyDivide } from './integer-arithmetic.ts';

export const BASIS_POINTS = 10_000;

/** Half of the safe range at most, so that sums of amounts stay exact. */
export const MAX_AMOUNT_MINOR = 1_000_000_000_000;

/** Integer ≥ 0 in the currency's minor unit. */
export const AmountMinor = z.int().min(0).max(MAX_AMOUNT_MINOR);
/** Share of a whole: 10,000 = 100%. */
export const BasisPoints = z.int().min(0).max(BASIS_POINTS);

export const ROUNDINGS = ['half-even', 'half-up', 'half-down'] as const;
export const Rounding = z.enum(ROUNDINGS);
export type Rounding = z.infer<typeof Rounding>;

/** `basisPoints` of an amount, exact integer arithmetic. Halves: half-up away from zero, half-down towards zero. */
export function percentOf(amountMinor: number, basisPoints: number, rounding: Rounding = 'half-even'): number {
  if (!Number.isSafeInteger(basisPoints) || basisPoints < 0)
    throw new RangeError(`basis points must be a whole number of at least 0, got ${basisPoints}`);
  return proportionOf(amountMinor, basisPoints, BASIS_POINTS, rounding);
}

/** amount × part ÷ whole, exact and then rounded once. Whole numbers, part ≥ 0 and whole > 0. */
export function proportionOf(amountMinor: number, part: number, whole: number, rounding: Rounding): number {
  if (!Number.isSafeInteger(amountMinor)) throw new RangeError(`amount must be a whole number of minor units, got ${amountMinor}`);
  const { quotient, remainder } = multiplyDivide(Math.abs(amountMinor), part, whole);
  const rounded = quotient + roundsUp(quotient, remainder, whole, rounding);
  return amountMinor < 0 && rounded !== 0 ? -rounded : rounded;
}

function roundsUp(quotient: number, remainder: number, whole: number, rounding: Rounding): 0 | 1 {
  const twice = remainder * 2;
  if (twice !== whole) return twice > whole ? 1 : 0;
  if (rounding === 'half-even') return quotient % 2 === 0 ? 0 : 1;
  return rounding === 'half-up' ? 1 : 0;
}

/** Amount for a reader: `formatMoney(1250, 'EUR', 'de')` → `12,50 €`. Exact for every safe integer. */
export function formatMoney(amountMinor: number, currency: string, locale: string): string {
  const exponent = currencyExponent(currency);
  return formatterFor(currency, locale, exponent).format(toDecimalString(amountMinor, exponent));
}

/** The step that an interval of this half-width supports: two significant digits of it (7,450 → 100), at least 1. */
export const supportedStep = (halfWidth: number): number =>
  halfWidth > 0 ? Math.max(1, 10 ** (Math.floor(Math.log10(halfWidth)) - 1)) : 1;

/** A gain or loss with its sign, rounded to `stepMinor`; without a fraction where the step is a whole unit: `+€2,700`, `−€230`. */
export function formatGain(amountMinor: number, currency: string, locale: string, stepMinor: number): string {
  const exponent = currencyExponent(currency);
  const rounded = Math.round(amountMinor / stepMinor) * stepMinor;
  const shown = stepMinor >= 10 ** exponent ? 0 : exponent;
  const text = formatterFor(currency, locale, shown).format(toDecimalString(Math.abs(rounded), exponent));
  return `${rounded > 0 ? '+' : rounded < 0 ? '−' : ''}${text}`;
}

/** `toDecimalString(-1250, 2)` → `-12.50`. */
export function toDecimalString(amountMinor: number, exponent: number): Intl.StringNumericLiteral {
  const digits = String(Math.abs(amountMinor)).padStart(exponent + 1, '0');
  const split = digits.length - exponent;
  const text = exponent === 0 ? digits : `${digits.slice(0, split)}.${digits.slice(split)}`;
  return `${amountMinor < 0 ? '-' : ''}${text}` as Intl.StringNumericLiteral;
}

const formatters = new Map<string, Intl.NumberFormat>();

function formatterFor(currency: string, locale: string, fractionDigits: number): Intl.NumberFormat {
  const key = `${locale} ${currency} ${fractionDigits}`;
  const known = formatters.get(key);
  if (known) return known;
  const made = new Intl.NumberFormat(locale, {
    style: 'currency',
    currency,
    minimumFractionDigits: fractionDigits,
    maximumFractionDigits: fractionDigits,
  });
  formatters.set(key, made);
  return made;
}
