import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApi, type TestApi } from '../shared/test-api.ts';
import { fillShop, goLive, type UserErrors } from './test-shop.ts';

let api: TestApi;
let secret: string;
beforeAll(async () => {
  api = await startTestApi();
  await fillShop(api);
  secret = await api.keyOf('secret');
});
afterAll(() => api.stop());

const ADJUST = 'mutation ($input: AdjustPointsInput!) { adjustPoints(input: $input) { account { balance } userErrors { code field } } }';
const ISSUE =
  'mutation ($input: IssueGiftCardInput!) { issueGiftCard(input: $input) { account { id balance currency codeEnding } code userErrors { code } } }';
const CART = `query ($cart: CartInput!) { evaluateCart(cart: $cart) { evaluation {
  total { amountMinor } applied { kind earned { points referrerPoints } } rejected { kind reason }
  payments { accounts { kind units amount { amountMinor } } dueNow { amountMinor } refusedGiftCards } } } }`;
const PLACE =
  'mutation ($input: PlaceOrderInput!) { placeOrder(input: $input) { evaluation { payments { dueNow { amountMinor } } } userErrors { code field } } }';
const RETURN =
  'mutation ($input: ReturnItemsInput!) { returnItems(input: $input) { refunded { accounts { kind units } rest { amountMinor } } userErrors { code } } }';
const USER =
  'query { user(externalId: "u-1") { accounts { kind balance pending currency entries(first: 3) { kind available pending orderExternalId } } } }';

type Shown = {
  evaluateCart: {
    evaluation: {
      total: { amountMinor: number };
      applied: object[];
      rejected: { kind: string; reason: string }[];
      payments: { accounts: object[]; dueNow: { amountMinor: number }; refusedGiftCards: string[] };
    };
  };
};

