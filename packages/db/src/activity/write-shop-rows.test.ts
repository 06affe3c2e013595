import { seededId, type ShopRow } from '@promolift/domain';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startTestDatabase, type TestDatabase } from '../testing/test-database.ts';
import { writeShopRows } from './write-shop-rows.ts';

const day = (n: number) => new Date(Date.UTC(2026, 0, n));
const rows: ShopRow[] = [
  { kind: 'category', key: 'tea', name: 'Tea', parentKey: 'drinks' },
  { kind: 'category', key: 'drinks', name: 'Drinks', parentKey: null },
  {
    kind: 'product',
    sku: 'A',
    name: 'Green\ttea \\ "loose"\n',
    categoryKey: 'tea',
    currency: 'EUR',
    priceMinor: 500,
    costMinor: null,
    stock: 3,
    measure: { amount: 250, unit: 'g' },
    attributes: { leaf: 'whole' },
    at: day(1),
  },
  { kind: 'price', sku: 'A', at: day(20), priceMinor: 450, currency: 'EUR' },
  { kind: 'price', sku: 'A', at: day(10), priceMinor: 600, currency: 'EUR' },
  { kind: 'user', externalId: 'u1', createdAt: day(1), consent: true, email: 'u1@shop.example', attributes: {} },
  {
    kind: 'order',
    externalId: 'o1',
    userExternalId: 'u1',
    anonymousId: null,
    at: day(5),
    currency: 'EUR',
    channel: 'web',
    country: 'DE',
    shippingMinor: 300,
    status: 'placed',
  },
  {
    kind: 'orderLine',
    orderExternalId: 'o1',
    lineNumber: 1,
    sku: 'A',
    quantity: 2,
    unitPriceMinor: 500,
    discountMinor: 100,
    costMinor: 200,
  },
  {
    kind: 'orderLine',
    orderExternalId: 'o1',
    lineNumber: 2,
    sku: 'A',
    quantity: 1,
    unitPriceMinor: 500,
    discountMinor: 0,
    costMinor: null,
  },
  {
    kind: 'orderLine',
    orderExternalId: 'o1',
    lineNumber: 3,
    sku: 'unknown',
    quantity: 1,
    unitPriceMinor: 500,
    discountMinor: 0,
    costMinor: null,
  },
  {
    kind: 'return',
    externalId: 'r1',
    orderExternalId: 'o1',
    userExternalId: null,
    sku: 'A',
    quantity: 1,
    refundMinor: 450,
    currency: 'EUR',
    at: day(8),
  },
  {
    kind: 'event',
    eventId: 'e1',
    type: 'view_item',
    userExternalId: 'u1',
    anonymousId: null,
    sku: 'A',
    at: day(5),
    quantity: null,
    valueMinor: null,
    currency: null,
    rating: null,
    query: null,
    orderExternalId: null,
  },
  {
    kind: 'event',
    eventId: 'e1',
    type: 'view_item',
    userExternalId: 'u1',
    anonymousId: null,
    sku: 'A',
    at: day(5),
    quantity: null,
    valueMinor: null,
    currency: null,
    rating: null,
    query: null,
    orderExternalId: null,
  },
];
const options = { pseudonymKey: 'secret', encrypt: (email: string) => Buffer.from(email).reverse(), source: 'test' };
async function* inBatches(size: number, of: ShopRow[] = rows) {
  for (let at = 0; at < of.length; at += size) yield of.slice(at, at + size);
}

let database: TestDatabase;
beforeEach(async () => {
  database = await startTestDatabase();
});
afterEach(() => database.stop());
const one = async (sql: string) => (await database.db.pool.query(sql)).rows[0];

const snapshot = async () => {
  const tables = ['categories', 'products', 'product_prices', 'users', 'orders', 'order_lines', 'returns', 'events'];
  const parts = await Promise.all(
    tables.map((table) => one(`select md5(string_agg(t::text, ';' order by t::text)) as hash from ${table} t`)),
  );
  return parts.map((part) => part.hash);
};

