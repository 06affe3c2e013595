import { createHash, randomBytes } from 'node:crypto';

export const SESSION_PREFIX = 'ps_';
export const KEY_PREFIXES = { publishable: 'pk_', secret: 'sk_' } as const;

/** 32 random bytes behind a prefix that says what it is. */
export const newToken = (prefix: string): string => prefix + randomBytes(32).toString('base64url');

/** Only this is stored. A fast hash is enough: the token has 256 bits of chance. */
export const hashToken = (token: string): string => createHash('sha256').update(token).digest('hex');
