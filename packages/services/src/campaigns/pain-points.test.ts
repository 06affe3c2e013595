import { CampaignContent, newId, type PromotionRule } from '@promolift/domain';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { evaluateCart } from '../promotions/evaluate-cart.ts';
import { findDecision } from '../promotions/explain-decision.ts';
import { offersFor } from '../promotions/offers.ts';
import { placeOrder } from '../promotions/place-order.ts';
import { previewCart } from '../promotions/preview-cart.ts';
import { reserveOffer } from '../promotions/redemptions.ts';
import { endAll, goLive, openTestShop, type TestShop } from '../promotions/test-campaign.ts';
import { recommend } from '../recommendations/recommend.ts';
import { aRun } from '../testing/small-shop.ts';
import { readAudienceOutcomes } from './measure/audience-outcomes.ts';
import { verdictOf } from './measure/verdict.ts';
import { proposeCampaigns } from './propose/propose-campaigns.ts';
import { createCampaign, reviseCampaign } from './write-campaign.ts';

let shop: TestShop;
beforeAll(async () => {
  shop = await openTestShop();
  await shop.pool.query('insert into settings (key, value) values (\'shop\', \'{"currency":"EUR"}\')');
  await shop.pool.query("update users set created_at = '2026-01-01'");
});
afterEach(() => endAll(shop));
afterAll(() => shop.stop());

const TEN: PromotionRule = { kind: 'percent_off', basisPoints: 1_000, scope: { kind: 'all' } };
const TWENTY: PromotionRule = { ...TEN, basisPoints: 2_000 };
const cartOf = (userExternalId: string) => ({ currency: 'EUR', userExternalId, lines: [{ sku: 'S-0', quantity: 1 }] });
const totalOf = async (userExternalId = 'u-1') => {
  const priced = await evaluateCart(shop.deps(), cartOf(userExternalId));
  return priced.ok && priced.value.evaluation.totals.totalMinor;
};

test('no safe edit or preview: a change is a new version that no cart sees before its approval, the old one never changes, and both can be tried at any time', async () => {
  const id = await goLive(shop, { rules: [TEN] });
  const { rows } = await shop.pool.query<{ content: object }>('select content from campaign_versions where campaign_id = $1', [id]);
  const content = { ...rows[0]?.content, promotions: [{ id: newId(), rule: TWENTY }] };
  expect(await reviseCampaign(shop.deps(), { id, expectedVersion: 1, content })).toMatchObject({ ok: true });
  expect(await totalOf()).toBe(900);
  const draft = await createCampaign(shop.deps(), { idempotencyKey: newId(), content });
  if (!draft.ok) throw new Error(draft.refusal.message);
  expect(await totalOf()).toBe(900);
  const preview = async (at: string | null, includeDrafts: boolean) => {
    const seen = await previewCart(shop.deps(), cartOf('u-1'), { at: at === null ? null : new Date(at), includeDrafts });
    return seen.ok && seen.value.evaluation.totals.totalMinor;
  };
  expect([await preview(null, false), await preview(null, true)].map(Number)).toEqual([900, 720]);
  expect(await preview('2026-03-20T12:00:00Z', true)).toBe(1_000);
  await expect(
    shop.pool.query("update campaigns set status = 'live', live_version = current_version where id = $1", [draft.value.campaignId]),
  ).rejects.toMatchObject({ message: expect.stringMatching(/approv/i) });
  await expect(
    shop.pool.query("update campaign_versions set content = jsonb_set(content, '{name}', '\"x\"') where campaign_id = $1", [id]),
  ).rejects.toMatchObject({ message: expect.any(String) });
  const { rows: who } = await shop.pool.query("select action from audit_entries where subject_id = $1 and action = 'campaign.created'", [
    draft.value.campaignId,
  ]);
  expect(who).toHaveLength(1);
});

