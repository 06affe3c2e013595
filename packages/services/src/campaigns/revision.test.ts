import { ledgerDifferences } from '@promolift/db';
import { type CampaignContent, newId, type PromotionRule, type Role } from '@promolift/domain';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { placeOrder } from '../promotions/place-order.ts';
import { endAll, goLive, openTestShop, type TestShop } from '../promotions/test-campaign.ts';
import type { Deps } from '../shared/deps.ts';
import { advanceCampaigns } from './advance-campaigns.ts';
import { allowedCampaignActions } from './read/campaign-actions.ts';
import { findCampaign, listCampaigns } from './read/read-campaigns.ts';
import { approveCampaign, rejectCampaign, requestChanges } from './review-campaign.ts';
import { killCampaign, pauseCampaign, resumeCampaign } from './run-campaign.ts';
import { reviseCampaign } from './write-campaign.ts';

let shop: TestShop;
let writer: Deps;
let approver: () => Deps;
beforeAll(async () => {
  shop = await openTestShop();
  await shop.pool.query("insert into settings (key, value) values ('shop', $1)", [
    JSON.stringify({ currency: 'EUR', twoApproverBudgetMinor: 1_000_000 }),
  ]);
  const signIn = async (role: Role) => {
    const id = newId();
    await shop.pool.query("insert into managers (id, email, name, password_hash, role) values ($1, $2, 'Ana', 'x', $3)", [
      id,
      `${id}@shop.example`,
      role,
    ]);
    return (): Deps => ({
      ...shop.deps(),
      actor: { kind: 'manager', id, name: 'Ana', principal: { kind: 'manager', managerId: id, role } },
    });
  };
  writer = (await signIn('analyst'))();
  approver = await signIn('approver');
});
afterEach(async () => {
  expect(await ledgerDifferences(shop.pool)).toEqual([]);
  await endAll(shop);
});
afterAll(() => shop.stop());

const off = (basisPoints: number): PromotionRule => ({ kind: 'percent_off', basisPoints, scope: { kind: 'all' } });
const view = async (id: string) => {
  const found = await findCampaign(shop.deps(), id);
  if (!found) throw new Error('no such campaign');
  return found;
};
/** A version that takes this share off; the rest as it is. */
async function revise(id: string, basisPoints: number, change: Partial<CampaignContent> = {}) {
  const { content, version } = await view(id);
  const promotions = content.promotions.map((promotion) => ({ ...promotion, rule: off(basisPoints) }));
  return reviseCampaign(
    { ...writer, em: shop.deps().em },
    { id, expectedVersion: version, content: { ...content, promotions, ...change } },
  );
}
async function approve(id: string) {
  const { version, contentHash } = await view(id);
  return approveCampaign(approver(), { id, expectedVersion: version, contentHash });
}
let orders = 0;
/** What a cart of snacks for 10.00 each saves now. */
async function saving(quantity = 1): Promise<number> {
  orders += 1;
  const externalId = `revision-${orders}`;
  const placed = await placeOrder(shop.deps(), {
    idempotencyKey: externalId,
    externalId,
    currency: 'EUR',
    lines: [{ sku: 'S-0', quantity }],
    userExternalId: `u-${orders}`,
  });
  if (!placed.ok) throw new Error(placed.refusal.message);
  return placed.value.evaluated?.evaluation.totals.discountMinor ?? 0;
}

test('a live campaign serves its approved version until the new one is approved, and what was spent stays spent', async () => {
  const id = await goLive(shop, { rules: [off(1_000)] });
  expect(await saving()).toBe(100);
  expect(await revise(id, 2_000)).toMatchObject({ ok: true });
  expect(await view(id)).toMatchObject({ status: 'live', version: 2, liveVersion: 1 });
  expect(await saving()).toBe(100);
  expect(await approve(id)).toMatchObject({ ok: true });
  expect(await view(id)).toMatchObject({ status: 'live', version: 2, liveVersion: 2, spentMinor: 200 });
  expect(await saving()).toBe(200);
  expect((await view(id)).spentMinor).toBe(400);
});

test('a flash sale goes on counting its units through every version, also while a revision waits', async () => {
  const flash = (basisPoints: number, stockCapUnits: number): PromotionRule => ({
    kind: 'flash_sale',
    basisPoints,
    stockCapUnits,
    scope: { kind: 'all' },
  });
  const to = async (rule: PromotionRule) => {
    const { content, version } = await view(id);
    // As the API sends them: with new ids of no meaning.
    const promotions = [{ id: 'promotion-1', rule }];
    return reviseCampaign({ ...writer, em: shop.deps().em }, { id, expectedVersion: version, content: { ...content, promotions } });
  };
  const id = await goLive(shop, { rules: [flash(2_000, 5)] });
  expect(await saving(3)).toBe(600);
  await to(flash(3_000, 8));
  expect(await saving(1)).toBe(200);
  expect(await approve(id)).toMatchObject({ ok: true });
  expect(await saving(1)).toBe(300);
  await to(flash(2_500, 8));
  await approve(id);
  // Five are sold; of twenty at once three get one of what is left.
  const told = await Promise.allSettled(Array.from({ length: 20 }, () => saving(1)));
  expect(told.filter((one) => one.status === 'fulfilled' && one.value === 250)).toHaveLength(3);
  const { rows } = await shop.pool.query('select units, max_units from limit_counters where campaign_id = $1 and key like $2', [
    id,
    'units|%',
  ]);
  expect(rows).toEqual([{ units: 8, max_units: 8 }]);
  await to(flash(2_500, 2));
  await approve(id);
  expect(await saving(1)).toBe(0);
});

