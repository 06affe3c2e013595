/** Our import rate beside raw COPY of the same order lines: `node packages/db/bench/import.ts [orders]`, needs DATABASE_URL or starts the embedded server. */
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ShopRow } from '@promolift/domain';
import { copyRows, migrateUp, openPool, startEmbeddedPostgres, writeShopRows } from '../src/index.ts';

const orderCount = Number(process.argv[2] ?? 200_000);
const LINES_PER_ORDER = 5;
const PRODUCTS = 5_000;
const USERS = 20_000;
const START_MS = Date.UTC(2025, 0, 1);

async function* shop(): AsyncGenerator<ShopRow[]> {
  const at = new Date(START_MS);
  yield Array.from({ length: PRODUCTS }, (_, n) => ({
    kind: 'product',
    sku: `sku-${n}`,
    name: `Product ${n}`,
    categoryKey: null,
    currency: 'EUR',
    priceMinor: 999,
    costMinor: 500,
    stock: 10,
    attributes: {},
    at,
  }));
  yield Array.from({ length: USERS }, (_, n) => ({
    kind: 'user',
    externalId: `user-${n}`,
    createdAt: at,
    consent: true,
    email: null,
    attributes: {},
  }));
  for (let first = 0; first < orderCount; first += 1_000) {
    const batch: ShopRow[] = [];
    for (let n = first; n < Math.min(orderCount, first + 1_000); n += 1) {
      batch.push({
        kind: 'order',
        externalId: `order-${n}`,
        userExternalId: `user-${(n * 7_919) % USERS}`,
        anonymousId: null,
        at: new Date(START_MS + n * 60_000),
        currency: 'EUR',
        channel: 'web',
        country: 'DE',
        shippingMinor: 0,
        status: 'placed',
      });
      for (let line = 1; line <= LINES_PER_ORDER; line += 1) {
        batch.push({
          kind: 'orderLine',
          orderExternalId: `order-${n}`,
          lineNumber: line,
          sku: `sku-${(n * 31 + line * 977) % PRODUCTS}`,
          quantity: 1 + (n % 3),
          unitPriceMinor: 999,
          discountMinor: 0,
          costMinor: 500,
        });
      }
    }
    yield batch;
  }
}

async function* rawLines(): AsyncGenerator<(string | number)[]> {
  for await (const batch of shop()) {
    for (const row of batch)
      if (row.kind === 'orderLine')
        yield [row.orderExternalId, row.lineNumber, row.sku, row.quantity, row.unitPriceMinor, row.discountMinor];
  }
}

const directory = join(tmpdir(), `promolift-bench-${process.pid}`);
const server = process.env.DATABASE_URL ? undefined : await startEmbeddedPostgres({ directory, onLog: () => undefined });
const url = server?.url ?? process.env.DATABASE_URL ?? '';
await migrateUp(url);
const pool = openPool(url, 2);
const lines = orderCount * LINES_PER_ORDER;
let peakMb = 0;
const watch = setInterval(() => {
  peakMb = Math.max(peakMb, process.memoryUsage.rss() / 2 ** 20);
}, 50);

const client = await pool.connect();
await client.query(
  'create table raw_lines (order_id text, line_number int, sku text, quantity int, unit_price_minor bigint, discount_minor bigint)',
);
let startMs = performance.now();
await copyRows(client, 'raw_lines', ['order_id', 'line_number', 'sku', 'quantity', 'unit_price_minor', 'discount_minor'], rawLines());
const rawSeconds = (performance.now() - startMs) / 1_000;
await client.query('drop table raw_lines');
client.release();

startMs = performance.now();
const counts = await writeShopRows(pool, shop(), {
  pseudonymKey: 'bench',
  encrypt: (email) => Buffer.from(email),
  source: 'bench',
  onRedeemed: async () => undefined,
});
const seconds = (performance.now() - startMs) / 1_000;
clearInterval(watch);
console.log(
  `raw COPY: ${Math.round(lines / rawSeconds)} lines/s; import: ${Math.round(counts.orderLines / seconds)} lines/s (${counts.orderLines} lines, ${counts.orders} orders, ${seconds.toFixed(1)} s); peak memory ${Math.round(peakMb)} MB`,
);
await pool.end();
await server?.stop();
if (server) await rm(directory, { recursive: true, force: true });
