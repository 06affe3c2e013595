import { type CodeOutcome, newId, type PromotionRule } from '@promolift/domain';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { isReplayIdentical } from '../decision-steps.ts';
import { evaluateCart } from '../evaluate-cart.ts';
import { findDecision } from '../explain-decision.ts';
import { placeOrder } from '../place-order.ts';
import { reserveOffer } from '../redemptions.ts';
import { endAll, goLive, openTestShop, type TestShop } from '../test-campaign.ts';
import { keepCodeRows } from './keep-code-rows.ts';
import { lookUpCode } from './look-up-code.ts';
import { revokeCodes } from './revoke-codes.ts';
import { aBatch, linesOf } from './test-codes.ts';

let shop: TestShop;
beforeAll(async () => {
  shop = await openTestShop();
}, 60_000);
afterEach(() => endAll(shop));
afterAll(() => shop.stop());

const TEN_OFF: PromotionRule = { kind: 'percent_off', basisPoints: 1_000, scope: { kind: 'all' } };
const COUPON: PromotionRule = {
  kind: 'coupon',
  code: 'STATIC',
  basisPoints: 500,
  maximumAmounts: { EUR: 10_000 },
  minimumSpend: null,
  scope: { kind: 'all' },
};
const cartOf = (n: number, ...codes: string[]) => ({
  currency: 'EUR',
  userExternalId: `u-${n}`,
  codes,
  lines: [{ sku: 'S-0', quantity: 1 }],
});
const place = (n: number, code: string, reservationIds: string[] = []) => {
  const id = newId();
  return placeOrder(shop.deps(), { ...cartOf(n, code), idempotencyKey: id, externalId: id, reservationIds });
};
const outcomeOf = async (n: number, code: string): Promise<CodeOutcome & { isReplayed: boolean; discountMinor: number }> => {
  const evaluated = await evaluateCart(shop.deps(), cartOf(n, code));
  if (!evaluated.ok) throw new Error(evaluated.refusal.message);
  const decision = await findDecision(shop.deps(), evaluated.value.decisionId);
  const [outcome] = evaluated.value.evaluation.codes;
  if (!outcome || !decision) throw new Error('no outcome');
  const { discountMinor } = evaluated.value.evaluation.totals;
  return { ...outcome, discountMinor, isReplayed: isReplayIdentical(decision, shop.deps().secrets) };
};
const reasonOf = async (n: number, code: string) => {
  const { status, reason, isReplayed } = await outcomeOf(n, code);
  expect(isReplayed).toBe(true);
  return reason ?? status;
};
const rowCount = async () => (await shop.pool.query<{ count: number }>('select count(*)::int count from codes')).rows[0]?.count;

test('a limit per code binds the code that is in the cart, and the cart says so before the order', async () => {
  const id = await goLive(shop, { rules: [TEN_OFF], needsCode: true, limits: [{ per: ['code'], maxUses: 1 }] });
  const [first = '', second = ''] = await linesOf(shop, await aBatch(shop, id, { variant: 'open', size: 10, useLimit: 5 }));
  expect((await place(1, first)).ok).toBe(true);
  expect(await reasonOf(2, first)).toBe('USES_EXHAUSTED');
  expect(await reasonOf(2, second)).toBe('APPLIED');
});

