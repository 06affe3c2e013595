import type { PromotionRule } from '@promolift/domain';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { updateSettings } from '../shared/settings.ts';
import { isReplayIdentical } from './decision-steps.ts';
import { evaluateCart } from './evaluate-cart.ts';
import { findDecision } from './explain-decision.ts';
import { forgetLivePromotions } from './live-promotions.ts';
import { placeOrder } from './place-order.ts';
import { previewCart } from './preview-cart.ts';
import { endAll, goLive, openTestShop, type TestShop } from './test-campaign.ts';
import { cancelOrder, returnItems } from './undo-order.ts';

let shop: TestShop;
beforeAll(async () => {
  shop = await openTestShop();
}, 60_000);
afterEach(() => endAll(shop));
afterAll(() => shop.stop());

const percentOf = (basisPoints: number, sku: string): PromotionRule => ({
  kind: 'percent_off',
  basisPoints,
  scope: { kind: 'skus', skus: [sku] },
});
const givenBack = async (): Promise<Record<string, number>> => {
  const { rows } = await shop.pool.query<{ campaign_id: string; refunded: number }>(
    'select campaign_id, sum(refunded_minor)::float8 refunded from redemptions group by campaign_id',
  );
  return Object.fromEntries(rows.map((row) => [row.campaign_id, row.refunded]));
};

test('a return gives back to the campaigns of its own line, unit by unit, and refunds what was paid, tax included', async () => {
  // Made first, so that "oldest first" would pay it everything.
  const older = await goLive(shop, { rules: [percentOf(1_000, 'S-0')] });
  const newer = await goLive(shop, {
    rules: [
      percentOf(500, 'S-1'),
      { kind: 'amount_off', amounts: { EUR: 100 }, minimumSpend: null, scope: { kind: 'skus', skus: ['S-1'] } },
    ],
  });
  const placed = await placeOrder(shop.deps(), {
    idempotencyKey: 'taxed',
    externalId: 'taxed',
    currency: 'EUR',
    userExternalId: 'u-1',
    pricesIncludeTax: false,
    lines: [
      { sku: 'S-0', quantity: 1 },
      { sku: 'S-1', quantity: 3, taxBasisPoints: 1_900 },
    ],
  });
  // 3 × 10.00 less 5% and 1.00, by the chance of their ids: 27.50 with a tax of 5.225 (half-even: 5.22), or 27.55 with 5.23.
  if (!placed.ok || !placed.value.evaluated) throw new Error('not placed');
  const { lines, totals } = placed.value.evaluated.evaluation;
  const line = lines[1];
  if (!line) throw new Error('a line is lost');
  expect([
    [2_750, 522],
    [2_755, 523],
  ]).toContainEqual([line.finalMinor, line.taxMinor]);
  expect(totals).toMatchObject({ taxMinor: line.taxMinor, totalMinor: 900 + line.finalMinor + line.taxMinor });

  expect(
    (await shop.pool.query("select added_tax_minor::float8 tax, total_minor::float8 total from orders where external_id = 'taxed'")).rows,
  ).toEqual([{ tax: line.taxMinor, total: totals.totalMinor }]);
  let refunded = 0;
  for (const n of [1, 2, 3]) {
    const returned = await returnItems(shop.deps(), {
      idempotencyKey: `back-${n}`,
      orderExternalId: 'taxed',
      lines: [{ lineNumber: 2, quantity: 1 }],
    });
    if (!returned.ok) throw new Error(returned.refusal.message);
    refunded += returned.value.refundMinor;
  }
  expect(refunded).toBe(line.finalMinor + line.taxMinor);
  expect(await givenBack()).toMatchObject({ [older]: 0, [newer]: line.discountMinor });
  const counters = await shop.pool.query(
    'select spent_minor::float8 spent from campaign_counters where campaign_id = any($1) order by spent_minor',
    [[older, newer]],
  );
  expect(counters.rows).toEqual([{ spent: 0 }, { spent: 100 }]);
  expect(
    await returnItems(shop.deps(), { idempotencyKey: 'more', orderExternalId: 'taxed', lines: [{ lineNumber: 2, quantity: 1 }] }),
  ).toMatchObject({
    refusal: { kind: 'TOO_MANY_UNITS' },
  });
});

