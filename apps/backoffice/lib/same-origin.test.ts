import { expect, test } from 'vitest';
import { isSameOrigin } from './same-origin.ts';

test.each([
  ['http://localhost:3000', 'localhost:3000', true],
  ['http://localhost:3000', 'localhost:3001', false],
  ['https://evil.example', 'shop.example', false],
  ['null', 'shop.example', false],
  [null, 'shop.example', false],
  ['https://shop.example', null, false],
])('origin %s on host %s: %s', (origin, host, isSame) => {
  expect(isSameOrigin(origin, host)).toBe(isSame);
});
