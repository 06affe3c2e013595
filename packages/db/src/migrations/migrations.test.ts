import pg from 'pg';
import { expect, test } from 'vitest';
import { createTestDatabase, startTestDatabase } from '../testing/test-database.ts';
import { migrateDown, migrateUp, pendingMigrations } from '../shared/migrate.ts';
import { migrations } from './migrations.ts';

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
