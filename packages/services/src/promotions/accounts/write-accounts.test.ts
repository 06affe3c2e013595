import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestShop, type TestShop } from '../test-campaign.ts';
import { adjustPoints, issueGiftCard } from './write-accounts.ts';

let shop: TestShop;
beforeAll(async () => {
  shop = await openTestShop();
}, 60_000);
afterAll(() => shop.stop());

test('the same key issues one card; a code says nothing in the database; points never go below zero by hand', async () => {
  const request = { idempotencyKey: crypto.randomUUID(), amountMinor: 700, currency: 'EUR' };
  const first = await issueGiftCard(shop.deps(), request);
  expect(await issueGiftCard(shop.deps(), request)).toEqual(first);
  if (!first.ok) throw new Error(first.refusal.kind);
  const { rows } = await shop.pool.query('select * from accounts where code_ending = right($1, 4)', [first.value.code]);
  expect(rows).toHaveLength(1);
  expect(JSON.stringify(rows)).not.toContain(first.value.code);
  const kept = await shop.pool.query('select response::text from idempotency_keys where key = $1', [request.idempotencyKey]);
  expect(JSON.stringify(kept.rows)).not.toContain(first.value.code);
  const take = { idempotencyKey: crypto.randomUUID(), userExternalId: 'u-50', points: -1, reason: 'mistake' };
  expect(await adjustPoints(shop.deps(), take)).toMatchObject({ refusal: { kind: 'BALANCE_TOO_SMALL' } });
  expect(await issueGiftCard(shop.deps(), { ...request, idempotencyKey: crypto.randomUUID(), amountMinor: 0 })).toMatchObject({
    refusal: { kind: 'INVALID_AMOUNT' },
  });
  expect(await issueGiftCard(shop.deps(), { ...request, idempotencyKey: crypto.randomUUID(), currency: 'XXQ' })).toMatchObject({
    refusal: { kind: 'UNKNOWN_CURRENCY' },
  });
});
