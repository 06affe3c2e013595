import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApi, type TestApi } from '../shared/test-api.ts';
import { createDraft, fillShop, goLive, percentOff } from './test-shop.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
  await fillShop(api);
});
afterAll(() => api.stop());

const CONDITION = {
  kind: 'and',
  conditions: [
    { kind: 'country', countries: ['DE'] },
    { kind: 'not', condition: { kind: 'first_order' } },
  ],
};

type Rejected = {
  reason: string;
  required: string | null;
  condition: { path: string; kind: string; actual: string | null; isUnknown: boolean; isNegated: boolean } | null;
  message: { en: string };
};

async function rejectedFor(kind: 'publishable' | 'secret', cart: object): Promise<Rejected | undefined> {
  const query = `query ($cart: CartInput!) { evaluateCart(cart: $cart) {
    evaluation { rejected { reason required condition { path kind actual isUnknown isNegated } message { en } } } userErrors { code field } } }`;
  const variables = { cart: { currency: 'EUR', userId: 'u-1', lines: [{ sku: 'A', quantity: 1 }], ...cart } };
  const { data } = await api.ask<{ evaluateCart: { evaluation: { rejected: Rejected[] } } }>(query, {
    token: await api.keyOf(kind),
    variables,
  });
  return data.evaluateCart.evaluation.rejected[0];
}

test('the reason names the condition; a browser hears of the cart, not of the shopper', async () => {
  await goLive(api, { promotions: [{ ...percentOff(1_000), condition: CONDITION }] });
  const elsewhere = await rejectedFor('publishable', { country: 'AT' });
  expect(elsewhere).toMatchObject({
    reason: 'CONDITION_NOT_MET',
    required: 'DE',
    condition: { path: 'conditions.0', kind: 'country', actual: 'AT', isUnknown: false, isNegated: false },
    message: { en: 'This offer is only to Germany and not on the first order.' },
  });
  expect(await rejectedFor('secret', { country: 'DE' })).toMatchObject({
    reason: 'CONDITION_NOT_MET',
    condition: { path: 'conditions.1.condition', kind: 'first_order', actual: '0', isUnknown: false, isNegated: true },
  });
  expect(await rejectedFor('publishable', { country: 'DE' })).toEqual({
    reason: 'NOT_AVAILABLE',
    required: null,
    condition: null,
    message: { en: 'This offer is not available.' },
  });
});

test('a campaign keeps its condition, shows it, and a wrong one names its field', async () => {
  const draft = await createDraft(api, { promotions: [{ ...percentOff(1_000), condition: CONDITION }] });
  const token = await api.tokenOf('analyst');
  const { data } = await api.ask<{ campaign: { promotions: { condition: unknown; sentence: { en: string } }[] } }>(
    'query ($id: ID!) { campaign(id: $id) { promotions { condition sentence { en } } } }',
    { token, variables: { id: draft.id } },
  );
  expect(data.campaign.promotions).toEqual([
    { condition: CONDITION, sentence: { en: '10% off everything, only to Germany and not on the first order' } },
  ]);
  const node = await api.ask<{ node: { condition: unknown } }>('query ($id: ID!) { node(id: $id) { ... on Promotion { condition } } }', {
    token,
    variables: { id: draft.promotions[0]?.id },
  });
  expect(node.data.node.condition).toEqual(CONDITION);
  const wrong = await api.ask<{ createCampaign: { userErrors: { field: string[] }[] } }>(
    'mutation ($input: CreateCampaignInput!) { createCampaign(input: $input) { userErrors { field } } }',
    { token, variables: { input: { idempotencyKey: 'wrong', content: wrongContent() } } },
  );
  expect(wrong.data.createCampaign.userErrors[0]?.field.slice(0, 4)).toEqual(['content', 'promotions', '0', 'condition']);
});

const wrongContent = () => ({
  name: 'Wrong',
  startsAt: new Date().toISOString(),
  endsAt: new Date(Date.now() + 86_400_000).toISOString(),
  timeZone: 'UTC',
  budgetMinor: 1_000,
  promotions: [{ ...percentOff(1_000), condition: { kind: 'and', conditions: [{ kind: 'weekday', weekdays: ['someday'] }] } }],
});

test('a form is told every kind of condition; birthdays need the secret key', async () => {
  const { data } = await api.ask<{ conditionKinds: { kind: string; label: { zh: string }; arguments: { unit: string }[] }[] }>(
    '{ conditionKinds { kind label { zh } arguments } }',
    { token: await api.tokenOf('viewer') },
  );
  expect(data.conditionKinds.map(({ kind }) => kind)).toContain('orders_in_days');
  const set = async (kind: 'publishable' | 'secret', birthday: string) =>
    api.ask<{ setBirthday: { user: { externalId: string } | null; userErrors: { code: string }[] } }>(
      'mutation ($input: SetBirthdayInput!) { setBirthday(input: $input) { user { externalId } userErrors { code } } }',
      { token: await api.keyOf(kind), variables: { input: { userId: 'u-2', birthday } } },
    );
  expect((await set('secret', '02-29')).data.setBirthday).toEqual({ user: { externalId: 'u-2' }, userErrors: [] });
  expect((await set('secret', '13-01')).data.setBirthday).toMatchObject({ user: null, userErrors: [{ code: 'INVALID_BIRTHDAY' }] });
  expect((await set('publishable', '02-29')).errors?.[0]).toBeDefined();
});
