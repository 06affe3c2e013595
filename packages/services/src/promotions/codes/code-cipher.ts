import { createCipheriv, hkdfSync } from 'node:crypto';
import type { EncryptBlocks } from '@promolift/domain';
import type { Secrets } from '../../shared/deps.ts';

const ciphers = new WeakMap<Buffer, EncryptBlocks>();

/**
 * The cipher of this installation's codes. Its key is derived (HKDF-SHA-256, RFC 5869) from the pseudonym key, the one secret that
 * can never be changed without losing the shop's users, and is stored nowhere. ECB has no state: one cipher object serves all calls.
 */
export function codeCipher({ pseudonymKey }: Pick<Secrets, 'pseudonymKey'>): EncryptBlocks {
  const known = ciphers.get(pseudonymKey);
  if (known) return known;
  const key = Buffer.from(hkdfSync('sha256', pseudonymKey, '', 'promolift promotion codes v1', 32));
  const cipher = createCipheriv('aes-256-ecb', key, null).setAutoPadding(false);
  const encrypt: EncryptBlocks = (blocks) => cipher.update(blocks);
  ciphers.set(pseudonymKey, encrypt);
  return encrypt;
}
