import { fixedClock, startTestDatabase, type TestDatabase } from '@promolift/testing';
import { approvalHash, CampaignContent, Evidence, isHeldOut, newId, type Role, seededId, type ShopRow } from '@promolift/domain';
import { createShop, history } from '@promolift/simulator';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { campaignHoldoutSalt } from '../promotions/rules-state.ts';
import { placeOrder } from '../promotions/place-order.ts';
import type { Actor, Deps } from '../shared/deps.ts';
import { importRows } from '../shared/import-rows.ts';
import { advanceCampaigns } from './advance-campaigns.ts';
import { type MeasurementBody, measureCampaign } from './measure/measure-campaign.ts';
import { meets } from './propose/portfolio.ts';
import { proposeCampaigns } from './propose/propose-campaigns.ts';
import { simulateProposal } from './propose/simulate-proposal.ts';
import { approveCampaign } from './review-campaign.ts';
import { createCampaign, reviseCampaign } from './write-campaign.ts';

const CONFIG = { seed: 7, users: 400, products: 120, startDate: new Date('2025-05-01'), days: 220 };
const DAY_MS = 86_400_000;
const clock = fixedClock(new Date(CONFIG.startDate.getTime() + CONFIG.days * DAY_MS));
const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
const run = (payload: Record<string, unknown> = {}) => ({
  payload,
  progress: { report: async () => undefined },
  assertCurrent: async () => undefined,
  checkpoint: { finished: {}, finish: async () => undefined },
});

const depsOn = ({ db }: TestDatabase, actor: Actor = { kind: 'system', name: 'test' }): Deps => ({
  em: db.em(),
  sql: db.pool,
  clock,
  actor,
  log,
  homeDirectory: '',
  secrets: { pseudonymKey: Buffer.alloc(32, 1), encryptionKey: Buffer.alloc(32, 2), holdoutSalt: 'test-salt' },
});

let shop: TestDatabase;
let deps: Deps;
let proposed: { id: string; name: string; status: string; content: CampaignContent; content_hash: string; body: unknown }[];

async function* batchesOf(rows: Iterable<ShopRow>) {
  const batch: ShopRow[] = [];
  for (const row of rows) {
    // Events take the time and say nothing here.
    if (row.kind === 'event') continue;
    batch.push(row);
    if (batch.length === 5_000) yield batch.splice(0);
  }
  yield batch;
}

const readProposals = async () =>
  (
    await deps.sql.query<(typeof proposed)[number]>(
      `select c.id, c.name, c.status, v.content, v.content_hash, e.body from campaigns c join campaign_versions v on v.campaign_id = c.id and v.version = c.current_version
   join evidence e on e.id = v.evidence_id where c.status = 'in_review' order by c.created_at, c.id`,
    )
  ).rows.map((row) => ({ ...row, content: CampaignContent.parse(row.content) }));

async function manager(role: Role): Promise<Actor> {
  const id = newId();
  await deps.sql.query("insert into managers (id, email, name, password_hash, role) values ($1, $2, 'Ana', 'none', $3)", [
    id,
    `${id}@shop.example`,
    role,
  ]);
  return { kind: 'manager', id, name: 'Ana', principal: { kind: 'manager', managerId: id, role } };
}

beforeAll(async () => {
  shop = await startTestDatabase();
  deps = depsOn(shop);
  // Half a chance is enough here: this is about the loop, not about the bar.
  await deps.sql.query("insert into settings (key, value) values ('shop', $1)", [
    JSON.stringify({ currency: 'EUR', timeZone: 'Europe/Berlin', minimumGainProbabilityBasisPoints: 5_000, holdoutBasisPoints: 3_000 }),
  ]);
  await importRows(deps, batchesOf(history(createShop(CONFIG))), { source: 'test' });
}, 60_000);
afterAll(() => shop.stop());

test('an empty shop gets no proposal and is told why', async () => {
  const empty = await startTestDatabase();
  const result = await proposeCampaigns(depsOn(empty), run());
  expect(result).toMatchObject({
    ideaCount: 0,
    proposedCount: 0,
    sentence: { en: 'Nothing to propose yet: there are no orders to learn from.' },
  });
  await empty.stop();
});

test('without costs nothing is proposed, and the reason is counted', async () => {
  await deps.sql.query('create table kept_costs as select id, cost_minor from products');
  await deps.sql.query('update products set cost_minor = null');
  const result = await proposeCampaigns(deps, run());
  expect(result.proposedCount).toBe(0);
  expect(result.dropped.some(({ reason }) => reason.en.startsWith('Breaks a guardrail'))).toBe(true);
  expect(result.sentence.en).toMatch(/^Nothing worth doing this week/);
  await deps.sql.query('update products p set cost_minor = k.cost_minor from kept_costs k where k.id = p.id');
});

