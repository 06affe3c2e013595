import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { Secrets } from './deps.ts';

/** First byte of every encrypted field; raised when the key changes. */
export const PERSONAL_KEY_VERSION = 1;

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** AES-256-GCM: key version (1 byte), nonce (12), tag (16), ciphertext. */
export function encryptPersonal({ encryptionKey }: Pick<Secrets, 'encryptionKey'>, text: string): Buffer {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', encryptionKey, nonce);
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return Buffer.concat([Buffer.of(PERSONAL_KEY_VERSION), nonce, cipher.getAuthTag(), sealed]);
}

/** Throws for bytes of another key, another key version, or changed ones. */
export function decryptPersonal({ encryptionKey }: Pick<Secrets, 'encryptionKey'>, sealed: Uint8Array): string {
  const bytes = Buffer.from(sealed);
  if (bytes[0] !== PERSONAL_KEY_VERSION)
    throw new Error(`personal field is sealed with key version ${bytes[0]}, this installation has ${PERSONAL_KEY_VERSION}`);
  const decipher = createDecipheriv('aes-256-gcm', encryptionKey, bytes.subarray(1, 1 + NONCE_BYTES));
  decipher.setAuthTag(bytes.subarray(1 + NONCE_BYTES, 1 + NONCE_BYTES + TAG_BYTES));
  return decipher.update(bytes.subarray(1 + NONCE_BYTES + TAG_BYTES), undefined, 'utf8') + decipher.final('utf8');
}