test.each([[1], [100]])('rows in chunks of %i end as one shop, and a second import changes nothing', async (chunkRows) => {
  const { pool } = database.db;
  const counts = await writeShopRows(pool, inBatches(1), { ...options, chunkRows });
  expect(counts).toMatchObject({
    rows: 13,
    products: 1,
    prices: 2,
    users: 1,
    orders: 1,
    orderLines: 2,
    returns: 1,
    events: 1,
    unresolved: 1,
  });
  expect(await one('select name, price_minor, stock, cost_minor, measure_amount, measure_unit, attributes from products')).toEqual({
    name: 'Green\ttea \\ "loose"\n',
    price_minor: 450,
    stock: 3,
    cost_minor: null,
    measure_amount: 250,
    measure_unit: 'g',
    attributes: { leaf: 'whole' },
  });
  expect(await one('select subtotal_minor, discount_minor, total_minor, source, user_id is not null as has_user from orders')).toEqual({
    subtotal_minor: 1_500,
    discount_minor: 100,
    total_minor: 1_700,
    source: 'test',
    has_user: true,
  });
  expect(await one('select length(pseudonym) as length, personal_encrypted as personal from users')).toEqual({
    length: 32,
    personal: Buffer.from('u1@shop.example').reverse(),
  });
  expect(await one('select r.user_id = o.user_id as same from returns r join orders o on o.id = r.order_id')).toEqual({ same: true });
  const before = await snapshot();
  const again = await writeShopRows(pool, inBatches(3), { ...options, chunkRows });
  expect(await snapshot()).toEqual(before);
  expect(again).toMatchObject({ rows: 13, orders: 0, orderLines: 0, events: 0, prices: 0, returns: 0 });
});

test('an import that fails half-way is finished by running it again', async () => {
  const { pool } = database.db;
  const totals = () => one('select (select sum(total_minor) from orders)::int as total, (select count(*) from order_lines)::int as lines');
  async function* broken() {
    yield* inBatches(1, rows.slice(0, 8));
    throw new Error('power cut');
  }
  await expect(writeShopRows(pool, broken(), { ...options, chunkRows: 2 })).rejects.toThrow('power cut');
  await writeShopRows(pool, inBatches(1), { ...options, chunkRows: 2 });
  expect(await totals()).toEqual({ total: 1_700, lines: 2 });
});

test('a cancellation that arrives later cancels; a bad row names its fault and leaves nothing half done', async () => {
  const { pool } = database.db;
  const order = rows.find((row) => row.kind === 'order');
  if (!order) throw new Error('no order in the rows');
  await writeShopRows(pool, inBatches(1), options);
  await writeShopRows(pool, inBatches(1, [{ ...order, status: 'cancelled' }]), options);
  expect(await one('select status from orders')).toEqual({ status: 'cancelled' });
  const bad: ShopRow = { ...order, externalId: 'o2', at: day(6), currency: 'EURO' };
  await expect(writeShopRows(pool, inBatches(1, [{ ...order, externalId: 'o3' }, bad]), options)).rejects.toThrow(/too long/);
  expect(await one('select count(*)::int as count from orders')).toEqual({ count: 1 });
});

test('with a seed a new user gets the id that follows from it, and keeps it whatever comes later', async () => {
  const { pool } = database.db;
  const expected = seededId('7', 'u1', day(1).getTime());
  await writeShopRows(pool, inBatches(3), { ...options, userIdSeed: '7' });
  expect(await one('select u.id, o.user_id as buyer from users u, orders o')).toEqual({ id: expected, buyer: expected });
  await writeShopRows(pool, inBatches(3), { ...options, userIdSeed: '8' });
  await writeShopRows(pool, inBatches(3), options);
  expect(await one('select id, (select count(*)::int from users) as count from users')).toEqual({ id: expected, count: 1 });
});
