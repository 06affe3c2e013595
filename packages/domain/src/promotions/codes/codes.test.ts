import { createCipheriv, createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkValue, CODE_ALPHABET, symbolValues } from './code-alphabet.ts';
import { type CodeFacts, codeMiss, MAX_OPEN_CODES, NewCodeBatch } from './code-batch.ts';
import type { CodeOutcome } from '../live-promotion.ts';
import { evaluateCart } from '../evaluate-cart.ts';
import { REJECTION_REASONS } from '../rejection-reason.ts';
import { aCart, aContext } from '../test-carts.ts';
import { isWrongCode, type PublicCodeOutcome, publicCodeOutcome } from './code-reason.ts';
import { type EncryptBlocks, permute, unpermute } from './code-permutation.ts';
import { codeText, COUNTER_LIMIT, isPrefix, MAX_BATCH_NUMBER, readCode, writeCodes } from './code-text.ts';

const cipherOf = (secret: string): EncryptBlocks => {
  const cipher = createCipheriv('aes-256-ecb', createHash('sha256').update(secret).digest(), null).setAutoPadding(false);
  return (blocks) => cipher.update(blocks);
};
const encrypt = cipherOf('one key');
const RUNS = { numRuns: 500, seed: 60 };
const ids = fc.record({
  batchNumber: fc.integer({ min: 1, max: MAX_BATCH_NUMBER }),
  counter: fc.integer({ min: 0, max: COUNTER_LIMIT - 1 }),
});

describe('the permutation', () => {
  test('is one: no two of 200,000 neighbouring numbers meet, and each comes back', () => {
    const count = 200_000;
    const halves = { left: new Uint32Array(count).fill(1 << 10), right: Uint32Array.from({ length: count }, (_, n) => n) };
    permute(halves, encrypt);
    const seen = new Set(Array.from(halves.right, (right, n) => `${halves.left[n]} ${right}`));
    expect(seen.size).toBe(count);
    unpermute(halves, encrypt);
    expect(halves.left.every((left) => left === 1 << 10)).toBe(true);
    expect(halves.right.every((right, n) => right === n)).toBe(true);
  });

  test('moves half of the 60 bits when one bit of the number or the key changes', () => {
    const of = (cipher: EncryptBlocks, right: number) => {
      const halves = { left: Uint32Array.of(7), right: Uint32Array.of(right) };
      permute(halves, cipher);
      return (BigInt(halves.left[0] ?? 0) << 30n) | BigInt(halves.right[0] ?? 0);
    };
    const bits = (value: bigint) => value.toString(2).replaceAll('0', '').length;
    let [numbers, keys] = [0, 0];
    for (let n = 0; n < 1_000; n += 1) {
      numbers += bits(of(encrypt, n) ^ of(encrypt, n ^ 1));
      keys += bits(of(encrypt, n) ^ of(cipherOf(`key ${n}`), n));
    }
    expect(Math.abs(numbers / 1_000 - 30)).toBeLessThan(1);
    expect(Math.abs(keys / 1_000 - 30)).toBeLessThan(1);
  });
});