test('proposals carry whole evidence, keep the guardrails and fit into the budget', async () => {
  const result = await proposeCampaigns(deps, run());
  proposed = await readProposals();
  expect(result.proposedCount).toBeGreaterThan(0);
  expect(proposed.map(({ id }) => id).sort()).toEqual([...result.campaignIds].sort());
  // The same installation at the same time holds the same users out.
  expect(result.campaignIds).toEqual(result.campaignIds.map((_, n) => seededId('test-salt', `proposal ${n + 1}`, clock.now().getTime())));
  for (const { body, content } of proposed) {
    const evidence = Evidence.parse(body);
    expect(evidence.guardrails.every(({ passed }) => passed)).toBe(true);
    expect(evidence.incrementalMarginMinor.mean).toBeGreaterThan(0);
    expect(evidence.incrementalMarginMinor.low).toBeLessThan(evidence.incrementalMarginMinor.high);
    expect(evidence.forecast.length).toBeGreaterThanOrEqual(7);
    expect(evidence.depthCurve.length).toBeGreaterThan(3);
    expect(evidence.backtest?.carts).toBeGreaterThan(100);
    expect(evidence.reasons.length).toBeGreaterThan(1);
    expect(content.budget.budgetMinor).toBeGreaterThanOrEqual(evidence.discountCostMinor.high);
  }
  expect(proposed.reduce((sum, { content }) => sum + content.budget.budgetMinor, 0)).toBeLessThanOrEqual(6 * 200_000);
});

test('a second run proposes nothing on the same ground', async () => {
  await proposeCampaigns(deps, run());
  const offers = (await readProposals()).map(({ content }) => ({
    offer: { rule: content.promotions[0]!.rule, segmentKeys: content.audience.segmentKeys },
  }));
  for (const [index, offer] of offers.entries())
    for (const other of offers.slice(index + 1)) expect(meets(offer, other, () => [])).toBe(false);
});

test('what-if without a change is the proposal itself, and a change moves it', async () => {
  const [first] = proposed;
  const evidence = Evidence.parse(first!.body);
  const same = await simulateProposal(deps, { campaignId: first!.id });
  expect(same).toMatchObject({
    ok: true,
    value: {
      incrementalMargin: evidence.incrementalMarginMinor,
      incrementalUnits: evidence.incrementalUnits,
      discountCost: evidence.discountCostMinor,
    },
  });
  const startedMs = performance.now();
  const shorter = await simulateProposal(deps, { campaignId: first!.id, days: 3, budgetMinor: 1 });
  expect(performance.now() - startedMs).toBeLessThan(1_000);
  if (!shorter.ok) throw new Error(shorter.refusal.message);
  expect(shorter.value.discountCost.mean).toBeLessThan(evidence.discountCostMinor.mean);
  expect(shorter.value.guardrails[0]).toMatchObject({ code: 'BUDGET', passed: false });
  expect(await simulateProposal(deps, { campaignId: first!.id, segmentKeys: ['nobody'] })).toMatchObject({
    ok: false,
    refusal: { kind: 'UNKNOWN_SEGMENT' },
  });
});

test("a manager's own version gets the evidence that a proposal of the same content has, and each revision its own", async () => {
  const author = depsOn(shop, await manager('analyst'));
  const [first] = proposed;
  const told = Evidence.parse(first!.body);
  const created = await createCampaign(author, { idempotencyKey: 'own', content: first!.content });
  if (!created.ok) throw new Error(created.refusal.message);
  const read = async () => {
    const { rows } = await deps.sql.query<{
      body: unknown;
      content: unknown;
      content_hash: string;
      model_versions: Record<string, string>;
    }>(
      `select e.body, v.content, v.content_hash, v.model_versions from campaigns c join campaign_versions v on v.campaign_id = c.id and v.version = c.current_version
       join evidence e on e.id = v.evidence_id where c.id = $1`,
      [created.value.campaignId],
    );
    return { ...rows[0]!, evidence: Evidence.parse(rows[0]!.body) };
  };
  const own = await read();
  expect(own.evidence).toMatchObject({
    occasion: null,
    backtest: told.backtest,
    basis: { parts: told.basis.parts, traffic: told.basis.traffic },
  });
  const { mean, low, high } = told.incrementalMarginMinor;
  expect(Math.abs(own.evidence.incrementalMarginMinor.mean - mean)).toBeLessThan((high - low) / 4);
  expect(own.content_hash).toBe(
    approvalHash({ content: CampaignContent.parse(own.content), modelVersions: own.model_versions, evidence: own.evidence }),
  );
  const later = {
    ...first!.content,
    schedule: { ...first!.content.schedule, startsAt: new Date(clock.now().getTime() + 2 * DAY_MS).toISOString() },
  };
  expect(await reviseCampaign(author, { id: created.value.campaignId, expectedVersion: 1, content: later })).toMatchObject({ ok: true });
  const revised = await read();
  expect(revised.evidence.basis.days).toBeLessThan(own.evidence.basis.days);
  expect([own.evidence.forecast.length > 0, revised.evidence.forecast.length]).toEqual([true, 0]);
});

