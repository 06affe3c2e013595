import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { act, contentOf, endAll, fillShop, goLive, percentOff, place } from '../promotions/test-shop.ts';
import { startTestApi, type TestApi } from '../shared/test-api.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
  await fillShop(api);
});
afterEach(() => endAll(api));
afterAll(() => api.stop());

const CONTENT = () => contentOf({ promotions: [percentOff(1_000)] });
const REHEARSE = `query ($input: RehearseCampaignInput!) { rehearseCampaign(input: $input) {
  rehearsal { cartCount cartTotal next touchedCount discount { amountMinor } collisions { outcome cartCount campaign { id } } }
  userErrors { code field } } }`;
const DESCRIBE = `query ($input: DescribeCampaignInput!) { describeCampaign(input: $input) {
  sentences { en zh } guardrails { key passed } userErrors { code field } } }`;

test('a campaign is rehearsed and described before it is saved, by analysts and above', async () => {
  await place(api, { externalId: 'past-1', userId: 'u-1', lines: [{ sku: 'A', quantity: 2 }], expectedTotalMinor: 2_000 });
  const ask = (query: string, token: string, input: object = { content: CONTENT() }) =>
    api.ask<Record<string, unknown> | null>(query, { token, variables: { input } });
  const analyst = await api.tokenOf('analyst');
  const described = await ask(DESCRIBE, analyst);
  expect(described.data?.describeCampaign).toMatchObject({ sentences: [{ en: expect.stringContaining('10%') }], userErrors: [] });
  const refused = await ask(DESCRIBE, analyst, {
    content: { ...CONTENT(), promotions: [{ kind: 'percent_off', rule: { basisPoints: 0 } }] },
  });
  expect(refused.data?.describeCampaign).toMatchObject({ sentences: [], userErrors: [{ code: 'INVALID_CONTENT' }] });
  const rehearsed = await ask(REHEARSE, analyst);
  expect(rehearsed.data?.rehearseCampaign).toMatchObject({ rehearsal: { next: null, collisions: [] }, userErrors: [] });
  const viewer = await ask(REHEARSE, await api.tokenOf('viewer'));
  expect(viewer.data?.rehearseCampaign ?? null).toBeNull();
});

test('a live campaign is revised beside what it serves, and its versions tell their rules in words', async () => {
  const campaign = await goLive(api, { promotions: [percentOff(1_000)] });
  const revised = await api.ask<{ reviseCampaign: { campaign: object } }>(
    `mutation ($input: ReviseCampaignInput!) { reviseCampaign(input: $input) { campaign {
       status version liveVersion revision allowedActions versions { version promotions { sentence { en } } } } userErrors { code message } } }`,
    {
      token: await api.tokenOf('analyst'),
      variables: { input: { id: campaign.id, expectedVersion: 1, content: contentOf({ promotions: [percentOff(2_000)] }) } },
    },
  );
  expect(revised.data.reviseCampaign).toMatchObject({
    campaign: {
      status: 'live',
      version: 2,
      liveVersion: 1,
      revision: 'in_review',
      versions: [
        { version: 2, promotions: [{ sentence: { en: expect.stringContaining('20%') } }] },
        { version: 1, promotions: [{ sentence: { en: expect.stringContaining('10%') } }] },
      ],
    },
    userErrors: [],
  });
  const approver = await api.tokenOf('approver');
  const rejected = await act(api, 'rejectCampaign', { id: campaign.id, expectedVersion: 2, reasonCode: 'TOO_COSTLY' }, approver);
  expect(rejected.campaign).toMatchObject({ status: 'live', version: 1 });
});