describe('open codes', () => {
  test('ten million need one row; a code gets a row with its first reservation and its life can be looked up', async () => {
    const id = await goLive(shop, { rules: [TEN_OFF], needsCode: true });
    const before = await rowCount();
    const batch = await aBatch(shop, id, { variant: 'open', size: 10_000_000, prefix: 'sun' });
    const [code = '', other = ''] = await linesOf(shop, batch, 9_999_997);
    expect(code).toMatch(/^SUN-\w{4}-\w{4}-\w{5}$/);
    expect(await reasonOf(1, 'NOPE')).toBe('UNKNOWN');
    expect(await outcomeOf(1, ` ${code.toLowerCase().replaceAll('-', ' ')} `)).toMatchObject({
      code,
      status: 'APPLIED',
      discountMinor: 100,
      isReplayed: true,
    });
    expect(await reasonOf(1, code.replace('SUN', 'SAN'))).toBe('UNKNOWN');
    expect(await reasonOf(1, `${code.slice(0, -1)}${code.endsWith('A') ? 'B' : 'A'}`)).toBe('UNKNOWN');
    expect(await rowCount()).toBe(before);
    expect((await place(1, code)).ok).toBe(true);
    expect(await rowCount()).toBe((before ?? 0) + 1);
    expect(await reasonOf(2, code)).toBe('CODE_USED_UP');
    expect(await reasonOf(2, other)).toBe('APPLIED');
    expect(await lookUpCode(shop.deps(), code.toLowerCase())).toMatchObject({
      code,
      campaignId: id,
      batchId: batch.id,
      counter: 9_999_998,
      reason: 'CODE_USED_UP',
      used: 1,
      redemptions: [{ status: 'committed', code, amountMinor: 100 }],
    });
    expect(await lookUpCode(shop.deps(), other)).toMatchObject({ reason: null, used: 0, redemptions: [] });
    expect(await lookUpCode(shop.deps(), 'nope')).toBeNull();
  });

  test('without a code nobody gets the promotion; the code of a rule goes on beside a batch of the same promotion', async () => {
    const id = await goLive(shop, { rules: [COUPON] });
    await goLive(shop, { rules: [TEN_OFF], needsCode: true });
    const [code = ''] = await linesOf(shop, await aBatch(shop, id, { variant: 'open', size: 3 }));
    expect(await outcomeOf(1, 'static')).toMatchObject({ status: 'APPLIED', discountMinor: 50, isReplayed: true });
    expect(await outcomeOf(1, 'ｓｔａｔｉｃ')).toMatchObject({ code: 'STATIC', status: 'APPLIED' });
    expect(await outcomeOf(1, code)).toMatchObject({ status: 'APPLIED', discountMinor: 50, isReplayed: true });
    expect(await lookUpCode(shop.deps(), 'Static')).toMatchObject({ code: 'STATIC', batchId: null, campaignId: id, reason: null });
  });

  test('50 orders at once with one fresh code: one gets the discount; with a limit of three, three', async () => {
    const id = await goLive(shop, { rules: [TEN_OFF], needsCode: true });
    for (const useLimit of [1, 3]) {
      const [code = ''] = await linesOf(shop, await aBatch(shop, id, { variant: 'open', size: 1, useLimit }));
      const results = await Promise.all(Array.from({ length: 50 }, (_, n) => place(n, code)));
      expect(results.filter((result) => result.ok && result.value.redemptionIds.length > 0)).toHaveLength(useLimit);
      const { rows } = await shop.pool.query('select used from codes where code = $1', [code]);
      expect(rows).toEqual([{ used: useLimit }]);
    }
  });

  test('orders that bring the same two fresh codes of two campaigns never wait for each other in a circle', async () => {
    const [one, two] = [
      await goLive(shop, { rules: [TEN_OFF], needsCode: true }),
      await goLive(shop, { rules: [TEN_OFF], needsCode: true }),
    ];
    for (let round = 0; round < 5; round += 1) {
      const [first = ''] = await linesOf(shop, await aBatch(shop, one, { variant: 'open', size: 1, useLimit: 100 }));
      const [second = ''] = await linesOf(shop, await aBatch(shop, two, { variant: 'open', size: 1, useLimit: 100 }));
      const orders = Array.from({ length: 20 }, (_, n) => {
        const id = newId();
        return placeOrder(shop.deps(), { ...cartOf(n, ...(n % 2 ? [first, second] : [second])), idempotencyKey: id, externalId: id });
      });
      const placed = await Promise.all(orders);
      expect(placed.map((result) => (result.ok ? result.value.redemptionIds.length : 0))).toEqual(orders.map((_, n) => 1 + (n % 2)));
    }
  });

  test('who set a code aside can order with it, though it is used up for everybody else', async () => {
    const id = await goLive(shop, { rules: [TEN_OFF], needsCode: true });
    const batch = await aBatch(shop, id, { variant: 'open', size: 1 });
    const [code = ''] = await linesOf(shop, batch);
    const key = { idempotencyKey: newId(), campaignId: id, promotionId: batch.promotionId, timeToLiveSeconds: 60 };
    const reserved = await reserveOffer(shop.deps(), { ...key, cart: cartOf(1, code) });
    if (!reserved.ok) throw new Error(reserved.refusal.message);
    expect(await reasonOf(2, code)).toBe('CODE_USED_UP');
    const another = await reserveOffer(shop.deps(), { ...key, idempotencyKey: newId(), cart: cartOf(2, code) });
    expect(another).toMatchObject({ ok: false, refusal: { kind: 'CODE_USED_UP' } });
    const placed = await place(1, code, [reserved.value.redemptionId]);
    expect(placed.ok && placed.value.redemptionIds).toEqual([reserved.value.redemptionId]);
  });

  test('says exactly what a code lacks: windows, campaign, another key', async () => {
    const id = await goLive(shop, { rules: [TEN_OFF], needsCode: true });
    const now = shop.deps().clock.now().getTime();
    const one = async (batch: object) => (await linesOf(shop, await aBatch(shop, id, { variant: 'open', size: 1, ...batch })))[0] ?? '';
    expect(await reasonOf(1, await one({ endsAt: new Date(now) }))).toBe('CODE_EXPIRED');
    expect(await reasonOf(1, await one({ endsAt: new Date(now + 1) }))).toBe('APPLIED');
    expect(await reasonOf(1, await one({ startsAt: new Date(now + 1) }))).toBe('CODE_NOT_STARTED');
    const code = await one({});
    await shop.pool.query("update campaigns set status = 'paused' where id = $1", [id]);
    expect(await reasonOf(1, code)).toBe('CODE_STOPPED');
    await endAll(shop);
    expect(await reasonOf(1, code)).toBe('CODE_EXPIRED');
    const elsewhere = { ...shop.deps().secrets, pseudonymKey: Buffer.alloc(32, 9) };
    expect(await lookUpCode({ ...shop.deps(), secrets: elsewhere }, code)).toBeNull();
  });
});

