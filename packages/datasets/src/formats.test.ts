import { join } from 'node:path';
import { expect, test } from 'vitest';
import { suggestMapping } from './csv/suggest-mapping.ts';
import { detectFormat } from './detect-format.ts';
import { toMinor } from './shared/amounts.ts';
import { LocalTime, wallClockMs } from './shared/local-time.ts';
import { FIXTURES, ofKind, publicDataset, readWhole } from './shared/test-support.ts';

const fixture = (name: string): string => join(FIXTURES, name);

test('shopify: lines over several rows, order discount shared out, costs from the products export', async () => {
  const paths = [fixture('shopify-orders.csv'), fixture('shopify-products.csv')];
  expect(await detectFormat(paths)).toBe('shopify');
  const { rows, report } = await readWhole({ format: 'shopify', paths });
  expect(ofKind(rows, 'order').map(({ externalId, status, at }) => [externalId, status, at.toISOString()])).toEqual([
    ['#1001', 'placed', '2024-03-05T15:11:12.000Z'],
    ['#1002', 'placed', '2024-03-06T14:00:00.000Z'],
    ['#1004', 'cancelled', '2024-03-08T14:00:00.000Z'],
  ]);
  const lines = ofKind(rows, 'orderLine').map((line) => [line.sku, line.quantity, line.unitPriceMinor, line.discountMinor, line.costMinor]);
  expect(lines).toEqual([
    ['MUG-BLUE', 2, 1_500, 300, 620],
    ['TOWEL', 1, 2_000, 200, 700],
    ['MUG-BLUE', 1, 1_500, 0, 620],
    ['Sticker', 1, 950, 0, null],
  ]);
  expect(ofKind(rows, 'return')).toMatchObject([{ orderExternalId: '#1002', refundMinor: 1_500 }]);
  const withoutUsers = JSON.stringify(rows.filter((row) => row.kind !== 'user'));
  expect(withoutUsers).not.toContain('@example.com');
  expect(ofKind(rows, 'user').map(({ email, consent }) => [email, consent])).toEqual([
    ['ana@example.com', true],
    ['bo@example.com', false],
  ]);
  expect(report.files.map(({ kept, repaired, rejected, rowsRead }) => kept + repaired + rejected - rowsRead)).toEqual([0, 0]);
});

test('ga4: events, one order per transaction, page views counted but not listed', async () => {
  expect(await detectFormat([fixture('ga4-events.jsonl')])).toBe('ga4');
  const { rows, report, rejects } = await readWhole({ format: 'ga4', paths: [fixture('ga4-events.jsonl')] });
  expect(report.files[0]).toMatchObject({
    rowsRead: 6,
    kept: 3,
    rejected: 3,
    byReason: { event_not_used: 1, duplicate_transaction: 1, not_an_event: 1 },
  });
  expect(rejects.map((reject) => reject.row)).toEqual([5, 6]);
  expect(ofKind(rows, 'event').map(({ type, sku, query }) => [type, sku, query])).toEqual([
    ['search', null, 'mug'],
    ['view_item', 'MUG', null],
    ['purchase', 'MUG', null],
    ['purchase', 'TOWEL', null],
  ]);
  expect(ofKind(rows, 'order')).toMatchObject([{ externalId: 'T1', userExternalId: 'u7', shippingMinor: 450 }]);
  expect(ofKind(rows, 'orderLine').map((line) => [line.sku, line.quantity, line.unitPriceMinor])).toEqual([
    ['MUG', 2, 1_500],
    ['TOWEL', 1, 1_999],
  ]);
});

test('a mapping is proposed from names and values, German decimals and day-first dates included', () => {
  const { mapping, missing } = suggestMapping(
    ['Bestellnummer', 'Datum', 'Artikelnummer', 'Menge', 'Preis'],
    [['7', '24.12.2024', 'A1', '2', '3,50']],
    ';',
  );
  expect(missing).toEqual([]);
  expect(mapping).toMatchObject({
    rows: 'sales',
    decimal: ',',
    dateFormat: 'dmy',
    columns: { order: 'Bestellnummer', unitPrice: 'Preis' },
  });
  expect(suggestMapping(['sku', 'price', 'Net content'], [['A1', '3.50', '500 g']]).mapping).toMatchObject({
    rows: 'products',
    columns: { measure: 'Net content' },
  });
  expect(suggestMapping(['foo', 'bar'], [])).toMatchObject({ mapping: null, missing: ['sku', 'unitPrice'] });
});

test('amounts are exact decimals', () => {
  expect([
    toMinor('1.005', 2),
    toMinor('£1,234.5', 2),
    toMinor('-0.01', 2),
    toMinor('1.234,50', 2, ','),
    toMinor('12', 0),
    toMinor('1.2.3', 2),
  ]).toEqual([101, 123_450, -1, 123_450, 12, null]);
});

test('skipped and doubled hours of London clocks', () => {
  const london = new LocalTime('Europe/London');
  const utc = (text: string) => london.toUtc(wallClockMs(text) ?? Number.NaN).toISOString();
  expect(utc('2011-03-27 00:59:59')).toBe('2011-03-27T00:59:59.000Z');
  expect(utc('2011-03-27 01:30:00')).toBe('2011-03-27T01:30:00.000Z');
  expect(utc('2011-03-27 02:00:00')).toBe('2011-03-27T01:00:00.000Z');
  expect(utc('2011-10-30 01:30:00')).toBe('2011-10-30T00:30:00.000Z');
});

const journey = publicDataset('complete-journey');
test.skipIf(!journey)('complete-journey: known numbers of rows, prices and discounts add up', { timeout: 60_000 }, async () => {
  expect(await detectFormat(journey ?? '')).toBe('complete-journey');
  const { rows, report } = await readWhole({ format: 'complete-journey', folder: journey ?? '' });
  const read = Object.fromEntries(report.files.map((file) => [file.file.split('.')[0], file.rowsRead]));
  expect(read).toEqual({
    transactions_sample: 75_000,
    products: 92_331,
    coupons: 116_204,
    coupon_redemptions: 2_102,
    campaigns: 6_589,
    demographics: 801,
  });
  expect(report.notImported.map(({ rows: count }) => count)).toEqual([27, 360_535]);
  expect(
    ofKind(rows, 'orderLine').every((line) => line.discountMinor >= 0 && line.discountMinor <= line.unitPriceMinor * line.quantity),
  ).toBe(true);
});

const films = publicDataset('movielens-100k');
test.skipIf(!films)('movielens: 100,000 ratings of 1,682 films by 943 users', { timeout: 60_000 }, async () => {
  const { report } = await readWhole({ format: 'movielens', folder: films ?? '' });
  expect(report.rowsOut).toEqual({ category: 19, product: 1_682, user: 943, event: 100_000 });
});
