import { expect, test } from 'vitest';
import { newId, seededId, uuidv7 } from './uuid.ts';

test('the example of RFC 9562, appendix A.6', () => {
  // rand_a = 0xCC3, rand_b = 0x18C4DC0C0C07398F with variant bits 10.
  const chance = Uint8Array.from([0x0c, 0xc3, 0x18, 0xc4, 0xdc, 0x0c, 0x0c, 0x07, 0x39, 0x8f]);
  expect(uuidv7(0x017f22e279b0, chance)).toBe('017f22e2-79b0-7cc3-98c4-dc0c0c07398f');
});

test('sorts by time', () => {
  const chance = new Uint8Array(10).fill(255);
  expect(uuidv7(1_000, chance) < uuidv7(1_001, new Uint8Array(10))).toBe(true);
});

test('fresh ids differ and are version 7', () => {
  const ids = Array.from({ length: 1_000 }, newId);
  expect(new Set(ids).size).toBe(1_000);
  for (const id of ids) expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});

test('a seeded id is the same each time; seed, name and time each make another', () => {
  const id = seededId('seed', 'user 1', 1_000);
  expect(seededId('seed', 'user 1', 1_000)).toBe(id);
  expect(id).toMatch(/^00000000-03e8-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  const others = [seededId('other', 'user 1', 1_000), seededId('seed', 'user 2', 1_000), seededId('seed', 'user 1', 1_001)];
  expect(new Set([id, ...others]).size).toBe(4);
  expect(seededId('a', 'b c', 0)).not.toBe(seededId('a b', 'c', 0));
});

test('refuses too little chance and impossible times', () => {
  expect(() => uuidv7(0, new Uint8Array(9))).toThrow(RangeError);
  expect(() => uuidv7(-1, new Uint8Array(10))).toThrow(RangeError);
  expect(() => uuidv7(2 ** 48, new Uint8Array(10))).toThrow(RangeError);
});