test('it waits in the inbox, and only somebody who did not write it may approve it', async () => {
  const id = await goLive(shop, { rules: [off(1_000)] });
  const waiting = async () =>
    (await listCampaigns(shop.deps(), { first: 10, filter: { isAwaitingDecision: true } })).nodes.some((node) => node.id === id);
  expect(await waiting()).toBe(false);
  await revise(id, 2_000);
  expect(await waiting()).toBe(true);
  const { version, contentHash } = await view(id);
  const versions = [{ createdBy: writer.actor.kind === 'manager' ? writer.actor.id : null }];
  expect(allowedCampaignActions(await view(id), { versions, approvals: [] }, approver().actor)).toContain('approve');
  expect(allowedCampaignActions(await view(id), { versions, approvals: [] }, writer.actor)).not.toContain('approve');
  expect(await approveCampaign({ ...writer, em: shop.deps().em }, { id, expectedVersion: version, contentHash })).toMatchObject({
    ok: false,
  });
  expect(await saving()).toBe(100);
});

test('the database itself refuses to serve a revision that nobody approved', async () => {
  const id = await goLive(shop, { rules: [off(1_000)] });
  await revise(id, 9_000);
  await expect(shop.pool.query('update campaigns set live_version = 2 where id = $1', [id])).rejects.toThrow('version 2 has no approval');
});

test('a rejected revision is gone, and the next has a new number', async () => {
  const id = await goLive(shop, { rules: [off(1_000)] });
  await revise(id, 2_000);
  expect(await rejectCampaign(approver(), { id, expectedVersion: 2, reasonCode: 'TOO_COSTLY' })).toMatchObject({ ok: true });
  expect(await view(id)).toMatchObject({ status: 'live', version: 1, liveVersion: 1 });
  expect(await saving()).toBe(100);
  await revise(id, 1_500);
  expect(await view(id)).toMatchObject({ version: 3, liveVersion: 1 });
});

test('changes that were asked for keep it from approval until it is written anew', async () => {
  const id = await goLive(shop, { rules: [off(1_000)] });
  await revise(id, 2_000);
  await requestChanges(approver(), { id, expectedVersion: 2, comment: 'Less.' });
  expect(await approve(id)).toMatchObject({ ok: false, refusal: { kind: 'wrong-status' } });
  await revise(id, 1_500);
  expect(await approve(id)).toMatchObject({ ok: true });
  expect(await saving()).toBe(150);
});

test('a paused campaign resumes with its approved version', async () => {
  const id = await goLive(shop, { rules: [off(1_000)] });
  await pauseCampaign(approver(), { id, expectedVersion: 1 });
  await revise(id, 2_000);
  expect(await saving()).toBe(0);
  await resumeCampaign(approver(), { id, expectedVersion: 2 });
  expect(await saving()).toBe(100);
});

const HOUR_MS = 3_600_000;
/** A campaign that an approver signed and that starts in an hour. */
async function planned(): Promise<string> {
  const id = await goLive(shop, { rules: [off(1_000)] });
  await shop.pool.query("update campaigns set status = 'scheduled', starts_at = $2 where id = $1", [id, inHours(1)]);
  return id;
}
const inHours = (hours: number) => new Date(shop.clock.now().getTime() + hours * HOUR_MS);
const startingIn = async (id: string, hours: number) => ({
  schedule: { ...(await view(id)).content.schedule, startsAt: inHours(hours).toISOString() },
});

test('a scheduled campaign starts on time with its approved version while a revision waits', async () => {
  const id = await planned();
  expect(await revise(id, 2_000, await startingIn(id, 1))).toMatchObject({ ok: true });
  expect(await view(id)).toMatchObject({ status: 'scheduled', version: 2, liveVersion: 1 });
  const waiting = await listCampaigns(shop.deps(), { first: 10, filter: { isAwaitingDecision: true } });
  expect(waiting.nodes.map((node) => node.id)).toContain(id);
  await expect(shop.pool.query('update campaigns set live_version = 2 where id = $1', [id])).rejects.toThrow('version 2 has no approval');
  shop.clock.advance(HOUR_MS);
  await advanceCampaigns(shop.deps());
  expect(await view(id)).toMatchObject({ status: 'live', version: 2, liveVersion: 1 });
  expect(await saving()).toBe(100);
  expect(await approve(id)).toMatchObject({ ok: true });
  expect(await saving()).toBe(200);
  shop.clock.advance(-HOUR_MS);
});