describe('revoked codes', () => {
  test('one, a range or all, used before or not; the export leaves them out', async () => {
    const id = await goLive(shop, { rules: [TEN_OFF], needsCode: true });
    const batch = await aBatch(shop, id, { variant: 'open', size: 6, useLimit: 2 });
    const codes = await linesOf(shop, batch);
    expect((await place(1, codes[2] ?? '')).ok).toBe(true);
    expect(await revokeCodes(shop.deps(), { kind: 'code', text: codes[0]?.toLowerCase() ?? '' })).toMatchObject({ ok: true });
    expect(await revokeCodes(shop.deps(), { kind: 'range', batchId: batch.id, first: 2, last: 3 })).toMatchObject({ ok: true });
    expect(await Promise.all(codes.map((code) => reasonOf(2, code)))).toEqual([
      'CODE_REVOKED',
      'APPLIED',
      'CODE_REVOKED',
      'CODE_REVOKED',
      'APPLIED',
      'APPLIED',
    ]);
    expect((await place(2, codes[2] ?? '')).ok).toBe(true); // The order stands, at full price.
    const { rows } = await shop.pool.query('select used, revoked_at is not null revoked from codes where code = $1', [codes[2]]);
    expect(rows).toEqual([{ used: 1, revoked: true }]);
    const kept = [codes[1], codes[4], codes[5]];
    expect(
      await linesOf(shop, {
        ...batch,
        revoked: [
          { first: 0, last: 0 },
          { first: 2, last: 3 },
        ],
      }),
    ).toEqual(kept);
    expect(await revokeCodes(shop.deps(), { kind: 'batch', batchId: batch.id })).toMatchObject({ ok: true });
    expect(await reasonOf(2, codes[5] ?? '')).toBe('CODE_REVOKED');
    for (const target of [
      { kind: 'range', batchId: batch.id, first: 3, last: 6 },
      { kind: 'range', batchId: batch.id, first: 3, last: 2 },
      { kind: 'code', text: 'nope' },
      { kind: 'batch', batchId: newId() },
    ] as const)
      expect(await revokeCodes(shop.deps(), target)).toMatchObject({ ok: false });
  });

  test('a revocation waits for the order that is using the code for the first time, and later orders see it', async () => {
    const id = await goLive(shop, { rules: [TEN_OFF], needsCode: true });
    const batch = await aBatch(shop, id, { variant: 'open', size: 2, useLimit: 5 });
    const [code = ''] = await linesOf(shop, batch);
    let isDone = false;
    let revoking: Promise<unknown> = Promise.resolve();
    await shop.deps().em.transactional(async (em) => {
      await keepCodeRows({ ...shop.deps(), em }, [{ campaignId: id, promotionId: batch.promotionId, code }]);
      revoking = revokeCodes(shop.deps(), { kind: 'batch', batchId: batch.id }).then(() => (isDone = true));
      await new Promise((resolve) => setTimeout(resolve, 300));
      expect(isDone).toBe(false);
    });
    await revoking;
    const { rows } = await shop.pool.query('select revoked_at is not null revoked from codes where code = $1', [code]);
    expect(rows).toEqual([{ revoked: true }]);
  });

  test('of 60 orders with fresh codes while their batch is revoked, none keeps a code that works', async () => {
    const id = await goLive(shop, { rules: [TEN_OFF], needsCode: true });
    const batch = await aBatch(shop, id, { variant: 'open', size: 60, useLimit: 2 });
    const codes = await linesOf(shop, batch);
    const orders = codes.map((code, n) => place(n, code));
    await orders[5];
    expect(await revokeCodes(shop.deps(), { kind: 'batch', batchId: batch.id })).toMatchObject({ ok: true });
    await Promise.all(orders);
    const { rows } = await shop.pool.query('select count(*)::int working from codes where batch_number = $1 and revoked_at is null', [
      batch.number,
    ]);
    expect(rows).toEqual([{ working: 0 }]);
    const again = await Promise.all(codes.map((code, n) => place(n, code)));
    expect(again.filter((result) => result.ok && result.value.redemptionIds.length > 0)).toEqual([]);
  });

  test('a code evaluated before and reserved after its revocation is born revoked', async () => {
    const id = await goLive(shop, { rules: [TEN_OFF], needsCode: true });
    const batch = await aBatch(shop, id, { variant: 'open', size: 1 });
    const [code = ''] = await linesOf(shop, batch);
    await revokeCodes(shop.deps(), { kind: 'batch', batchId: batch.id });
    await shop
      .deps()
      .em.transactional((em) => keepCodeRows({ ...shop.deps(), em }, [{ campaignId: id, promotionId: batch.promotionId, code }]));
    const { rows } = await shop.pool.query('select revoked_at is not null revoked from codes where code = $1', [code]);
    expect(rows).toEqual([{ revoked: true }]);
  });
});

