import { BODY_SYMBOLS, checkValue, CODE_ALPHABET, compactCode, foldLookAlikes, PAYLOAD_SYMBOLS, symbolValues } from './code-alphabet.ts';
import { type EncryptBlocks, type Halves, permute, unpermute } from './code-permutation.ts';

/** Which code it is. `counter`: the code's place in an open batch, the user's number in an assigned one. */
export interface CodeId {
  readonly batchNumber: number;
  readonly counter: number;
}

/** Batches are numbered 1 to this. */
export const MAX_BATCH_NUMBER = 2 ** 20 - 1;
/** Counters are below this. */
export const COUNTER_LIMIT = 2 ** 36;
const HALF_SYMBOLS = PAYLOAD_SYMBOLS / 2;
/** Batch number (20 bits), 4 bits of zero, the counter's upper 6 bits. The lower 30 are the right half. */
const BATCH_SHIFT = 10;
const UPPER_BITS = 6;
const LOWER_RANGE = 2 ** 30;
/** A hyphen goes before these symbols: XXXX-XXXX-XXXXX. */
const GROUP_STARTS: ReadonlySet<number> = new Set([4, 8]);
const HYPHEN = 45;
export const BODY_CHARACTERS = BODY_SYMBOLS + GROUP_STARTS.size;
const SYMBOL_BYTES = Uint8Array.from(CODE_ALPHABET, (symbol) => symbol.charCodeAt(0));

/**
 * Writes the codes of `counters` (up to a few thousand at a time) as ASCII, each `prefix-XXXX-XXXX-XXXXX` followed by `ending`.
 * `counters`: [n], each below 2³⁶.
 */
export function writeCodes(
  { batchNumber, prefix, ending = '' }: { batchNumber: number; prefix: string | null; ending?: string },
  counters: ArrayLike<number>,
  encrypt: EncryptBlocks,
): Uint8Array {
  const halves = halvesOf(batchNumber, counters);
  permute(halves, encrypt);
  const head = Uint8Array.from(prefix === null ? '' : `${prefix}-`, (character) => character.charCodeAt(0));
  const tail = Uint8Array.from(ending, (character) => character.charCodeAt(0));
  const bytes = new Uint8Array(counters.length * (head.length + BODY_CHARACTERS + tail.length));
  const payload = new Uint8Array(PAYLOAD_SYMBOLS);
  let at = 0;
  for (let n = 0; n < counters.length; n += 1) {
    bytes.set(head, at);
    at = writeBody(bytes, at + head.length, halves, n, payload);
    bytes.set(tail, at);
    at += tail.length;
  }
  return bytes;
}

/** One code in its written form. */
export const codeText = (id: CodeId, prefix: string | null, encrypt: EncryptBlocks): string =>
  String.fromCharCode(...writeCodes({ batchNumber: id.batchNumber, prefix }, [id.counter], encrypt));

export interface ReadCode extends CodeId {
  /** What stands before the last 13 symbols, folded; '' for none. Must equal the batch's own, folded. */
  readonly prefix: string;
}

/** What a typed text says, in any case and grouping, with look-alikes and full-width forms; null if it is none of this key's codes. */
export function readCode(typed: string, encrypt: EncryptBlocks): ReadCode | null {
  const folded = foldLookAlikes(compactCode(typed));
  const values = folded.length < BODY_SYMBOLS ? null : symbolValues(folded.slice(-BODY_SYMBOLS));
  if (!values || values[PAYLOAD_SYMBOLS] !== checkValue(values)) return null;
  const halfOf = (from: number) => values.slice(from, from + HALF_SYMBOLS).reduce((half, value) => half * 32 + value, 0);
  const halves = { left: Uint32Array.of(halfOf(0)), right: Uint32Array.of(halfOf(HALF_SYMBOLS)) };
  unpermute(halves, encrypt);
  const [left = 0, right = 0] = [halves.left[0], halves.right[0]];
  const batchNumber = left >>> BATCH_SHIFT;
  if (batchNumber === 0 || ((left >>> UPPER_BITS) & 0b1111) !== 0) return null;
  return { batchNumber, counter: (left & 0b111111) * LOWER_RANGE + right, prefix: folded.slice(0, -BODY_SYMBOLS) };
}

/** Are these the same prefix for somebody who reads them aloud? */
export const isPrefix = (read: string, prefix: string | null): boolean => read === foldLookAlikes(compactCode(prefix ?? ''));

function halvesOf(batchNumber: number, counters: ArrayLike<number>): Halves {
  if (!Number.isInteger(batchNumber) || batchNumber < 1 || batchNumber > MAX_BATCH_NUMBER)
    throw new RangeError(`there is no batch number ${batchNumber}`);
  const [left, right] = [new Uint32Array(counters.length), new Uint32Array(counters.length)];
  for (let n = 0; n < counters.length; n += 1) {
    const counter = counters[n] ?? -1;
    if (!Number.isInteger(counter) || counter < 0 || counter >= COUNTER_LIMIT)
      throw new RangeError(`a counter does not fit 36 bits: ${counter}`);
    left[n] = (batchNumber << BATCH_SHIFT) | Math.floor(counter / LOWER_RANGE);
    right[n] = counter % LOWER_RANGE;
  }
  return { left, right };
}

function writeBody(bytes: Uint8Array, start: number, { left, right }: Halves, n: number, payload: Uint8Array): number {
  for (let place = 0, shift = 5 * (HALF_SYMBOLS - 1); place < HALF_SYMBOLS; place += 1, shift -= 5) {
    payload[place] = ((left[n] ?? 0) >>> shift) & 31;
    payload[place + HALF_SYMBOLS] = ((right[n] ?? 0) >>> shift) & 31;
  }
  let at = start;
  for (let place = 0; place < BODY_SYMBOLS; place += 1) {
    if (GROUP_STARTS.has(place)) bytes[at++] = HYPHEN;
    bytes[at++] = SYMBOL_BYTES[place < PAYLOAD_SYMBOLS ? (payload[place] ?? 0) : checkValue(payload)] ?? 0;
  }
  return at;
}
