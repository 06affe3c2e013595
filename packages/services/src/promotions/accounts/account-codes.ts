import { createHmac, hkdfSync } from 'node:crypto';
import { CODE_ALPHABET, compactCode, foldLookAlikes, symbolValues } from '@promolift/domain';
import type { Secrets } from '../../shared/deps.ts';

/** 16 symbols of 5 bits: a guess hits one of ten million cards with probability 1e-17. */
const CODE_SYMBOLS = 16;
const GROUP = /.{4}(?=.)/g;

type Key = Pick<Secrets, 'pseudonymKey'>;
const keyed = ({ pseudonymKey }: Key, purpose: string, text: string): Buffer =>
  createHmac('sha256', Buffer.from(hkdfSync('sha256', pseudonymKey, '', `promolift account codes ${purpose} v1`, 32)))
    .update(text)
    .digest();

/** The code that pays with a gift card, or that a friend of an account's owner brings: computed from the account, stored nowhere. */
export function accountCode(secrets: Key, accountId: string): string {
  const bits = [...keyed(secrets, 'writing', accountId)].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  const symbols = Array.from({ length: CODE_SYMBOLS }, (_, n) => CODE_ALPHABET[Number.parseInt(bits.slice(n * 5, n * 5 + 5), 2)] ?? '');
  return symbols.join('').replace(GROUP, '$&-');
}

/** What an account is found by: a keyed hash of the code as typed, in any case and grouping; null for what cannot be a code. */
export function accountCodeHash(secrets: Key, typed: string): string | null {
  const folded = foldLookAlikes(compactCode(typed));
  if (folded.length !== CODE_SYMBOLS || !symbolValues(folded)) return null;
  return keyed(secrets, 'finding', folded).toString('base64url');
}