describe('assigned codes', () => {
  test('each user has one, without rows; nobody else can use it, and it dies with its owner', async () => {
    const id = await goLive(shop, { rules: [TEN_OFF], needsCode: true });
    const batch = await aBatch(shop, id, { variant: 'assigned' });
    const before = await rowCount();
    const codes = new Map((await linesOf(shop, batch)).map((line) => line.split(',') as [string, string]));
    expect(codes.size).toBe(200);
    expect(new Set(codes.values()).size).toBe(200);
    expect(await rowCount()).toBe(before);
    const own = codes.get('u-7') ?? '';
    expect(await reasonOf(7, own)).toBe('APPLIED');
    expect(await reasonOf(8, own)).toBe('CODE_OF_ANOTHER');
    expect(await reasonOf(9_999, own)).toBe('CODE_OF_ANOTHER');
    expect((await place(7, own)).ok).toBe(true);
    const { rows } = await shop.pool.query(
      'select u.external_id from codes c join users u on u.id = c.assigned_user_id where c.code = $1',
      [own],
    );
    expect(rows).toEqual([{ external_id: 'u-7' }]);
    expect(await reasonOf(7, own)).toBe('CODE_USED_UP');
    expect(await reasonOf(8, own)).toBe('CODE_OF_ANOTHER');
    await shop.pool.query("update users set erased_at = now(), external_id = 'erased' where external_id = 'u-6'");
    expect(await reasonOf(6, codes.get('u-6') ?? '')).toBe('CODE_OF_ANOTHER');
    expect(await revokeCodes(shop.deps(), { kind: 'range', batchId: batch.id, first: 0, last: 3 })).toMatchObject({ ok: false });
  });
});
