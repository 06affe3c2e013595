import { canonicalJson } from './canonical-json.ts';
import { BASIS_POINTS } from './money.ts';
import { sha256Bytes, sha256Hex } from './sha256.ts';

/** SHA-256 of a value's canonical JSON, lower-case hex. */
export const canonicalHash = (value: unknown): string => sha256Hex(canonicalJson(value));

/** A stable place in [0, 1) for this salt and id: the first 52 bits of SHA-256(`salt:id`). */
export function holdoutBucket(salt: string, id: string): number {
  const view = new DataView(sha256Bytes(`${salt}:${id}`).buffer);
  return (view.getUint32(0) * 2 ** 20 + (view.getUint32(4) >>> 12)) / 2 ** 52;
}

/** Is this user in the holdout? Raising the share only adds users, so nobody leaves it on the way. */
export function isHeldOut(salt: string, userKey: string, holdoutBasisPoints: number): boolean {
  return holdoutBucket(salt, userKey) * BASIS_POINTS < holdoutBasisPoints;
}
