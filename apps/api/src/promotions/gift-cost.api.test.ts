import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApi, type TestApi } from '../shared/test-api.ts';
import { fillShop, goLive } from './test-shop.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
  await fillShop(api);
});
afterAll(() => api.stop());

const RESERVE =
  'mutation ($input: ReserveOfferInput!) { reserveOffer(input: $input) { redemption { amount { amountMinor } } userErrors { code } } }';

test('a reserved gift tells the shop its cost, and a browser nothing', async () => {
  const gift = { kind: 'free_gift', rule: { giftSku: 'A', giftQuantity: 1, minimumSpend: { EUR: 100 }, scope: { kind: 'all' } } };
  const campaign = await goLive(api, { promotions: [gift] });
  const reserved = async (key: 'publishable' | 'secret') => {
    const cart = { currency: 'EUR', userId: 'u-1', lines: [{ sku: 'B', quantity: 1 }] };
    const input = { idempotencyKey: key, campaignId: campaign.id, promotionId: campaign.promotions[0]?.id, cart };
    const { data } = await api.ask<{ reserveOffer: object }>(RESERVE, { token: await api.keyOf(key), variables: { input } });
    return data.reserveOffer;
  };
  expect(await reserved('secret')).toEqual({ redemption: { amount: { amountMinor: 400 } }, userErrors: [] });
  expect(await reserved('publishable')).toEqual({ redemption: { amount: { amountMinor: 0 } }, userErrors: [] });
});
