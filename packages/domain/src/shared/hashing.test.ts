import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonicalJson } from './canonical-json.ts';
import { canonicalHash, holdoutBucket, isHeldOut } from './hashing.ts';
import { sha256Hex } from './sha256.ts';

describe('sha256Hex', () => {
  test('FIPS 180-4 examples', () => {
    expect(sha256Hex('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
    expect(sha256Hex('abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq')).toBe(
      '248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1',
    );
  });

  test('agrees with OpenSSL on any text and at every block border', () => {
    const other = (text: string) => createHash('sha256').update(text).digest('hex');
    for (let length = 0; length < 200; length += 1) expect(sha256Hex('x'.repeat(length))).toBe(other('x'.repeat(length)));
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (text) => {
        expect(sha256Hex(text)).toBe(other(text));
      }),
    );
  });
});

describe('canonicalJson', () => {
  test('sorts keys at every depth, leaves out undefined, writes dates as ISO', () => {
    expect(canonicalJson({ b: [{ z: 1, a: null }], a: 'é', c: undefined, d: new Date(0) })).toBe(
      '{"a":"é","b":[{"a":null,"z":1}],"d":"1970-01-01T00:00:00.000Z"}',
    );
  });

  test('says the same as JSON, whatever the order of keys', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.integer()), (value) => {
        expect(canonicalHash(Object.fromEntries(Object.entries(value).toReversed()))).toBe(canonicalHash(value));
      }),
    );
  });

  test.each([[Number.NaN], [Number.POSITIVE_INFINITY], [1n], [[undefined]], [() => 1]])('refuses %s', (value) => {
    expect(() => canonicalJson(value)).toThrow(TypeError);
  });
});

describe('holdout', () => {
  const users = Array.from({ length: 20_000 }, (_, index) => `user:${index}`);

  test('the bucket is the first 52 bits of the salted digest', () => {
    const expected = Number.parseInt(createHash('sha256').update('salt:user:1').digest('hex').slice(0, 13), 16) / 2 ** 52;
    expect(holdoutBucket('salt', 'user:1')).toBe(expected);
  });

  test('holds out its share: 10% of 20,000 within four standard errors', () => {
    const count = users.filter((user) => isHeldOut('campaign-1', user, 1_000)).length;
    expect(Math.abs(count - 2_000)).toBeLessThan(4 * Math.sqrt(20_000 * 0.1 * 0.9));
  });

  test('two salts are independent: 1% are in both', () => {
    const both = users.filter((user) => isHeldOut('a', user, 1_000) && isHeldOut('b', user, 1_000)).length;
    expect(Math.abs(both - 200)).toBeLessThan(4 * Math.sqrt(20_000 * 0.01 * 0.99));
  });

  test('a larger share keeps everybody who was held out; 0 holds nobody, 10,000 everybody', () => {
    const small = users.filter((user) => isHeldOut('s', user, 500));
    expect(small.every((user) => isHeldOut('s', user, 1_000))).toBe(true);
    expect(users.slice(0, 100).some((user) => isHeldOut('s', user, 0))).toBe(false);
    expect(users.slice(0, 100).every((user) => isHeldOut('s', user, 10_000))).toBe(true);
  });
});