test('a decision made under groups, caps and initial percentages replays byte for byte after the settings have changed', async () => {
  await goLive(shop, { rules: [percentOf(1_000, 'S-0')], group: 'season', priority: 3 });
  await goLive(shop, { rules: [percentOf(1_500, 'S-0')], group: 'season', priority: 2 });
  await goLive(shop, { rules: [percentOf(500, 'S-0')], group: 'club', priority: 1 });
  const cart = { currency: 'EUR', userExternalId: 'u-2', lines: [{ sku: 'S-0', quantity: 3, taxBasisPoints: 700 }], shippingMinor: 490 };
  const decide = async () => {
    const evaluated = await evaluateCart(shop.deps(), cart);
    if (!evaluated.ok) throw new Error(evaluated.refusal.message);
    return evaluated.value;
  };
  const set = async (version: number, changes: Parameters<typeof updateSettings>[2]) =>
    expect((await updateSettings(shop.deps(), version, changes)).ok).toBe(true);
  await set(0, {
    percentBase: 'initial',
    promotionGroups: [{ key: 'season', mode: 'best_for_shopper' }],
    maxOrderDiscountBasisPoints: 1_900,
  });
  const first = await decide();
  expect(first.evaluation.applied.map(({ amountMinor, desiredMinor, limitedBy }) => [amountMinor, desiredMinor, limitedBy])).toEqual([
    [450, 450, null],
    [120, 150, 'ORDER_CAP'],
  ]);
  await set(1, {
    percentBase: 'remaining',
    promotionGroups: [],
    separateGroups: [['club', 'season']],
    maxOrderDiscountBasisPoints: 10_000,
  });
  const second = await decide();
  expect(second.evaluation.rejected).toMatchObject([{ reason: 'GROUPS_APART' }]);
  for (const { decisionId } of [first, second]) {
    const decision = await findDecision(shop.deps(), decisionId);
    expect(decision && isReplayIdentical(decision, shop.deps().secrets)).toBe(true);
  }
});

test('a preview sees other times and drafts, and keeps no decision', async () => {
  const id = await goLive(shop, { rules: [percentOf(1_000, 'S-7')] });
  const cart = { currency: 'EUR', userExternalId: 'u-3', lines: [{ sku: 'S-7', quantity: 1 }] };
  const totalOf = async (at: string | null, includeDrafts = false) => {
    const previewed = await previewCart(shop.deps(), cart, { at: at === null ? null : new Date(at), includeDrafts });
    return previewed.ok && previewed.value.evaluation.totals.totalMinor;
  };
  const countOf = async () => (await shop.pool.query('select count(*)::int from decisions')).rows;
  const before = await countOf();
  const setStatus = (status: string) => shop.pool.query('update campaigns set status = $2 where id = $1', [id, status]);
  expect(await totalOf(null)).toBe(900);
  expect(await totalOf('2026-03-12T12:00:00Z')).toBe(1_000); // its window is over
  await setStatus('scheduled');
  expect(await totalOf(null)).toBe(900);
  await setStatus('ended');
  expect(await totalOf(null)).toBe(1_000);
  expect(await totalOf('2026-03-10T11:00:00Z')).toBe(900);
  await setStatus('draft');
  await shop.pool.query('update campaigns set live_version = null, current_version = 1 where id = $1', [id]);
  await shop.pool.query('delete from campaign_counters where campaign_id = $1', [id]);
  forgetLivePromotions(shop.pool);
  expect(await totalOf(null)).toBe(1_000);
  expect(await totalOf(null, true)).toBe(900);
  await setStatus('live');
  const real = await evaluateCart(shop.deps(), cart);
  if (!real.ok) throw new Error(real.refusal.message);
  await findDecision(shop.deps(), real.value.decisionId); // writes what waits
  expect(await countOf()).toEqual([{ count: (before[0]?.count ?? 0) + 1 }]);
});

test('what was returned is not put on the shelf again when the rest is cancelled', async () => {
  await shop.pool.query("update products set stock = 10 where sku = 'S-5'");
  const lines = [{ sku: 'S-5', quantity: 3 }];
  const placed = await placeOrder(shop.deps(), {
    idempotencyKey: 'shelf',
    externalId: 'shelf',
    currency: 'EUR',
    userExternalId: 'u-5',
    lines,
  });
  expect(placed.ok).toBe(true);
  await returnItems(shop.deps(), { idempotencyKey: 'shelf-back', orderExternalId: 'shelf', lines: [{ lineNumber: 1, quantity: 2 }] });
  await cancelOrder(shop.deps(), { idempotencyKey: 'shelf-cancel', externalId: 'shelf' });
  expect((await shop.pool.query("select stock from products where sku = 'S-5'")).rows).toEqual([{ stock: 10 }]);
});
