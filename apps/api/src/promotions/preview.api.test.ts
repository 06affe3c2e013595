import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApi, type TestApi } from '../shared/test-api.ts';
import { createDraft, fillShop, goLive, percentOff } from './test-shop.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
  await fillShop(api);
});
afterAll(() => api.stop());

const FIELDS = `evaluation {
  total { amountMinor } tax { amountMinor } pricesIncludeTax shippingDiscounts { amount { amountMinor } }
  lines { tax { amountMinor } unitPrices { units amount { amountMinor } } discounts { perUnit { units amount { amountMinor } } } }
  applied { kind amount { amountMinor } desired { amountMinor } limitedBy }
  rejected { kind reason failing required actual agentReason { ucp acp } }
  codes { code agentReason { ucp acp } }
} userErrors { code }`;
const EVALUATE = `query ($cart: CartInput!) { evaluateCart(cart: $cart) { ${FIELDS} } }`;
const PREVIEW = `query ($cart: CartInput!, $at: DateTime, $drafts: Boolean) { previewCart(cart: $cart, at: $at, includeDrafts: $drafts) { ${FIELDS} } }`;
type Answer = Record<'evaluateCart' | 'previewCart', { evaluation: { total: { amountMinor: number } } }>;

test('a cart says what each unit costs, its tax, what was desired and what failed; a browser learns nothing of our floors', async () => {
  const floor = { kind: 'percent_off', rule: { basisPoints: 6_500, scope: { kind: 'skus', skus: ['A'] } } };
  await goLive(api, { promotions: [floor, { kind: 'free_shipping', rule: { minimumSpend: { EUR: 100_000 }, scope: { kind: 'all' } } }] });
  await api.installation.database.pool.query(
    `update settings set value = value || '{"maxDepthBasisPoints": 10000, "marginFloorBasisPoints": 0}' where key = 'shop'`,
  );
  const variables = {
    cart: {
      currency: 'EUR',
      userId: 'u-1',
      codes: ['nope'],
      pricesIncludeTax: false,
      lines: [{ sku: 'A', quantity: 3, taxBasisPoints: 1_900 }],
    },
  };
  const seen = async (token: string) => (await api.ask<Answer>(EVALUATE, { token, variables })).data.evaluateCart;
  // 65% of 30.00 would be 19.50; the cost of 4.00 a unit leaves 18.00. Tax: 19% of 12.00.
  const secret = await seen(await api.keyOf('secret'));
  expect(secret).toMatchObject({
    evaluation: {
      total: { amountMinor: 1_428 },
      tax: { amountMinor: 228 },
      pricesIncludeTax: false,
      lines: [
        {
          tax: { amountMinor: 228 },
          unitPrices: [{ units: 3, amount: { amountMinor: 400 } }],
          discounts: [{ perUnit: [{ units: 3, amount: { amountMinor: 600 } }] }],
        },
      ],
      applied: [{ amount: { amountMinor: 1_800 }, desired: { amountMinor: 1_950 }, limitedBy: 'FLOOR' }],
      rejected: [
        {
          reason: 'NO_SHIPPING_TO_PAY',
          failing: 'shippingMinor',
          required: '1',
          actual: '0',
          agentReason: { ucp: 'discount_code_invalid' },
        },
      ],
      codes: [{ code: 'NOPE', agentReason: { ucp: 'discount_code_invalid', acp: 'discount_code_invalid' } }],
    },
    userErrors: [],
  });
  expect(await seen(await api.keyOf('publishable'))).toMatchObject({
    evaluation: { total: { amountMinor: 1_428 }, applied: [{ desired: null, limitedBy: null }] },
  });
});

test('a dry run is for analysts: it sees drafts and other times, under groups that the settings name', async () => {
  const analyst = await api.tokenOf('analyst');
  const cart = { currency: 'EUR', userId: 'u-2', lines: [{ sku: 'B', quantity: 1 }] };
  const ask = (token: string, more: object = {}) => api.ask<Answer>(PREVIEW, { token, variables: { cart, ...more } });
  const total = async (more: object = {}) => (await ask(analyst, more)).data.previewCart.evaluation.total.amountMinor;
  for (const token of [await api.keyOf('publishable'), await api.keyOf('secret'), await api.tokenOf('viewer')])
    expect((await ask(token)).errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
  await createDraft(api, { promotions: [percentOff(1_000)], group: 'season' });
  await createDraft(api, { promotions: [percentOff(2_000)], group: 'season' });
  expect(await total()).toBe(2_500);
  expect(await total({ drafts: true })).toBe(1_800); // 25.00 less 10% and 20%
  expect(await total({ drafts: true, at: new Date(Date.now() - 86_400_000).toISOString() })).toBe(2_500);
  const admin = await api.tokenOf('admin');
  const { version } = (await api.ask<{ settings: { version: number } }>('{ settings { version } }', { token: admin })).data.settings;
  const changed = await api.ask(
    'mutation ($input: UpdateSettingsInput!) { updateSettings(input: $input) { settings { promotionGroups { key mode } separateGroups percentBase maxOrderDiscountBasisPoints } userErrors { code field } } }',
    {
      token: admin,
      variables: {
        input: {
          expectedVersion: version,
          promotionGroups: [{ key: 'season', mode: 'best_for_shopper' }],
          separateGroups: [['season', 'club']],
          percentBase: 'initial',
          maxOrderDiscountBasisPoints: 9_000,
        },
      },
    },
  );
  expect(changed.data).toEqual({
    updateSettings: {
      settings: {
        promotionGroups: [{ key: 'season', mode: 'best_for_shopper' }],
        separateGroups: [['season', 'club']],
        percentBase: 'initial',
        maxOrderDiscountBasisPoints: 9_000,
      },
      userErrors: [],
    },
  });
  expect(await total({ drafts: true })).toBe(2_000); // 20% alone
  const refused = await api.ask<{ updateSettings: { userErrors: object[] } }>(
    'mutation ($input: UpdateSettingsInput!) { updateSettings(input: $input) { userErrors { code field } } }',
    { token: admin, variables: { input: { expectedVersion: version + 1, separateGroups: [['club', 'club']] } } },
  );
  expect(refused.data.updateSettings.userErrors).toHaveLength(1);
});