test('settings say what points are worth; points are given, shown, earned, spent and returned', async () => {
  const settings = `mutation { updateSettings(input: { expectedVersion: 1, pointsRates: [{ currency: "EUR", pointsPerMinor: 1 }], returnWindowDays: 30, pointsExpireDays: 0 }) {
    settings { pointsRates { currency pointsPerMinor } returnWindowDays pointsExpireDays } userErrors { code message } } }`;
  const saved = await api.ask<{ updateSettings: { settings: object } }>(settings, { token: await api.tokenOf('admin') });
  expect(saved.data.updateSettings).toMatchObject({
    settings: { pointsRates: [{ currency: 'EUR', pointsPerMinor: 1 }], returnWindowDays: 30, pointsExpireDays: 0 },
    userErrors: [],
  });
  const twoWorths = await api.ask<{ updateSettings: object }>(
    `mutation { updateSettings(input: { expectedVersion: 2, pointsRates: [{ currency: "EUR", pointsPerMinor: 1 }, { currency: "EUR", pointsPerMinor: 2 }] }) {
      settings { version } userErrors { code field } } }`,
    { token: await api.tokenOf('admin') },
  );
  expect(twoWorths.data.updateSettings).toMatchObject({ settings: null, userErrors: [{ field: ['pointsRates'] }] });
  await goLive(api, { promotions: [{ kind: 'loyalty_points', rule: { points: 1, perAmounts: { EUR: 100 }, scope: { kind: 'all' } } }] });
  const approver = await api.tokenOf('approver');
  const adjust = { idempotencyKey: 'adjust-1', userId: 'u-1', points: 400, reason: 'a complaint' };
  const adjusted = await api.ask<{ adjustPoints: object }>(ADJUST, { token: approver, variables: { input: adjust } });
  expect(adjusted.data.adjustPoints).toEqual({ account: { balance: 400 }, userErrors: [] });
  const card = await api.ask<{ issueGiftCard: { code: string; account: { codeEnding: string } } }>(ISSUE, {
    token: approver,
    variables: { input: { idempotencyKey: 'card-1', amountMinor: 300, currency: 'EUR', userId: 'u-1' } },
  });
  const { code, account } = card.data.issueGiftCard;
  expect(account).toMatchObject({ balance: 300, currency: 'EUR', codeEnding: code.slice(-4) });

  const cart = { currency: 'EUR', userId: 'u-1', lines: [{ sku: 'A', quantity: 2 }], pointsToSpend: 400, giftCardCodes: [code, 'nothing'] };
  const shown = await api.ask<Shown>(CART, { token: secret, variables: { cart } });
  expect(shown.data.evaluateCart.evaluation).toMatchObject({
    total: { amountMinor: 2_000 },
    applied: [{ kind: 'loyalty_points', earned: { points: 20, referrerPoints: 0 } }],
    payments: {
      accounts: [
        { kind: 'points', units: 400, amount: { amountMinor: 400 } },
        { kind: 'gift_card', units: 300, amount: { amountMinor: 300 } },
      ],
      dueNow: { amountMinor: 1_300 },
      refusedGiftCards: ['nothing'],
    },
  });
  const order = {
    idempotencyKey: 'order-1',
    externalId: 'order-1',
    currency: 'EUR',
    userId: 'u-1',
    lines: [{ sku: 'A', quantity: 2 }],
    pointsToSpend: 400,
    giftCardCodes: [code],
  };
  const changed = { ...order, idempotencyKey: 'order-0', expectedDueNowMinor: 1_299 };
  const refused = await api.ask<{ placeOrder: UserErrors }>(PLACE, { token: secret, variables: { input: changed } });
  expect(refused.data.placeOrder.userErrors).toEqual([{ code: 'PAYMENT_CHANGED', field: ['expectedDueNowMinor'] }]);
  const taken = await api.ask<{ placeOrder: object }>(PLACE, {
    token: secret,
    variables: { input: { ...order, expectedDueNowMinor: 1_300 } },
  });
  expect(taken.data.placeOrder).toEqual({ evaluation: { payments: { dueNow: { amountMinor: 1_300 } } }, userErrors: [] });
  const back = await api.ask<{ returnItems: object }>(RETURN, {
    token: secret,
    variables: { input: { idempotencyKey: 'back-1', orderExternalId: 'order-1', lines: [{ lineNumber: 1, quantity: 1 }] } },
  });
  expect(back.data.returnItems).toEqual({
    refunded: {
      accounts: [
        { kind: 'points', units: 200 },
        { kind: 'gift_card', units: 150 },
      ],
      rest: { amountMinor: 650 },
    },
    userErrors: [],
  });
  const user = await api.ask<{ user: { accounts: object[] } }>(USER, { token: await api.tokenOf('viewer') });
  expect(user.data.user.accounts).toMatchObject([
    { kind: 'points', balance: 200, pending: 10, currency: null },
    {
      kind: 'gift_card',
      balance: 150,
      pending: 0,
      currency: 'EUR',
      entries: [{ kind: 'give_back', available: 150, orderExternalId: 'order-1' }, {}, {}],
    },
  ]);
  const found = await api.ask<{ giftCard: object }>('query ($code: String!) { giftCard(code: $code) { balance } }', {
    token: secret,
    variables: { code: code.toLowerCase() },
  });
  expect(found.data.giftCard).toEqual({ balance: 150 });
});

test('a browser reads no balance, and nothing of what is known of a friend’s code', async () => {
  const open = 'mutation { openAccount(input: { userId: "u-2" }) { account { kind balance } referralCode userErrors { code } } }';
  const opened = await api.ask<{ openAccount: { referralCode: string } }>(open, { token: secret });
  const { referralCode } = opened.data.openAccount;
  const rule = { referrerPoints: 50, friendPoints: 50, maxPerReferrer: 5, minimumSpend: { EUR: 100 }, scope: { kind: 'all' } };
  await goLive(api, { promotions: [{ kind: 'referral_reward', rule }] });
  const cart = { currency: 'EUR', userId: 'u-2', lines: [{ sku: 'A', quantity: 1 }], pointsToSpend: 5, referralCode };
  const ask = async (token: string) => {
    const { data } = await api.ask<Shown>(CART, { token, variables: { cart } });
    const { rejected, payments } = data.evaluateCart.evaluation;
    return [rejected.find(({ kind }) => kind === 'referral_reward')?.reason, payments.accounts];
  };
  expect(await ask(secret)).toEqual(['SELF_REFERRAL', []]);
  expect(await ask(await api.keyOf('publishable'))).toEqual(['NOT_AVAILABLE', []]);
  const rich = await api.ask<Shown>(CART, {
    token: await api.keyOf('publishable'),
    variables: { cart: { ...cart, userId: 'u-1', pointsToSpend: 100 } },
  });
  expect(rich.data.evaluateCart.evaluation.payments.accounts).toEqual([]);
});
