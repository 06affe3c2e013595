import { newId } from '@promolift/domain';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { contentOf, createDraft, fillShop, goLive, percentOff, place } from '../promotions/test-shop.ts';
import { startTestApi, type TestApi } from '../shared/test-api.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
  await fillShop(api);
});
afterAll(() => api.stop());

const SAVE = `mutation ($input: SaveSharedBudgetInput!) { saveSharedBudget(input: $input) {
  sharedBudget { key name budget { amountMinor currency } reserved { amountMinor } spent { amountMinor } } userErrors { code field } } }`;
const LOWER = `mutation ($input: LowerCampaignLimitsInput!) { lowerCampaignLimits(input: $input) { campaign { id } userErrors { code field } } }`;
const BUDGET = `query ($id: ID!) { campaign(id: $id) { budget { limits { per period maxUses maxMinor } sharedBudgetKey onBudgetShort } } }`;

const save = async (budgetMinor: number, token: string, idempotencyKey = newId()) =>
  (
    await api.ask<{ saveSharedBudget: unknown }>(SAVE, {
      token,
      variables: { input: { idempotencyKey, key: 'spring', name: 'Spring', budgetMinor } },
    })
  ).data.saveSharedBudget;

test('a shared budget is made, drawn on, and lowered no further than what is used', async () => {
  const token = await api.tokenOf('approver');
  const made = {
    sharedBudget: {
      key: 'spring',
      name: 'Spring',
      budget: { amountMinor: 5_000, currency: 'EUR' },
      reserved: { amountMinor: 0 },
      spent: { amountMinor: 0 },
    },
    userErrors: [],
  };
  expect(await save(5_000, token, 'same')).toEqual(made);
  expect(await save(5_000, token, 'same')).toEqual(made);
  const content = {
    promotions: [percentOff(1_000)],
    sharedBudgetKey: 'spring',
    onBudgetShort: 'refuse',
    limits: [{ per: ['user'], period: 'day', maxUses: 1 }],
  };
  const campaign = await goLive(api, content);
  const { data } = await api.ask<{ campaign: { budget: unknown } }>(BUDGET, { token, variables: { id: campaign.id } });
  expect(data.campaign.budget).toEqual({
    limits: [{ per: ['user'], period: 'day', maxUses: 1, maxMinor: null }],
    sharedBudgetKey: 'spring',
    onBudgetShort: 'refuse',
  });
  const lines = [{ sku: 'A', quantity: 1 }];
  expect((await place(api, { externalId: 'l-1', userId: 'u-1', lines })).order?.discount.amountMinor).toBe(100);
  expect((await place(api, { externalId: 'l-2', userId: 'u-1', lines })).order?.discount.amountMinor).toBe(0);
  expect(await save(99, token)).toMatchObject({ sharedBudget: null, userErrors: [{ code: 'BELOW_USED', field: ['budgetMinor'] }] });
  expect(await save(100, token)).toMatchObject({ sharedBudget: { spent: { amountMinor: 100 } } });

  const lower = async (input: object) =>
    (
      await api.ask<{ lowerCampaignLimits: unknown }>(LOWER, {
        token,
        variables: { input: { idempotencyKey: newId(), id: campaign.id, expectedVersion: 1, ...input } },
      })
    ).data.lowerCampaignLimits;
  const refusal = (code: string, field: string) => ({ campaign: null, userErrors: [{ code, field: [field] }] });
  expect(await lower({ budgetMinor: 99 })).toEqual(refusal('BELOW_USED', 'budgetMinor'));
  expect(await lower({ budgetMinor: 100_001 })).toEqual(refusal('ABOVE_APPROVED', 'budgetMinor'));
  expect(await lower({ maxRedemptions: 5, expectedVersion: 2 })).toEqual(refusal('STALE_VERSION', 'expectedVersion'));
  expect(await lower({ maxRedemptions: 5 })).toEqual({ campaign: { id: campaign.id }, userErrors: [] });
  expect(await lower({ maxRedemptions: 6 })).toEqual(refusal('ABOVE_APPROVED', 'maxRedemptions'));
  expect(await lower({ maxRedemptions: 1, budgetMinor: 100 })).toMatchObject({ userErrors: [] });
  const lowered = await api.ask('query ($id: ID!) { campaign(id: $id) { budget { budget { amountMinor } maxRedemptions } } }', {
    token,
    variables: { id: campaign.id },
  });
  expect(lowered.data).toEqual({ campaign: { budget: { budget: { amountMinor: 100 }, maxRedemptions: 1 } } });
});

test('a revision that says nothing of limits keeps them; an empty list takes them away', async () => {
  const limits = [{ per: ['guest', 'code'], maxMinor: 500 }];
  const { id } = await createDraft(api, { promotions: [percentOff(1_000)], limits, sharedBudgetKey: 'spring' });
  const token = await api.tokenOf('analyst');
  const revise = async (expectedVersion: number, changes: object) => {
    await api.ask('mutation ($input: ReviseCampaignInput!) { reviseCampaign(input: $input) { userErrors { code } } }', {
      token,
      variables: { input: { id, expectedVersion, content: contentOf({ promotions: [percentOff(1_000)], ...changes }) } },
    });
    return (await api.ask<{ campaign: { budget: object } }>(BUDGET, { token, variables: { id } })).data.campaign.budget;
  };
  expect(await revise(1, {})).toMatchObject({
    limits: [{ per: ['guest', 'code'], period: 'none', maxMinor: 500 }],
    sharedBudgetKey: 'spring',
  });
  expect(await revise(2, { limits: [], sharedBudgetKey: null })).toMatchObject({ limits: [], sharedBudgetKey: null });
});

test('limits that say nothing, an unknown shared budget and a clear e-mail are refused with their field', async () => {
  const token = await api.tokenOf('analyst');
  const create = (content: object) =>
    api.ask<{ createCampaign: unknown }>(
      'mutation ($input: CreateCampaignInput!) { createCampaign(input: $input) { userErrors { code field } } }',
      {
        token,
        variables: { input: { idempotencyKey: newId(), content: contentOf({ promotions: [percentOff(1_000)], ...content }) } },
      },
    );
  expect((await create({ limits: [{ per: ['user'] }] })).data.createCampaign).toEqual({
    userErrors: [{ code: 'INVALID_CONTENT', field: ['content', 'limits', '0'] }],
  });
  expect((await create({ sharedBudgetKey: 'none' })).errors[0]?.extensions).toMatchObject({
    code: 'BAD_USER_INPUT',
    field: ['content', 'sharedBudgetKey'],
  });
  const cart = { currency: 'EUR', lines: [{ sku: 'A', quantity: 1 }], guestKey: 'ana@shop.example' };
  const { errors } = await api.ask('query ($cart: CartInput!) { evaluateCart(cart: $cart) { userErrors { code } } }', {
    token: await api.keyOf('publishable'),
    variables: { cart },
  });
  expect(errors[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', field: ['guestKey'] });
});

test('only approvers change what may be spent', async () => {
  const token = await api.tokenOf('analyst');
  const input = { idempotencyKey: newId(), key: 'x', name: 'X', budgetMinor: 1 };
  expect((await api.ask(SAVE, { token, variables: { input } })).errors[0]?.extensions.code).toBe('FORBIDDEN');
});
