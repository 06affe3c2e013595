import pg from 'pg';
import { expect, test } from 'vitest';
import { createTestDatabase, startTestDatabase } from '../testing/test-database.ts';
import { migrateDown, migrateUp, pendingMigrations } from '../shared/migrate.ts';
import { migrations } from './migrations.ts';
import { ledgerDifferences } from '../campaigns/ledger-differences.ts';

const TABLES = "select count(*)::int as count from information_schema.tables where table_schema = 'public' and table_name <> 'migrations'";

test('every migration goes up, down to nothing, and up again', async () => {
  const { url, stop } = await createTestDatabase({ isMigrated: false });
  const names = migrations.map((migration) => migration.name);
  const seen: string[] = [];
  expect(await pendingMigrations(url)).toEqual(names);
  expect(await migrateUp(url, (name) => seen.push(name))).toEqual(names);
  expect(seen).toEqual(names);
  expect(await migrateDown(url)).toEqual([names.at(-1)]);
  expect(await migrateDown(url, 'all')).toHaveLength(names.length - 1);
  const client = new pg.Client(url);
  await client.connect();
  expect((await client.query(TABLES)).rows).toEqual([{ count: 0 }]);
  await client.end();
  expect(await migrateUp(url)).toEqual(names);
  await stop();
});

test("every entity's columns exist with matching nullability", async () => {
  const { db, stop } = await startTestDatabase();
  const { rows } = await db.pool.query<{ key: string; is_nullable: boolean }>(
    "select table_name || '.' || column_name as key, is_nullable = 'YES' as is_nullable from information_schema.columns where table_schema = 'public'",
  );
  const columns = new Map(rows.map((row) => [row.key, row.is_nullable]));
  const wrong: string[] = [];
  const mapped = new Set<string>();
  for (const entity of db.orm.getMetadata()) {
    for (const property of entity.props) {
      const key = `${entity.tableName}.${property.fieldNames[0]}`;
      mapped.add(key);
      if (!columns.has(key)) wrong.push(`${key} does not exist`);
      else if (columns.get(key) !== (property.nullable ?? false)) wrong.push(`${key} differs in nullability`);
    }
    for (const key of columns.keys()) {
      if (key.startsWith(`${entity.tableName}.`) && !mapped.has(key)) wrong.push(`${key} is not mapped`);
    }
  }
  expect(wrong).toEqual([]);
  expect(mapped.size).toBeGreaterThan(200);
  await stop();
});

test('events go to their month, also those that arrived before its partition', async () => {
  const { db, stop } = await startTestDatabase();
  const add = (at: string) =>
    db.pool.query("insert into events (id, occurred_at, type, source) values (uuid_v7($1), $1, 'view_item', 'test')", [at]);
  await add('2026-01-31T23:59:59Z');
  await add('2026-02-01T00:00:00Z');
  const made = await db.pool.query("select ensure_event_partitions('2026-01-15', '2026-02-01') as made");
  expect(made.rows).toEqual([{ made: 2 }]);
  const { rows } = await db.pool.query(
    'select tableoid::regclass::text as part, substring(id::text, 15, 1) as version from events order by occurred_at',
  );
  expect(rows).toEqual([
    { part: 'events_2026_01', version: '7' },
    { part: 'events_2026_02', version: '7' },
  ]);
  expect((await db.pool.query("select ensure_event_partitions('2026-01-01', '2026-02-28') as made")).rows).toEqual([{ made: 0 }]);
  await stop();
});

const BEFORE_LIMITS = 'm0009-jobs';

