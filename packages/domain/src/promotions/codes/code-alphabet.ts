/** Crockford's base 32: no I, L, O (read as 1, 1, 0) and no U. */
export const CODE_ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
/** Symbols of 5 bits that carry the payload; one check symbol follows. */
export const PAYLOAD_SYMBOLS = 12;
export const BODY_SYMBOLS = PAYLOAD_SYMBOLS + 1;

const LOOK_ALIKES: Readonly<Record<string, string>> = { O: '0', I: '1', L: '1' };
const VALUES = new Map([...CODE_ALPHABET].map((symbol, value) => [symbol, value]));

/** What people type for one code, as one text: NFKC (full-width forms), upper case, without blanks, dashes, dots and invisible marks. */
export const compactCode = (typed: string): string =>
  typed
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s\p{Pd}\p{Cf}_.\u2212]+/gu, '');

/** O is read as 0, I and L as 1. */
export const foldLookAlikes = (compact: string): string => compact.replace(/[OIL]/g, (letter) => LOOK_ALIKES[letter] ?? letter);

/** Values 0..31 of folded symbols; null if one is not of the alphabet. */
export function symbolValues(folded: string): number[] | null {
  const values: number[] = [];
  for (const symbol of folded) {
    const value = VALUES.get(symbol);
    if (value === undefined) return null;
    values.push(value);
  }
  return values;
}

/** α·x in GF(2⁵) with the primitive polynomial x⁵ + x² + 1, α = x. */
const timesAlpha = (value: number): number => (value & 16 ? ((value << 1) ^ 0b100101) & 31 : value << 1);

/** `WEIGHTED[i * 32 + value]` = αⁱ⁺¹ · value. */
const WEIGHTED = new Uint8Array(PAYLOAD_SYMBOLS * 32);
for (let value = 0; value < 32; value += 1) {
  let product = value;
  for (let place = 0; place < PAYLOAD_SYMBOLS; place += 1) {
    product = timesAlpha(product);
    WEIGHTED[place * 32 + value] = product;
  }
}

/**
 * The symbol that makes Σ αⁱ·cᵢ = 0 over GF(2⁵), the check symbol at i = 0. All weights differ and none is 0, so every wrong
 * single symbol and every exchange of two symbols, neighbours or not, is caught; of all other errors 31 in 32.
 * Crockford's own check is modulo 37 and needs the signs * ~ $ = U, which nobody can read out. `payload`: [12] values 0..31.
 */
export function checkValue(payload: ArrayLike<number>): number {
  let sum = 0;
  for (let place = 0; place < PAYLOAD_SYMBOLS; place += 1) sum ^= WEIGHTED[place * 32 + (payload[place] ?? 0)] ?? 0;
  return sum;
}
