import { expect, test } from 'vitest';
import { aFile, ofKind, publicDataset, readWhole } from '../shared/test-support.ts';

const HEADER = 'InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country';
const read = (lines: string[]) => readWhole({ format: 'online-retail', paths: [aFile('slice.csv', [HEADER, ...lines, ''].join('\r\n'))] });

test('a cancellation becomes a return of the earlier purchase, London summer time becomes UTC', async () => {
  const { rows, report } = await read([
    '1,85123A,HEART,6,2011-06-01 08:26:00,2.55,17850,United Kingdom',
    '1,POST,POSTAGE,1,2011-06-01 08:26:00,18.00,17850,United Kingdom',
    'C2,85123a,HEART,-2,2011-06-02 09:00:00,2.55,17850,United Kingdom',
    'C2,85123A,HEART,-5,2011-06-02 09:00:00,2.55,17850,United Kingdom',
  ]);
  expect(ofKind(rows, 'order')).toMatchObject([
    { externalId: '1', at: new Date('2011-06-01T07:26:00Z'), shippingMinor: 1_800, country: 'GB' },
  ]);
  expect(ofKind(rows, 'return')).toMatchObject([
    { externalId: 'C2-1', orderExternalId: '1', sku: '85123A', quantity: 2, refundMinor: 510 },
    { externalId: 'C2-2', orderExternalId: null, quantity: 5 },
  ]);
  expect(report.files[0]?.byReason).toEqual({ postage: 1, stock_code_case: 1, cancellation_to_return: 2, return_without_purchase: 1 });
  expect(rows.map((row) => row.kind)).toEqual(['product', 'price', 'user', 'order', 'orderLine', 'return', 'return']);
});

test('rejects name row, column, reason and value', async () => {
  const { rejects, report } = await read([
    '1,22423,CAKE STAND,1,2011-02-30 08:26:00,10.95,,France',
    '1,22423,CAKE STAND,10001,2011-03-01 08:26:00,10.95,,France',
    '1,22423,CAKE STAND,10000,2011-03-01 08:26:00,0,,France',
    '1,22423,CAKE STAND,10000,2011-03-01 08:26:00,10.95,,France',
    '1,22423,CAKE STAND,10000,2011-03-01 08:26:00,10.95,,France',
  ]);
  expect(rejects.map(({ row, column, reason, value }) => [row, column, reason, value])).toEqual([
    [2, 'InvoiceDate', 'bad_invoice_date', '2011-02-30 08:26:00'],
    [3, 'Quantity', 'quantity_outlier', '10001'],
    [4, 'UnitPrice', 'price_not_positive', '0'],
    [6, 'InvoiceNo', 'duplicate_line', '1'],
  ]);
  expect(report.files[0]).toMatchObject({ rowsRead: 5, kept: 1, repaired: 0, rejected: 4 });
});

const folder = publicDataset('online-retail');
test.skipIf(!folder)('the whole file: known totals, every row accounted for', { timeout: 60_000 }, async () => {
  const { rows, report } = await readWhole({ format: 'online-retail', folder: folder ?? '' });
  const [file] = report.files;
  expect(file?.rowsRead).toBe(541_909);
  expect((file?.kept ?? 0) + (file?.repaired ?? 0) + (file?.rejected ?? 0)).toBe(541_909);
  // 10,624 negative quantities = 1,336 write-offs + the 9,288 cancelled lines, of which some are doubled or no goods.
  expect(file?.byReason).toMatchObject({
    duplicate_line: 5_268,
    stock_adjustment: 1_336,
    cancellation_to_return: 8_666,
    bad_debt_adjustment: 3,
  });
  expect(ofKind(rows, 'orderLine').every((line) => line.quantity > 0 && line.unitPriceMinor > 0)).toBe(true);
  expect(new Set(ofKind(rows, 'order').map((order) => order.externalId)).size).toBe(ofKind(rows, 'order').length);
  const lines = new Set(ofKind(rows, 'orderLine').map((line) => `${line.orderExternalId}#${line.lineNumber}`));
  expect(lines.size).toBe(ofKind(rows, 'orderLine').length);
  expect(report.firstAt).toEqual(new Date('2010-12-01T08:26:00Z'));
});
