import { expect, test } from 'vitest';
import { newSession, openSession, orderNumberOf, sealSession } from './session.ts';

process.env['STOREFRONT_KEY'] = 'sk_test';

test('a sealed session opens again, limits applied', () => {
  const session = {
    ...newSession(),
    userId: 'u1',
    lines: [
      { sku: 'a', quantity: 200 },
      { sku: 'b', quantity: 0 },
    ],
    codes: ['A', 'B', 'C', 'D'],
  };
  expect(openSession(sealSession(session))).toEqual({ ...session, lines: [{ sku: 'a', quantity: 99 }], codes: ['A', 'B', 'C'] });
});

test('what was not sealed here does not open', () => {
  const sealed = sealSession(newSession());
  const [body = '', signature = ''] = sealed.split('.');
  const forged = Buffer.from(JSON.stringify({ ...newSession(), orders: ['MG-1'] })).toString('base64url');
  for (const cookie of [undefined, '', 'x', body, `${forged}.${signature}`, `${body}.${signature.slice(1)}`])
    expect(openSession(cookie)).toBeNull();
});

test('the fullest session fits into a cookie', () => {
  const many = <Value>(length: number, value: (index: number) => Value) => Array.from({ length }, (_, index) => value(index));
  const session = {
    ...newSession(),
    userId: 'x'.repeat(40),
    lines: many(60, (index) => ({ sku: `SKU-${10_000 + index}`, quantity: 99 })),
    codes: many(5, () => 'C'.repeat(40)),
    tokens: many(5, () => 't'.repeat(199)),
    orders: many(20, (index) => orderNumberOf(`${index}`.padStart(24, 'a'))),
  };
  expect(sealSession(session).length).toBeLessThan(4_000);
});
