import type { PromotionRule } from '@promolift/domain';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { noticesOfLines } from '../price-notices.ts';
import { endAll, goLive, openTestShop, type TestShop } from '../test-campaign.ts';
import { returnItems } from '../undo-order.ts';
import { ALL, amountOff, counted, outcome, percentOff, place, placed, priced } from './test-orders.ts';

let shop: TestShop;
beforeAll(async () => {
  shop = await openTestShop();
});
beforeEach(() => shop.pool.query('update products set price_minor = 1000, cost_minor = 100, floor_minor = null'));
afterEach(() => endAll(shop));
afterAll(() => shop.stop());

test('cents do not add up: every stored amount is a whole number, lines sum to the order, allocations to the ledger, returns to what was paid', async () => {
  const { rows: inexact } = await shop.pool.query(
    "select table_name, column_name, data_type from information_schema.columns join information_schema.tables using (table_schema, table_name) where table_schema = 'public' and table_type = 'BASE TABLE' and column_name like '%\\_minor' and data_type not in ('bigint', 'integer')",
  );
  expect(inexact).toEqual([]);
  await shop.pool.query('update products set price_minor = 10 + (substring(sku from 3))::int * 333, cost_minor = 1');
  const third = await goLive(shop, { rules: [percentOff(3_333)], priority: 3 });
  const fixed = await goLive(shop, { rules: [amountOff({ EUR: 7 })], priority: 2 });
  for (let n = 0; n < 8; n += 1) {
    const lines = [0, 1, 2].map((step) => ({ sku: `S-${(n + step * 3) % 10}`, quantity: 1 + ((n + step) % 3), taxBasisPoints: 1_900 }));
    const { externalId, orderId, evaluation } = await placed(shop, { lines, pricesIncludeTax: n % 2 === 0 });
    const { totals } = evaluation;
    const sum = (pick: (line: (typeof evaluation.lines)[number]) => number) => evaluation.lines.reduce((all, line) => all + pick(line), 0);
    expect(sum(({ discountMinor }) => discountMinor)).toBe(totals.discountMinor);
    expect(totals.subtotalMinor - totals.discountMinor + (n % 2 === 0 ? 0 : totals.taxMinor)).toBe(totals.totalMinor);
    const { rows } = await shop.pool.query<{ spent: number; total: number }>(
      'select (select sum(amount_minor)::float8 from redemptions where order_id = o.id) spent, o.total_minor::float8 total from orders o where o.id = $1',
      [orderId],
    );
    expect(rows).toEqual([{ spent: totals.discountMinor, total: totals.totalMinor }]);
    let refunded = 0;
    for (const [index, { quantity }] of lines.entries())
      for (let unit = 0; unit < quantity; unit += 1) {
        const back = { idempotencyKey: `${externalId}-${index}-${unit}`, orderExternalId: externalId };
        const returned = await returnItems(shop.deps(), { ...back, lines: [{ lineNumber: index + 1, quantity: 1 }] });
        if (!returned.ok) throw new Error(returned.refusal.message);
        refunded += returned.value.refundMinor;
      }
    expect(refunded).toBe(totals.totalMinor);
  }
  expect([(await counted(shop, third)).minor, (await counted(shop, fixed)).minor]).toEqual([0, 0]);
});

test('nothing stops a loss: 100%, 15% and a voucher stop at the floor, a floor counts from the next cart on, an unknown cost and a foreign floor give nothing', async () => {
  await goLive(shop, { rules: [percentOff(10_000)], priority: 3 });
  await goLive(shop, { rules: [percentOff(1_500)], priority: 2 });
  await goLive(shop, { rules: [amountOff({ EUR: 5_000 })], priority: 1 });
  const paidFor = async () => (await placed(shop, { lines: [{ sku: 'S-0', quantity: 1 }] })).evaluation.totals.totalMinor;
  const atCost = await paidFor();
  expect(atCost).toBeGreaterThanOrEqual(100);
  await shop.pool.query("update products set floor_minor = 995 where sku = 'S-0'");
  expect(await paidFor()).toBe(995);
  // A price that fell below its floor is left alone: never raised, never cut.
  await shop.pool.query("update products set price_minor = 900 where sku = 'S-0'");
  expect(await paidFor()).toBe(900);
  await shop.pool.query("update products set price_minor = 1000, cost_minor = null where sku = 'S-0'");
  expect((await priced(shop)).evaluation.rejected.map(({ reason }) => reason)).toEqual(Array(3).fill('COST_UNKNOWN'));
  expect(await paidFor()).toBe(1_000);
  await expect(shop.pool.query("update products set price_minor = -1 where sku = 'S-0'")).rejects.toMatchObject({ code: '23514' });
});

test('currency: a fixed amount counts in its own currency only, a percentage in any, and no cart mixes two', async () => {
  await shop.pool.query("update products set currency = 'USD' where sku = 'S-5'");
  const both: PromotionRule = amountOff({ EUR: 100, USD: 120 });
  await goLive(shop, { rules: [amountOff({ USD: 150 })], priority: 2 });
  await goLive(shop, { rules: [both], priority: 1 });
  expect(await outcome(shop)).toEqual([100, 'WRONG_CURRENCY']);
  expect(await outcome(shop, { lines: [{ sku: 'S-5', quantity: 1 }] })).toEqual(['WRONG_CURRENCY']);
  expect(await place(shop, { currency: 'XXQ' })).toMatchObject({ ok: false, refusal: { kind: expect.stringMatching(/CURRENCY|INVALID/) } });
  await shop.pool.query("update products set currency = 'EUR' where sku = 'S-5'");
});

test('legally unusable: 80, then 100, then "sale 90" announces nothing; a true reduction is counted from the lowest price of 30 days before it', async () => {
  const priceAt = (sku: string, daysAgo: number, priceMinor: number) =>
    shop.pool.query(
      "insert into product_prices (product_id, at, price_minor, currency) select id, $2::timestamptz - $3 * interval '1 day', $4, 'EUR' from products where sku = $1",
      [sku, shop.clock.now(), daysAgo, priceMinor],
    );
  // The campaigns of the other tests never ran.
  await shop.pool.query('update campaigns set starts_at = ends_at');
  await priceAt('S-0', 90, 800);
  await priceAt('S-0', 10, 1_000);
  await priceAt('S-1', 90, 1_000);
  await goLive(shop, { rules: [percentOff(1_000, ALL)] });
  const startedAt = new Date(shop.clock.now().getTime() - 3_600_000);
  await shop.pool.query("update campaigns set starts_at = $1, ends_at = $1::timestamptz + interval '1 day' where status = 'live'", [
    startedAt,
  ]);
  const cart = await priced(shop, { lines: ['S-0', 'S-1', 'S-2'].map((sku) => ({ sku, quantity: 1 })) });
  const notices = [...(await noticesOfLines(shop.deps(), cart)).values()];
  expect(cart.evaluation.lines.map(({ finalMinor }) => finalMinor)).toEqual([900, 900, 900]);
  expect(notices).toMatchObject([
    { mayAnnounceReduction: false, priorPriceMinor: 800, announcedReductionBasisPoints: 0 },
    { mayAnnounceReduction: true, priorPriceMinor: 1_000, announcedReductionBasisPoints: 1_000 },
    { mayAnnounceReduction: false, priorPriceMinor: null },
  ]);
});
