/**
 * "12.345" → 1235 minor units with 2 digits: exact decimal arithmetic, half rounds away from zero.
 * Currency signs and spaces around the number are dropped; `null` when the rest is no number or too large to be exact.
 */
export function toMinor(text: string, digits: number, decimal: '.' | ',' = '.'): number | null {
  const match = (decimal === '.' ? POINT_NUMBER : COMMA_NUMBER).exec(text);
  if (!match) return null;
  const units = (match[2] ?? '').replace(decimal === '.' ? /,/g : /\./g, '');
  const fraction = match[3] ?? '';
  if (units === '' && fraction === '') return null;
  const kept = Number(units + fraction.slice(0, digits).padEnd(digits, '0'));
  const minor = kept + (fraction.charCodeAt(digits) >= DIGIT_FIVE ? 1 : 0);
  if (!Number.isSafeInteger(minor)) return null;
  return match[1] === '-' && minor !== 0 ? -minor : minor;
}

const DIGIT_FIVE = 53;
const POINT_NUMBER = /^[\s\p{Sc}]*(-)?[\s\p{Sc}]*(\d+|\d{1,3}(?:,\d{3})+|)(?:\.(\d*))?[\s\p{Sc}]*$/u;
const COMMA_NUMBER = /^[\s\p{Sc}]*(-)?[\s\p{Sc}]*(\d+|\d{1,3}(?:\.\d{3})+|)(?:,(\d*))?[\s\p{Sc}]*$/u;

/** A whole number, or `null`. "3.0" is 3, "3.5" is none. */
export function toWhole(text: string): number | null {
  if (text.trim() === '') return null;
  const value = Number(text);
  return Number.isSafeInteger(value) ? value : null;
}
