import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApi, type TestApi } from '../shared/test-api.ts';
import { endAll, fillShop, goLive, percentOff } from './test-shop.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
  await fillShop(api);
  await goLive(api, { promotions: [percentOff(1_000)] });
});
afterAll(async () => {
  await endAll(api);
  await api.stop();
});

test('a cart with a price or a discount of its own is no cart: only ours count', async () => {
  const cart = { currency: 'EUR', lines: [{ sku: 'A', quantity: 1 }] };
  const ask = async (changed: object) =>
    api.ask<{ evaluateCart: { evaluation: { total: { amountMinor: number } } } }>(
      'query ($cart: CartInput!) { evaluateCart(cart: $cart) { evaluation { total { amountMinor } } } }',
      { token: await api.keyOf('publishable'), variables: { cart: changed } },
    );
  expect((await ask(cart)).data.evaluateCart.evaluation.total.amountMinor).toBe(900);
  for (const own of [{ discountMinor: 999 }, { totalMinor: 1 }, { lines: [{ sku: 'A', quantity: 1, unitPriceMinor: 1 }] }]) {
    const { status, data } = await ask({ ...cart, ...own });
    expect([status, data?.evaluateCart]).toEqual([400, undefined]);
  }
});