test('a revision of a scheduled campaign may change its start and its holdout, until it has started', async () => {
  const id = await planned();
  await revise(id, 2_000, { ...(await startingIn(id, 3)), holdoutBasisPoints: 1 });
  expect(await approve(id)).toMatchObject({ ok: true });
  expect(await view(id)).toMatchObject({ status: 'scheduled', version: 2, liveVersion: 2, startsAt: inHours(3) });
  await revise(id, 2_500, { ...(await startingIn(id, 3)), holdoutBasisPoints: 2 });
  shop.clock.advance(2 * HOUR_MS);
  await advanceCampaigns(shop.deps());
  expect(await view(id)).toMatchObject({ status: 'scheduled' });
  shop.clock.advance(HOUR_MS);
  await advanceCampaigns(shop.deps());
  expect(await view(id)).toMatchObject({ status: 'live', liveVersion: 2 });
  expect(await approve(id)).toMatchObject({ refusal: { kind: 'HOLDOUT_FIXED' } });
  expect(await saving()).toBe(200);
  shop.clock.advance(-3 * HOUR_MS);
});

test('an approved revision that starts now starts the scheduled campaign; a rejected one changes nothing', async () => {
  const id = await planned();
  await revise(id, 3_000);
  expect(await rejectCampaign(approver(), { id, expectedVersion: 2, reasonCode: 'TOO_COSTLY' })).toMatchObject({ ok: true });
  expect(await view(id)).toMatchObject({ status: 'scheduled', version: 1, liveVersion: 1 });
  await revise(id, 2_000, await startingIn(id, 0));
  expect(await approve(id)).toMatchObject({ ok: true });
  expect(await view(id)).toMatchObject({ status: 'live', version: 3, liveVersion: 3 });
  expect(await saving()).toBe(200);
});

test('start and holdout of a running campaign stay', async () => {
  const id = await goLive(shop, { rules: [off(1_000)] });
  const { schedule } = (await view(id)).content;
  const later = new Date(shop.clock.now().getTime() + 3_600_000).toISOString();
  expect(await revise(id, 2_000, { holdoutBasisPoints: 1_000 })).toMatchObject({ ok: false, refusal: { kind: 'HOLDOUT_FIXED' } });
  expect(await revise(id, 2_000, { schedule: { ...schedule, startsAt: later } })).toMatchObject({
    ok: false,
    refusal: { kind: 'ALREADY_STARTED' },
  });
});

test('a smaller budget never falls below what is spent', async () => {
  const id = await goLive(shop, { rules: [off(1_000)] });
  await saving();
  const { budget } = (await view(id)).content;
  await revise(id, 1_000, { budget: { ...budget, budgetMinor: 50 } });
  await approve(id);
  expect(await view(id)).toMatchObject({ budgetMinor: 100, spentMinor: 100 });
  expect(await saving()).toBe(0);
});

test('with its campaign a revision ends, by hand or by time', async () => {
  const killed = await goLive(shop, { rules: [off(1_000)] });
  await revise(killed, 2_000);
  await killCampaign(approver(), { id: killed });
  expect(await view(killed)).toMatchObject({ status: 'ended', version: 1, liveVersion: 1 });
  const over = await goLive(shop, { rules: [off(1_000)] });
  await revise(over, 2_000);
  await shop.pool.query('update campaigns set ends_at = $2 where id = $1', [over, new Date(shop.clock.now().getTime() + 86_400_000)]);
  shop.clock.advance(2 * 86_400_000);
  await advanceCampaigns(shop.deps());
  expect(await view(over)).toMatchObject({ status: 'ended', version: 1, liveVersion: 1 });
  shop.clock.advance(-2 * 86_400_000);
});

test('the promotions of a campaign apply in the order in which they were written', async () => {
  const id = await goLive(shop, { rules: [off(1_000)] });
  const promotions = [100, 200, 300, 400, 500, 600, 700, 800].map((basisPoints) => ({ id: newId(), rule: off(basisPoints) }));
  const { content, version } = await view(id);
  const result = await reviseCampaign(
    { ...writer, em: shop.deps().em },
    { id, expectedVersion: version, content: { ...content, promotions } },
  );
  expect(result).toMatchObject({ ok: true });
  const { rows } = await shop.pool.query<{ id: string; rule: PromotionRule }>(
    'select p.id, p.rule from promotions p join (select max(version) as version from campaign_versions where campaign_id = $1) newest using (version) where p.campaign_id = $1 order by p.id::text',
    [id],
  );
  expect(rows.map(({ rule }) => rule.kind === 'percent_off' && rule.basisPoints)).toEqual([100, 200, 300, 400, 500, 600, 700, 800]);
});
