import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApi, type TestApi } from '../shared/test-api.ts';
import { couponOf, fillShop, goLive } from './test-shop.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
  await fillShop(api);
});
afterAll(() => api.stop());

test('a code of an experiment: shoppers read a neutral reason, the shop the true one; an unknown code says so', async () => {
  await goLive(api, { promotions: [couponOf('SECRET', 1_000)], holdoutBasisPoints: 5_000 });
  const query = `query ($cart: CartInput!) { evaluateCart(cart: $cart) { evaluation { isHeldOut rejected { reason code message { en } } codes { code status message { en } } } } }`;
  type Seen = {
    isHeldOut: boolean;
    rejected: { reason: string; code: string | null }[];
    codes: { code: string; status: string; message: { en: string } }[];
  };
  const seen = async (kind: 'publishable' | 'secret', userId: string) => {
    const variables = { cart: { currency: 'EUR', userId, codes: [' secret', 'nope'], lines: [{ sku: 'A', quantity: 1 }] } };
    return (await api.ask<{ evaluateCart: { evaluation: Seen } }>(query, { token: await api.keyOf(kind), variables })).data.evaluateCart
      .evaluation;
  };
  const all = await Promise.all(
    Array.from({ length: 20 }, async (_, n) => ({ userId: `u-${n + 1}`, is: await seen('secret', `u-${n + 1}`) })),
  );
  const heldOut = all.find(({ is }) => is.isHeldOut);
  if (!heldOut) throw new Error('nobody is held out');
  expect(heldOut.is.rejected).toMatchObject([{ reason: 'HELD_OUT', code: 'SECRET' }]);
  const shown = await seen('publishable', heldOut.userId);
  expect(shown.rejected).toMatchObject([{ reason: 'NOT_AVAILABLE', code: 'SECRET', message: { en: 'This offer is not available.' } }]);
  expect(shown.codes).toMatchObject([
    { code: 'NOPE', status: 'UNKNOWN' },
    { code: 'SECRET', status: 'REJECTED', message: { en: 'This offer is not available.' } },
  ]);
});
