import { sha256Bytes } from './sha256.ts';

/**
 * UUIDv7 (RFC 9562 §5.7) from a time in milliseconds and 10 bytes of chance: sorts by time.
 * Throws RangeError unless `randomBytes` has 10 bytes and the time fits 48 bits.
 */
export function uuidv7(nowMs: number, randomBytes: Uint8Array): string {
  if (randomBytes.length !== 10) throw new RangeError(`uuidv7 needs 10 random bytes, got ${randomBytes.length}`);
  if (!Number.isInteger(nowMs) || nowMs < 0 || nowMs >= 2 ** 48) throw new RangeError(`time does not fit 48 bits: ${nowMs}`);
  const time = nowMs.toString(16).padStart(12, '0');
  const bytes = Uint8Array.from(randomBytes);
  bytes[0] = 0x70 | ((bytes[0] ?? 0) & 0x0f);
  bytes[2] = 0x80 | ((bytes[2] ?? 0) & 0x3f);
  const chance = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return `${time.slice(0, 8)}-${time.slice(8)}-${chance.slice(0, 4)}-${chance.slice(4, 8)}-${chance.slice(8)}`;
}

/**
 * An id that follows from a seed, a name and a time, for what must get the same id whenever it is made again. With a secret seed
 * nobody can guess it; within one seed and millisecond the name must be unique.
 */
export const seededId = (seed: string, name: string, atMs: number): string =>
  uuidv7(atMs, sha256Bytes(JSON.stringify([seed, name])).subarray(0, 10));

/** A fresh id. The one impure function of this package: every writer needs it, and nothing decides by its value. */
export function newId(): string {
  return uuidv7(Date.now(), crypto.getRandomValues(new Uint8Array(10)));
}
