import { argon2, type Argon2Parameters, randomBytes, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';

/** What a manager may choose. */
export const NewPassword = z.string().min(12, 'must have at least 12 characters').max(200);

/** OWASP's second recommended setting for argon2id: 19 MiB, two passes, one lane. */
const MEMORY_KIB = 19_456;
const PASSES = 2;
const TAG_BYTES = 32;

/** Argon2id (RFC 9106) in the PHC string format. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  const tag = await derive(password, salt, MEMORY_KIB, PASSES);
  return `$argon2id$v=19$m=${MEMORY_KIB},t=${PASSES},p=1$${unpadded(salt)}$${unpadded(tag)}`;
}

const PHC = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=1\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/;

export async function isPasswordRight(password: string, stored: string): Promise<boolean> {
  const [, memory, passes, salt, tag] = PHC.exec(stored) ?? [];
  if (!memory || !passes || !salt || !tag) throw new Error('stored password hash is not argon2id in PHC format');
  const expected = Buffer.from(tag, 'base64');
  const actual = await derive(password, Buffer.from(salt, 'base64'), Number(memory), Number(passes));
  return actual.length === expected.length && timingSafeEqual(actual, expected);
}

let decoy: Promise<string> | undefined;

/** As slow as `isPasswordRight` for a real account, so that the answer's time does not tell which accounts exist. */
export async function pretendToCheck(password: string): Promise<false> {
  decoy ??= hashPassword(randomBytes(24).toString('hex'));
  await isPasswordRight(password, await decoy);
  return false;
}

const unpadded = (bytes: Buffer): string => bytes.toString('base64').replace(/=+$/, '');

function derive(password: string, nonce: Buffer, memory: number, passes: number): Promise<Buffer> {
  const parameters: Argon2Parameters = {
    message: Buffer.from(password.normalize('NFKC')),
    nonce,
    memory,
    passes,
    parallelism: 1,
    tagLength: TAG_BYTES,
  };
  return new Promise((resolve, reject) => argon2('argon2id', parameters, (error, tag) => (error ? reject(error) : resolve(tag))));
}
