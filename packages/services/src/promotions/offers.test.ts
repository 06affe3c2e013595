import type { PromotionRule } from '@promolift/domain';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { flushDecisions } from '../shared/record-decision.ts';
import { isReplayIdentical } from './decision-steps.ts';
import { findDecision } from './explain-decision.ts';
import { livePromotions } from './live-promotions.ts';
import { MOST_CANDIDATES } from './offer-candidates.ts';
import { offersFor, type OffersRequest } from './offers.ts';
import { endAll, goLive, openTestShop, type TestShop } from './test-campaign.ts';
import { whyNotPromotion } from './why-not-promotion.ts';

let shop: TestShop;
beforeAll(async () => {
  shop = await openTestShop();
}, 60_000);
afterAll(() => shop.stop());
beforeEach(() => endAll(shop));

const off = (basisPoints: number, sku: string): PromotionRule => ({
  kind: 'percent_off',
  basisPoints,
  scope: { kind: 'skus', skus: [sku] },
});
const nobody: OffersRequest = { userExternalId: 'u-1', anonymousId: null };

/** The least of three: rules and settings are looked at again every half second, and that is no part of a request. */
async function measured(request: OffersRequest) {
  const told = [await measureOnce(request), await measureOnce(request), await measureOnce(request)] as const;
  return told.reduce((least, one) => (one.statements < least.statements ? one : least));
}

/** What one request for offers asks the database once the rules are known: statements, and rows that come back. */
async function measureOnce(request: OffersRequest) {
  const asked = { statements: 0, rows: 0 };
  const plain = shop.deps();
  const query = async (text: string, values?: unknown[]) => {
    asked.statements += 1;
    const answer = await plain.sql.query(text, values);
    asked.rows += answer.rows.length;
    return answer;
  };
  const sql = new Proxy(plain.sql, { get: (pool, name) => (name === 'query' ? query : Reflect.get(pool, name)) });
  const deps = { ...plain, sql };
  await offersFor(deps, request);
  await flushDecisions(deps);
  Object.assign(asked, { statements: 0, rows: 0 });
  const startedMs = performance.now();
  const { offers, decisionId } = await offersFor(deps, request);
  const told = { ...asked, tookMs: performance.now() - startedMs, offers, decisionId };
  await flushDecisions(deps);
  return told;
}

test('10,000 live promotions cost an answer as much as a hundred: as many statements, bounded rows, and the best first', async () => {
  const rules = Array.from({ length: 20 }, (_, n) => off(1_000, `S-${n % 9}`));
  for (let n = 0; n < 6; n += 1) await goLive(shop, { rules });
  await livePromotions(shop.pool);
  const few = await measured(nobody);
  for (let batch = 0; batch < 50; batch += 1)
    await Promise.all(Array.from({ length: 10 }, (_, n) => goLive(shop, { rules, priority: batch * 10 + n })));
  const best = await goLive(shop, { rules: [off(500, 'S-9')], priority: -1 });
  expect((await livePromotions(shop.pool)).index.promotions.length).toBe(10_000 + 120 + 1);
  const many = await measured(nobody);
  expect(few.offers).toHaveLength(MOST_CANDIDATES);
  expect(many.offers).toHaveLength(MOST_CANDIDATES);
  expect(many.statements).toBe(few.statements);
  expect(many.rows).toBeLessThanOrEqual(few.rows);
  expect(many.tookMs).toBeLessThan(1_000);

  // Of the lowest priority, but about what is in the cart.
  const about = await measured({ ...nobody, cart: { lines: [{ sku: 'S-9' }] } });
  expect(about.offers[0]?.campaignId).toBe(best);
  const decision = await findDecision(shop.deps(), many.decisionId);
  if (!decision) throw new Error('no decision');
  expect(isReplayIdentical(decision, shop.deps().secrets)).toBe(true);
  const late = about.offers[0]?.promotionId ?? '';
  expect((await whyNotPromotion(shop.deps(), decision, late))?.detail).toMatch(/^NOT_CONSIDERED/);
}, 120_000);

test('promotions that cannot be used at this hour take no place of those that can', async () => {
  const rules = Array.from({ length: 20 }, () => off(1_000, 'S-1'));
  const schedule = { startsAt: '2026-03-11T00:00:00Z', endsAt: '2026-03-12T00:00:00Z', timeZone: 'UTC' };
  for (let n = 0; n < 6; n += 1) {
    await goLive(shop, { rules, schedule, priority: 9 });
    await goLive(shop, { rules, condition: { kind: 'weekday', weekdays: ['sunday'] }, priority: 9 });
  }
  const usable = await goLive(shop, { rules: [off(500, 'S-2')] });
  expect((await measured(nobody)).offers.map(({ campaignId }) => campaignId)).toEqual([usable]);
});