test('uses counted before limits had their own counters are carried over, back, and over again', async () => {
  const { url, stop } = await createTestDatabase();
  await migrateDown(url, BEFORE_LIMITS);
  const client = new pg.Client(url);
  await client.connect();
  const [campaign, manager, percent, flash, order] = Array.from({ length: 5 }, () => crypto.randomUUID());
  await client.query(`
    insert into campaigns (id, name, origin) values ('${campaign}', 'Spring', 'ai');
    insert into campaign_versions (campaign_id, version, content, content_hash) values ('${campaign}', 1, '{}', 'h');
    insert into campaign_counters (campaign_id, currency, budget_minor, reserved_minor, spent_minor, reserved_uses, used) values ('${campaign}', 'EUR', 1000, 50, 70, 1, 1);
    insert into user_counters values ('${campaign}', 'user:a', 3, 2), ('${campaign}', 'user:b', null, 0);
    insert into promotions (id, campaign_id, version, position, kind, rule) values
      ('${percent}', '${campaign}', 1, 0, 'percent_off', '{}'), ('${flash}', '${campaign}', 1, 1, 'flash_sale', '{"stockCapUnits": 9}');
    insert into categories (id, key, name) values ('${manager}', 'k', 'K');
    insert into products (id, sku, name, currency, price_minor) values ('${manager}', 's', 'S', 'EUR', 100);
    insert into orders (id, external_id, placed_at, currency, status, subtotal_minor, discount_minor, shipping_minor, total_minor, source)
      values ('${order}', 'o', now(), 'EUR', 'placed', 400, 100, 0, 300, 'api');
    insert into order_lines (order_id, line_number, product_id, quantity, unit_price_minor, discount_minor) values ('${order}', 1, '${manager}', 4, 100, 100)`);
  const use = async (userKey: string, promotion: string | undefined, steps: [string, number, number][], is: object) => {
    const row = { status: 'committed', amount_minor: 100, refunded_minor: 0, order_id: null, ...is };
    const id = crypto.randomUUID();
    await client.query(
      `insert into redemptions (id, campaign_id, campaign_version, promotion_id, order_id, user_key, status, amount_minor, refunded_minor, currency, reserved_at, expires_at, idempotency_key)
       values ($1, $2, 1, $3, $4, $5, $6, $7, $8, 'EUR', now(), now(), $9)`,
      [id, campaign, promotion, row.order_id, userKey, row.status, row.amount_minor, row.refunded_minor, id],
    );
    for (const [kind, amount, uses] of steps)
      await client.query('insert into ledger_entries values (gen_random_uuid(), $1, $2, $3, $4, $5, now())', [
        campaign,
        id,
        kind,
        amount,
        uses,
      ]);
  };
  await use('user:a', percent, [['reserve', 50, 1]], { status: 'reserved', amount_minor: 50 });
  const sold: [string, number, number][] = [
    ['reserve', 100, 1],
    ['commit', 100, 1],
    ['refund', -30, 0],
  ];
  await use('user:a', flash, sold, { order_id: order, refunded_minor: 30 });
  const undone: [string, number, number][] = [
    ['reserve', 100, 1],
    ['commit', 100, 1],
    ['refund', -100, -1],
  ];
  await use('user:b', percent, undone, { refunded_minor: 100 });
  const before = (await client.query('select user_key, use_limit, used from user_counters order by 1')).rows;
  for (let round = 0; round < 2; round += 1) {
    await migrateUp(url);
    expect(await ledgerDifferences(client)).toEqual([]);
    const { rows } = await client.query('select key, max_uses, max_units, uses, minor::int, units from limit_counters order by key');
    expect(rows).toEqual([
      { key: `units|${flash}`, max_uses: null, max_units: 9, uses: 1, minor: 70, units: 4 },
      { key: 'user|none|user:a', max_uses: 3, max_units: null, uses: 2, minor: 120, units: 4 },
      { key: 'user|none|user:b', max_uses: null, max_units: null, uses: 0, minor: 0, units: 0 },
    ]);
    await migrateDown(url, BEFORE_LIMITS);
    expect((await client.query('select user_key, use_limit, used from user_counters order by 1')).rows).toEqual(before);
  }
  await client.end();
  await stop();
});