test('approved, redeemed, ended and measured: the injected lift lies in the interval; a broken split gets no verdict', async () => {
  const everybody = proposed.find(({ content }) => content.audience.segmentKeys === 'all');
  if (!everybody) throw new Error('no proposal for everybody');
  const { id, content, content_hash: contentHash } = everybody;
  const approver = await manager('approver');
  expect(await approveCampaign(depsOn(shop, approver), { id, expectedVersion: 1, contentHash })).toMatchObject({ ok: true });
  const campaign = await deps.sql.query<{ status: string; starts_at: Date }>('select status, starts_at from campaigns where id = $1', [id]);
  expect(campaign.rows[0]?.status).toBe('live');

  const users = (
    await deps.sql.query<{ id: string; external_id: string }>('select id, external_id from users where created_at <= $1', [clock.now()])
  ).rows;
  const salt = campaignHoldoutSalt('test-salt', id);
  const heldOut = (userId: string) => isHeldOut(salt, `user:${userId}`, content.holdoutBasisPoints);
  const {
    rows: [product],
  } = await deps.sql.query<{ id: string; sku: string }>('select id, sku from products where is_active order by price_minor desc limit 1');
  const LIFT_MINOR = 300;
  // The same spread of orders in both groups: the split is drawn anew in each run, and chance must not decide the test.
  for (const isHeld of [true, false])
    for (const [place, user] of users.filter(({ id: userId }) => heldOut(userId) === isHeld).entries())
      await order(user.id, product!.id, 1_000 + (place % 7) * 40 + (isHeld ? 0 : LIFT_MINOR));
  const bought = await placeOrder(deps, {
    idempotencyKey: 'one',
    externalId: 'one',
    currency: 'EUR',
    lines: [{ sku: product!.sku, quantity: 1 }],
    userExternalId: users[0]!.external_id,
  });
  expect(bought.ok).toBe(true);

  clock.set(new Date(Date.parse(content.schedule.endsAt) + DAY_MS));
  await advanceCampaigns(deps);
  await measureCampaign(deps, run({ campaignId: id, isFinal: true }));
  const after = await deps.sql.query<{ status: string; body: MeasurementBody }>(
    'select c.status, m.body from campaigns c join measurements m on m.campaign_id = c.id where c.id = $1',
    [id],
  );
  const body = after.rows[0]!.body;
  expect(after.rows[0]!.status).toBe('measured');
  expect(body).toMatchObject({ verdict: 'gain', isSampleRatioOk: true, offeredCount: users.filter((user) => !heldOut(user.id)).length });
  expect(body.incrementalMargin!.perThousandUsers.lower95).toBeLessThanOrEqual(LIFT_MINOR * 1_000);
  expect(body.incrementalMargin!.perThousandUsers.upper95).toBeGreaterThanOrEqual(LIFT_MINOR * 1_000);
  expect(body.cumulative.at(-1)!.marginMinor).toBeCloseTo(body.incrementalMargin!.total.mean, 3);
  expect((await deps.sql.query("select 1 from audit_entries where action = 'campaign.measured' and subject_id = $1", [id])).rowCount).toBe(
    1,
  );

  await deps.sql.query('update users set erased_at = now() where id = any($1)', [
    users
      .filter((user) => heldOut(user.id))
      .slice(40)
      .map((user) => user.id),
  ]);
  const again = await measureCampaign(deps, run({ campaignId: id, isFinal: false }));
  expect(again).toMatchObject({ verdict: 'sample_ratio_failed', isFinal: false });
});

async function order(userId: string, productId: string, marginMinor: number): Promise<void> {
  const orderId = newId();
  await deps.sql.query(
    `insert into orders (id, external_id, user_id, placed_at, currency, subtotal_minor, total_minor, source) values ($1, $2, $3, $4, 'EUR', $5, $5, 'test')`,
    [orderId, orderId, userId, new Date(clock.now().getTime() + 1_000), marginMinor],
  );
  await deps.sql.query(
    'insert into order_lines (order_id, line_number, product_id, quantity, unit_price_minor, cost_minor) values ($1, 1, $2, 1, $3, 0)',
    [orderId, productId, marginMinor],
  );
}
