import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { act, contentOf, couponOf, createDraft, endAll, evaluate, fillShop, goLive, percentOff, place } from '../promotions/test-shop.ts';
import { startTestApi, type TestApi } from '../shared/test-api.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
  await fillShop(api);
});
afterEach(() => endAll(api));
afterAll(() => api.stop());

const CART = { lines: [{ sku: 'A', quantity: 2 }] };

describe('the life of a campaign', () => {
  test('draft, review, approval by another manager, live, applied, redeemed, given back', async () => {
    const campaign = await goLive(api, { promotions: [percentOff(1_000)] });
    const { evaluation } = await evaluate(api, { ...CART, userId: 'u-1' });
    expect(evaluation).toMatchObject({
      subtotal: { amountMinor: 2_000 },
      discount: { amountMinor: 200 },
      total: { amountMinor: 1_800 },
      isHeldOut: null,
    });
    expect(evaluation?.applied).toEqual([{ campaignId: campaign.id, code: null, amount: { amountMinor: 200 } }]);

    const placed = await place(api, { externalId: 'life-1', userId: 'u-1', expectedTotalMinor: 1_800, ...CART });
    expect(placed).toMatchObject({
      order: { status: 'placed', total: { amountMinor: 1_800 } },
      redemptions: [{ status: 'committed', amount: { amountMinor: 200 } }],
      userErrors: [],
    });
    expect(await readBudget(campaign.id)).toMatchObject({
      budget: { spent: { amountMinor: 200 }, redemptionCount: 1 },
      ledger: [{ kind: 'commit' }, { kind: 'reserve' }],
      redemptions: [{ order: { externalId: 'life-1' }, user: { externalId: 'u-1' } }],
    });

    const cancelled = await api.ask(
      'mutation { cancelOrder(input: { idempotencyKey: "c-1", externalId: "life-1" }) { order { status } released { status refunded { amountMinor } } userErrors { code } } }',
      { token: await api.keyOf('secret') },
    );
    expect(cancelled.data).toEqual({
      cancelOrder: { order: { status: 'cancelled' }, released: [{ status: 'committed', refunded: { amountMinor: 200 } }], userErrors: [] },
    });
    expect(await readBudget(campaign.id)).toMatchObject({
      budget: { spent: { amountMinor: 0 } },
      ledger: [{ kind: 'refund' }, { kind: 'commit' }, { kind: 'reserve' }],
    });
  });

  test('who wrote it may not approve it, whatever their role', async () => {
    const token = await api.tokenOf('approver');
    const draft = await createDraft(api, { promotions: [percentOff(500)] }, token);
    const review = await act(api, 'requestReview', { id: draft.id, expectedVersion: 1 }, token);
    expect(review.campaign).toMatchObject({ status: 'in_review' });
    expect(review.campaign?.allowedActions).not.toContain('approve');
    const answer = await act(api, 'approveCampaign', { id: draft.id, expectedVersion: 1, contentHash: draft.contentHash }, token);
    expect(answer).toMatchObject({ campaign: null, userErrors: [{ code: 'AUTHOR_MAY_NOT_APPROVE' }] });
  });

  test('a revision voids what was read before: old version and old hash are refused', async () => {
    const draft = await createDraft(api, { promotions: [percentOff(500)] });
    const [analyst, approver] = [await api.tokenOf('analyst'), await api.tokenOf('approver')];
    const revised = await api.ask<{ reviseCampaign: { campaign: { version: number; contentHash: string } } }>(
      'mutation ($input: ReviseCampaignInput!) { reviseCampaign(input: $input) { campaign { version contentHash } userErrors { code } } }',
      { token: analyst, variables: { input: { id: draft.id, expectedVersion: 1, content: contentOf({ promotions: [percentOff(700)] }) } } },
    );
    expect(revised.data.reviseCampaign.campaign.version).toBe(2);
    expect((await act(api, 'requestReview', { id: draft.id, expectedVersion: 1 }, analyst)).userErrors[0]).toMatchObject({
      code: 'STALE_VERSION',
      field: ['expectedVersion'],
    });
    await act(api, 'requestReview', { id: draft.id, expectedVersion: 2 }, analyst);
    expect(
      (await act(api, 'approveCampaign', { id: draft.id, expectedVersion: 2, contentHash: draft.contentHash }, approver)).userErrors[0]
        ?.code,
    ).toBe('STALE_VERSION');
    const rejected = await act(
      api,
      'rejectCampaign',
      { id: draft.id, expectedVersion: 2, reasonCode: 'TOO_COSTLY', comment: 'no' },
      approver,
    );
    expect(rejected.campaign).toMatchObject({ status: 'rejected', allowedActions: [] });
  });

  test('a rule that is not valid is named in the refusal', async () => {
    const answer = await api.ask(
      'mutation ($input: CreateCampaignInput!) { createCampaign(input: $input) { campaign { id } userErrors { code field } } }',
      {
        token: await api.tokenOf('analyst'),
        variables: { input: { idempotencyKey: 'bad-rule', content: contentOf({ promotions: [percentOff(20_000)], budgetMinor: 0 }) } },
      },
    );
    expect(answer.data).toMatchObject({
      createCampaign: {
        campaign: null,
        userErrors: [{ code: 'INVALID_CONTENT', field: ['content', 'promotions', '0', 'rule', 'basisPoints'] }],
      },
    });
  });

  test('the kill switch stops every promotion at the next request', async () => {
    await goLive(api, { promotions: [percentOff(1_000)] });
    expect((await evaluate(api, CART)).evaluation?.applied).toHaveLength(1);
    await api.ask('mutation { killAllCampaigns { settings { isEverythingKilled } } }', { token: await api.tokenOf('approver') });
    expect((await evaluate(api, CART)).evaluation).toMatchObject({
      applied: [],
      rejected: [{ reason: 'KILLED' }],
      total: { amountMinor: 2_000 },
    });
    await api.ask('mutation { releaseKillSwitch { settings { isEverythingKilled } } }', { token: await api.tokenOf('admin') });
    expect((await evaluate(api, CART)).evaluation?.applied).toHaveLength(1);
    await endAll(api);
    expect((await evaluate(api, CART)).evaluation?.applied).toEqual([]);
  });

  test('who is held out gets nothing, even with the code, sees no offer, and a publishable key learns no more', async () => {
    await goLive(api, { promotions: [couponOf('SAVE20', 2_000)], holdoutBasisPoints: 5_000 });
    const answers = await Promise.all(
      Array.from({ length: 30 }, async (_, index) => {
        const userId = `u-${index + 1}`;
        const seenBy = async (kind: 'publishable' | 'secret') => {
          const token = await api.keyOf(kind);
          const [priced, offers] = await Promise.all([
            evaluate(api, { ...CART, userId, codes: ['save20'] }, token),
            api.ask<Offers>(OFFERS, { token, variables: { userId } }),
          ]);
          return { evaluation: priced.evaluation, offers: offers.data.offers };
        };
        return { browser: await seenBy('publishable'), shop: await seenBy('secret') };
      }),
    );
    const heldOut = answers.filter(({ shop }) => shop.evaluation?.isHeldOut);
    expect(heldOut.length).toBeGreaterThan(3);
    expect(heldOut.length).toBeLessThan(27);
    for (const { browser, shop } of heldOut) {
      expect(browser.evaluation).toMatchObject({ applied: [], rejected: [{ reason: 'NOT_AVAILABLE' }] });
      expect(browser.offers.offers).toEqual([]);
      expect(shop.offers).toMatchObject({ isHeldOut: true, offers: [] });
    }
    const [other] = answers.filter(({ shop }) => shop.evaluation?.isHeldOut === false);
    expect(other?.browser.evaluation?.applied[0]).toMatchObject({ code: 'SAVE20', amount: { amountMinor: 400 } });
    expect(other?.browser.offers.offers[0]).toMatchObject({ code: 'SAVE20', kind: 'coupon', isPersonalised: false });
    // Held out or not, what a browser is told of it is nothing.
    for (const { browser } of answers) expect([browser.evaluation?.isHeldOut, browser.offers.isHeldOut]).toEqual([null, null]);
  });
});

type Offers = { offers: { isHeldOut: boolean | null; offers: { code: string | null; kind: string; isPersonalised: boolean }[] } };
const OFFERS =
  'query ($userId: String) { offers(userId: $userId) { isHeldOut offers { code kind isPersonalised trackingToken products { sku } sentence { en } } } }';

async function readBudget(id: string): Promise<unknown> {
  const query =
    'query ($id: ID!) { campaign(id: $id) { budget { spent { amountMinor } redemptionCount } ledger { kind } redemptions { order { externalId } user { externalId } } guardrails { key value limit passed } audience { isEverybody size } } }';
  const { data, errors } = await api.ask<{ campaign: unknown }>(query, { token: await api.tokenOf('viewer'), variables: { id } });
  expect(errors).toEqual([]);
  return data.campaign;
}
