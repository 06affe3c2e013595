import { expect, test } from 'vitest';
import { hashPassword, isPasswordRight } from './passwords.ts';

test('a password fits its own hash only, and two hashes of it differ', async () => {
  const [first, second] = await Promise.all([hashPassword('correct horse battery'), hashPassword('correct horse battery')]);
  expect(first).not.toBe(second);
  expect(first).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  expect(await isPasswordRight('correct horse battery', first)).toBe(true);
  expect(await isPasswordRight('correct horse batterY', first)).toBe(false);
});

test('fits a hash made by the reference implementation', async () => {
  // phc-winner-argon2, README: echo -n "password" | ./argon2 somesalt -id -t 2 -m 16 -p 1 (test.c: hash of argon2id, t=2, m=2^16, p=1).
  const published = '$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc';
  expect(await isPasswordRight('password', published)).toBe(true);
  expect(await isPasswordRight('differentpassword', published)).toBe(false);
});

test('a hash of another kind is our fault, not a wrong password', async () => {
  await expect(isPasswordRight('password', 'plain')).rejects.toThrow('PHC');
});