test('lift is hard to get honestly: a tenth is held out unless somebody says otherwise, from codes and reservations too, and the result counts the discount', async () => {
  const content = {
    name: 'x',
    promotions: [{ id: newId(), rule: TEN }],
    audience: { segmentKeys: 'all' as const },
    budget: { budgetMinor: 1, currency: 'EUR' },
    schedule: { startsAt: '2026-03-10T00:00:00Z', endsAt: '2026-03-11T00:00:00Z', timeZone: 'UTC' },
  };
  expect(CampaignContent.parse(content).holdoutBasisPoints).toBe(1_000);
  const rule: PromotionRule = {
    kind: 'coupon',
    code: 'SPRING',
    basisPoints: 1_000,
    maximumAmounts: { EUR: 1_000 },
    minimumSpend: null,
    scope: { kind: 'all' },
  };
  const id = await goLive(shop, { rules: [rule], holdoutBasisPoints: 5_000 });
  const { rows } = await shop.pool.query<{ id: string }>('select id from promotions where campaign_id = $1', [id]);
  const arms = { offered: 0, heldOut: 0 };
  for (let n = 0; n < 40; n += 1) {
    const cart = { ...cartOf(`u-${n}`), codes: ['spring'] };
    const { isHeldOut } = await offersFor(shop.deps(), { userExternalId: `u-${n}`, anonymousId: null });
    const reserved = await reserveOffer(shop.deps(), {
      idempotencyKey: newId(),
      campaignId: id,
      promotionId: rows[0]?.id ?? '',
      cart,
      timeToLiveSeconds: 9,
    });
    const placed = await placeOrder(shop.deps(), { ...cart, idempotencyKey: newId(), externalId: `lift-${n}` });
    expect([reserved.ok, placed.ok && placed.value.redemptionIds.length]).toEqual(isHeldOut ? [false, 0] : [true, 1]);
    arms[isHeldOut ? 'heldOut' : 'offered'] += 1;
  }
  expect(Math.min(arms.offered, arms.heldOut)).toBeGreaterThan(8);
  const measured = {
    id,
    startsAt: new Date('2026-03-10T00:00:00Z'),
    until: new Date('2026-03-11T00:00:00Z'),
    segmentKeys: 'all',
    holdoutBasisPoints: 5_000,
    currency: 'EUR',
  } as const;
  const outcomes = await readAudienceOutcomes(shop.pool, measured, 'salt of tests');
  const bought = outcomes.filter(({ units }) => units > 0);
  expect(bought.filter(({ isHeldOut }) => isHeldOut)).toHaveLength(arms.heldOut);
  // Paid less cost: 9.00 − 1.00 with the discount, 10.00 − 1.00 without.
  expect(new Set(bought.map(({ isHeldOut, margin }) => `${isHeldOut} ${margin}`))).toEqual(new Set(['false 800', 'true 900']));
  const margin = { mean: 5, lower95: 1, upper95: 9 };
  const finding = {
    margin,
    isHoldoutKept: true,
    leakedCount: 0,
    isOver: true,
    elapsedDays: 14,
    currency: 'EUR',
    offeredCount: 100,
    heldOutCount: 3,
  };
  expect([true, false].map((isSampleRatioOk) => verdictOf({ ...finding, isSampleRatioOk }))).toEqual(['gain', 'sample_ratio_failed']);
});

test('the ML parts rot or mislead: a cold start answers and says how, nothing is proposed out of nothing, and what was decided is kept with its chance', async () => {
  const cold = await recommend(shop.deps(), { userExternalId: 'u-1', first: 3 });
  expect(cold).toMatchObject({ servedBy: 'POPULAR', modelVersion: null, fallbackReason: expect.stringMatching(/[a-z]/) });
  expect(cold.items.every(({ reasons }) => reasons.length > 0)).toBe(true);
  const offers = await offersFor(shop.deps(), { userExternalId: 'u-1', anonymousId: null });
  expect(await findDecision(shop.deps(), offers.decisionId)).toMatchObject({ policy: 'rules', probability: 1 });
  await expect(
    shop.pool.query(
      "insert into models (id, kind, version, status, algorithm, metrics, seed, data_from, data_to) select uuid_v7(), 'recommender', n, 'champion', 'x', '{}', 1, now(), now() from generate_series(1, 2) n",
    ),
  ).rejects.toMatchObject({ code: expect.stringMatching(/^23/) });
  expect(await proposeCampaigns(shop.deps(), aRun())).toMatchObject({ proposedCount: 0 });
});