describe('the text of a code', () => {
  test('says batch and counter to whoever has the key, and to nobody else', () => {
    const other = cipherOf('another key');
    fc.assert(
      fc.property(ids, fc.constantFrom(null, 'SOLO', 'O2'), (id, prefix) => {
        const text = codeText(id, prefix, encrypt);
        expect(text).toMatch(/^([A-Z0-9]+-)?[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{5}$/);
        const read = readCode(text, encrypt);
        expect(read).toMatchObject(id);
        expect(read && isPrefix(read.prefix, prefix)).toBe(true);
        expect(readCode(text, other)).not.toMatchObject(id);
      }),
      RUNS,
    );
  });

  test('many are written at once as each is alone', () => {
    const counters = [0, 1, 5, 2 ** 30, COUNTER_LIMIT - 1];
    const written = new TextDecoder().decode(writeCodes({ batchNumber: 9, prefix: 'SUN', ending: '\n' }, counters, encrypt));
    expect(written.split('\n')).toEqual([...counters.map((counter) => codeText({ batchNumber: 9, counter }, 'SUN', encrypt)), '']);
  });

  test('is what the scheme says, written once more in whole numbers and single blocks: handed-out codes must work for ever', () => {
    const half = (value: bigint, round: number) => {
      const block = Buffer.alloc(16);
      block.writeUInt32LE(Number(value));
      block[4] = round;
      block.write('plc1', 8);
      return BigInt(Buffer.from(encrypt(block)).readUInt32LE() & 0x3fffffff);
    };
    const expected = ({ batchNumber, counter }: { batchNumber: number; counter: number }) => {
      const number = (BigInt(batchNumber) << 40n) | BigInt(counter);
      let [left, right] = [number >> 30n, number & 0x3fffffffn];
      for (let round = 0; round < 10; round += 1) [left, right] = [right, left ^ half(right, round)];
      const payload = ((left << 30n) | right).toString(2).padStart(60, '0');
      return Array.from({ length: 12 }, (_, n) => CODE_ALPHABET[Number.parseInt(payload.slice(5 * n, 5 * n + 5), 2)]).join('');
    };
    for (const id of [
      { batchNumber: 1, counter: 0 },
      { batchNumber: MAX_BATCH_NUMBER, counter: COUNTER_LIMIT - 1 },
      ...fc.sample(ids, { numRuns: 50, seed: 4 }),
    ])
      expect(codeText(id, null, encrypt).replaceAll('-', '').slice(0, 12)).toBe(expected(id));
    expect(codeText({ batchNumber: 1, counter: 0 }, null, encrypt)).toBe('C2CT-EZZZ-BAHWD');
  });

  test('is read as people type it', () => {
    const [text = ''] = Array.from({ length: 500 }, (_, counter) => codeText({ batchNumber: 3, counter }, 'LOVE', encrypt)).filter(
      (code) => code.slice(5).includes('0') && code.slice(5).includes('1'),
    );
    const wide = (ascii: string) => ascii.replace(/[!-~]/g, (character) => String.fromCodePoint((character.codePointAt(0) ?? 0) + 0xfee0));
    const forms = [
      text.toLowerCase(),
      `  ${text.replaceAll('-', ' ')}\t`,
      text.replaceAll('-', ''),
      text.replaceAll('-', '–'),
      text.replaceAll('0', 'o').replaceAll('1', 'l'),
      text.replaceAll('0', 'O').replaceAll('1', 'I'),
      wide(text),
      text.replace('LOVE', '10ve'),
      `\u200b${text}\u00a0`,
    ];
    for (const form of forms)
      expect([form, readCode(form, encrypt)]).toEqual([form, { batchNumber: 3, counter: expect.any(Number), prefix: '10VE' }]);
    expect(new Set(forms.map((form) => readCode(form, encrypt)?.counter)).size).toBe(1);
    for (const none of ['', '-', 'SAVE20', 'U'.repeat(13), '💐'.repeat(13), text.slice(0, -1)]) expect(readCode(none, encrypt)).toBeNull();
  });

  test('refuses numbers that do not fit', () => {
    for (const id of [
      { batchNumber: 0, counter: 0 },
      { batchNumber: MAX_BATCH_NUMBER + 1, counter: 0 },
      { batchNumber: 1, counter: -1 },
      { batchNumber: 1, counter: COUNTER_LIMIT },
      { batchNumber: 1, counter: 0.5 },
    ])
      expect(() => codeText(id, null, encrypt)).toThrow(RangeError);
  });
});

describe('the check symbol', () => {
  const bodies = fc
    .array(fc.integer({ min: 0, max: 31 }), { minLength: 12, maxLength: 12 })
    .map((payload) => [...payload, checkValue(payload)]);
  const isRight = (body: readonly number[]) => body[12] === checkValue(body);

  test('catches every single wrong symbol', () => {
    fc.assert(
      fc.property(bodies, fc.integer({ min: 0, max: 12 }), fc.integer({ min: 1, max: 31 }), (body, place, difference) => {
        expect(isRight(body.with(place, (body[place] ?? 0) ^ difference))).toBe(false);
      }),
      { ...RUNS, numRuns: 5_000 },
    );
  });

  test('catches every exchange of two different symbols, neighbours or not, the check symbol included', () => {
    fc.assert(
      fc.property(bodies, (body) => {
        for (let a = 0; a < 13; a += 1)
          for (let b = a + 1; b < 13; b += 1) {
            const [one = 0, two = 0] = [body[a], body[b]];
            expect(isRight(body.with(a, two).with(b, one))).toBe(one === two);
          }
      }),
      RUNS,
    );
  });

  test('catches all but one in 32 of other errors', () => {
    const random = fc.sample(fc.array(fc.integer({ min: 0, max: 31 }), { minLength: 13, maxLength: 13 }), { numRuns: 32_000, seed: 5 });
    const passing = random.filter(isRight).length;
    expect(passing).toBeGreaterThan(900);
    expect(passing).toBeLessThan(1_100);
  });

  test('is worth what arithmetic in GF(32) written another way says', () => {
    const multiply = (a: number, b: number) => {
      let product = 0;
      for (let bit = 0; bit < 5; bit += 1) if ((b >> bit) & 1) product ^= a << bit;
      for (let bit = 9; bit >= 5; bit -= 1) if ((product >> bit) & 1) product ^= 0b100101 << (bit - 5);
      return product;
    };
    const payload = symbolValues('7K3M9QRTWXYZ') ?? [];
    let [power, sum] = [1, 0];
    for (const value of payload) sum ^= multiply((power = multiply(power, 2)), value);
    expect(checkValue(payload)).toBe(sum);
  });
});

describe('a guess', () => {
  test('hits one of ten million codes with probability 8.7e-12, of all that may be open below 1e-9', () => {
    expect(10_000_000 / 2 ** 60).toBeLessThan(1e-11);
    expect(MAX_OPEN_CODES / 2 ** 60).toBeLessThan(1e-9);
  });

  test('of 100,000 well-formed ones none is of a batch of ten million, and the zero bits alone stop 15 in 16', () => {
    let wellFormed = 0;
    for (const payload of fc.sample(fc.array(fc.integer({ min: 0, max: 31 }), { minLength: 12, maxLength: 12 }), {
      numRuns: 100_000,
      seed: 9,
    })) {
      const read = readCode([...payload, checkValue(payload)].map((value) => CODE_ALPHABET[value]).join(''), encrypt);
      if (read) wellFormed += 1;
      expect(read?.batchNumber === 1 && read.counter < 10_000_000).toBe(false);
    }
    expect(Math.abs(wellFormed - 100_000 / 16)).toBeLessThan(300);
  });
});

describe('what is known of a code', () => {
  const now = new Date('2026-03-10T12:00:00Z');
  const later = new Date('2026-03-10T12:00:00.001Z');
  const good: CodeFacts = {
    variant: 'open',
    isRevoked: false,
    isOwn: false,
    startsAt: null,
    endsAt: null,
    campaign: 'live',
    remainingUses: 1,
  };
  test.each<[string, Partial<CodeFacts>, string | null]>([
    ['good', {}, null],
    ['its own', { variant: 'assigned', isOwn: true }, null],
    ["somebody else's, whatever else is wrong", { variant: 'assigned', isRevoked: true, remainingUses: 0, endsAt: now }, 'CODE_OF_ANOTHER'],
    ['revoked and used up', { isRevoked: true, remainingUses: 0 }, 'CODE_REVOKED'],
    ['of a stopped campaign', { campaign: 'stopped' }, 'CODE_STOPPED'],
    ['at its last instant', { endsAt: now }, 'CODE_EXPIRED'],
    ['just before its last instant', { endsAt: later }, null],
    ['of an ended campaign', { campaign: 'over' }, 'CODE_EXPIRED'],
    ['at its first instant', { startsAt: now }, null],
    ['just before its first instant', { startsAt: later }, 'CODE_NOT_STARTED'],
    ['of a campaign to come', { campaign: 'before' }, 'CODE_NOT_STARTED'],
    ['used up', { remainingUses: 0 }, 'CODE_USED_UP'],
  ])('%s', (_, facts, reason) => {
    expect(codeMiss({ ...good, ...facts }, now)).toBe(reason);
  });

  test.each<[object, boolean]>([
    [{ variant: 'open', size: 10_000_000 }, true],
    [{ variant: 'open', size: 10, prefix: ' summer ' }, true],
    [{ variant: 'open' }, false],
    [{ variant: 'open', size: 0 }, false],
    [{ variant: 'open', size: 100_000_001 }, false],
    [{ variant: 'assigned' }, true],
    [{ variant: 'assigned', size: 5 }, false],
    [{ variant: 'open', size: 1, prefix: '=A' }, false],
    [{ variant: 'open', size: 1, startsAt: later, endsAt: later }, false],
  ])('a batch %j is allowed: %s', (batch, isAllowed) => {
    expect(NewCodeBatch.safeParse(batch).success).toBe(isAllowed);
  });
});

describe('what a shopper may hear', () => {
  const outcome = (reason: CodeOutcome['reason']): CodeOutcome => ({
    code: 'C',
    status: reason === null ? 'APPLIED' : 'REJECTED',
    promotionId: 'p',
    reason,
    message: { en: 'the true reason', zh: '真实原因' },
  });
  test.each<[CodeOutcome['reason'], Partial<PublicCodeOutcome>, boolean]>([
    [null, { status: 'APPLIED' }, false],
    ['CODE_OF_ANOTHER', { status: 'UNKNOWN', promotionId: null, reason: null }, true],
    ['CODE_REVOKED', { status: 'UNKNOWN', promotionId: null, reason: null }, false],
    ['CODE_EXPIRED', { status: 'REJECTED', message: { en: 'the true reason', zh: '真实原因' } }, false],
    ['CODE_USED_UP', { status: 'REJECTED', message: { en: 'the true reason', zh: '真实原因' } }, false],
    ['HELD_OUT', { status: 'REJECTED', reason: 'NOT_AVAILABLE', message: REJECTION_REASONS.HELD_OUT }, false],
    ['BELOW_THRESHOLD', { status: 'REJECTED', message: { en: 'the true reason', zh: '真实原因' } }, false],
  ])('%s', (reason, heard, isWrong) => {
    expect(publicCodeOutcome(outcome(reason), [])).toMatchObject(heard);
    expect(isWrongCode(outcome(reason))).toBe(isWrong);
  });

  test('withdrawn and foreign codes look exactly like one that never was', () => {
    const [cart, context] = [aCart([], { codes: ['NEVER', 'GONE', 'HIS'] }), aContext()];
    const refusedCodes = {
      GONE: { promotionId: 'p', reason: 'CODE_REVOKED' },
      HIS: { promotionId: 'p', reason: 'CODE_OF_ANOTHER' },
    } as const;
    const { codes } = evaluateCart(cart, [], { ...context, refusedCodes });
    expect(codes.map(({ reason }) => reason)).toEqual(['CODE_REVOKED', 'CODE_OF_ANOTHER', null]);
    const heard = codes.map((outcome) => publicCodeOutcome(outcome, [])).map(({ code: _, ...rest }) => JSON.stringify(rest));
    expect(new Set(heard).size).toBe(1);
  });
});
