import { newId, type PromotionRule } from '@promolift/domain';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { isReplayIdentical } from './decision-steps.ts';
import { evaluateCart } from './evaluate-cart.ts';
import { findDecision } from './explain-decision.ts';
import { livePromotions } from './live-promotions.ts';
import { placeOrder } from './place-order.ts';
import { endAll, goLive, openTestShop, type TestShop } from './test-campaign.ts';
import { whyNotPromotion } from './why-not-promotion.ts';

let shop: TestShop;
beforeAll(async () => {
  shop = await openTestShop();
}, 60_000);
afterAll(() => shop.stop());
beforeEach(() => endAll(shop));

const about = (...skus: string[]): PromotionRule => ({ kind: 'percent_off', basisPoints: 1_000, scope: { kind: 'skus', skus } });
const coupon = (code: string): PromotionRule => ({
  kind: 'coupon',
  code,
  basisPoints: 500,
  maximumAmounts: { EUR: 100 },
  minimumSpend: null,
  scope: { kind: 'all' },
});
const request = { currency: 'EUR', userExternalId: 'u-1', lines: [{ sku: 'S-1', quantity: 1 }] };
const evaluated = async (codes: string[] = []) => {
  const answer = await evaluateCart(shop.deps(), { ...request, codes });
  if (!answer.ok) throw new Error(answer.refusal.message);
  return answer.value;
};
const idsOf = async (campaignId: string) =>
  (await shop.pool.query<{ id: string }>('select id from promotions where campaign_id = $1 order by position', [campaignId])).rows.map(
    ({ id }) => id,
  );
const revision = async () => (await shop.pool.query<{ revision: number }>('select revision from ruleset_revision')).rows[0]?.revision;
const statesIn = ({ decision }: Awaited<ReturnType<typeof evaluated>>) =>
  (decision.input as { states: { campaignId: string; promotionIds?: string[] }[] }).states;

test('a decision keeps candidates only, of a campaign too, and replays byte for byte', async () => {
  const both = await goLive(shop, { rules: [about('S-1'), about('S-2')] });
  const before = await evaluated();
  await goLive(shop, { rules: [about('S-3')] });
  await goLive(shop, { rules: [coupon('SPRING')] });
  const after = await evaluated();
  expect(after.evaluation).toEqual(before.evaluation);
  expect(statesIn(after)).toEqual(statesIn(before));
  const [first] = await idsOf(both);
  expect(statesIn(after)).toMatchObject([{ campaignId: both, promotionIds: [first] }]);
  const typed = await evaluated(['spring']);
  expect(typed.evaluation.applied.map(({ kind }) => kind).sort()).toEqual(['coupon', 'percent_off']);
  for (const { decisionId } of [before, after, typed]) {
    const decision = await findDecision(shop.deps(), decisionId);
    expect(decision && isReplayIdentical(decision, shop.deps().secrets)).toBe(true);
  }
});

test('why not a promotion that was no candidate is worked out when asked', async () => {
  const [cut] = await idsOf(await goLive(shop, { rules: [about('S-1')] }));
  const [elsewhere] = await idsOf(await goLive(shop, { rules: [about('S-2')] }));
  const [untyped] = await idsOf(await goLive(shop, { rules: [coupon('AUTUMN')] }));
  const { decisionId } = await evaluated();
  const [later] = await idsOf(await goLive(shop, { rules: [about('S-1')] }));
  const decision = await findDecision(shop.deps(), decisionId);
  if (!decision) throw new Error('no decision');
  const why = async (id = '') => (await whyNotPromotion(shop.deps(), decision, id))?.detail?.split(':')[0];
  expect([await why(cut), await why(elsewhere), await why(untyped), await why(later), await why(newId())]).toEqual([
    'saves 100 minor units',
    'NOTHING_IN_SCOPE',
    'CODE_REQUIRED',
    'NOT_LIVE',
    undefined,
  ]);
});

test('the rules are compiled anew when they change, and not when budgets do', async () => {
  const id = await goLive(shop, { rules: [about('S-1')], budgetMinor: 150 });
  const compiled = await livePromotions(shop.pool);
  const order = (key: string) => placeOrder(shop.deps(), { ...request, idempotencyKey: key, externalId: key });
  expect([(await order('a')).ok, (await evaluated()).evaluation.applied[0]?.amountMinor]).toEqual([true, 50]);
  const rest = Date.now() + 600;
  while (Date.now() < rest) await new Promise((done) => setTimeout(done, 50));
  expect(await livePromotions(shop.pool)).toBe(compiled);
  await shop.pool.query('update campaigns set is_killed = true where id = $1', [id]);
  // The kill is seen at once although the compiled rules are those from before.
  expect((await evaluated()).evaluation.rejected).toMatchObject([{ reason: 'KILLED' }]);
});

test('the revision changes with what is live, once a transaction, and not with drafts, names or what is rolled back', async () => {
  const id = await goLive(shop, { rules: [about('S-1')] });
  const changed = async (...statements: string[]) => {
    const before = Number(await revision());
    const client = await shop.pool.connect();
    await client.query('begin');
    for (const statement of statements) await client.query(statement, statement.includes('$1') ? [id] : []);
    await client.query(statements.at(-1) === 'select 1' ? 'rollback' : 'commit');
    client.release();
    return Number(await revision()) - before;
  };
  expect(await changed("insert into campaigns (id, name, origin) values (uuid_v7(), 'Draft', 'ai')")).toBe(0);
  expect(await changed("update campaigns set name = 'Other' where id = $1")).toBe(0);
  expect(await changed('update campaigns set is_killed = true where id = $1', 'select 1')).toBe(0);
  const [kill, live] = ['update campaigns set is_killed = true where id = $1', 'update campaigns set is_killed = false where id = $1'];
  expect(await changed(kill)).toBe(1);
  expect(await changed(live, kill, live)).toBe(1);
  expect(await changed("update campaigns set status = 'ended' where id = $1")).toBe(1);
  expect(await changed("update campaigns set name = 'Gone' where id = $1")).toBe(0);
});
