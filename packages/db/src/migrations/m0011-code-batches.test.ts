import pg from 'pg';
import { expect, test } from 'vitest';
import { migrateDown, migrateUp } from '../shared/migrate.ts';
import { createTestDatabase } from '../testing/test-database.ts';
import { migrations } from './migrations.ts';

const NAMES = migrations.map(({ name }) => name);
const BEFORE = NAMES[NAMES.indexOf('m0011-code-batches') - 1];

test('going down forgets generated codes, keeps what was redeemed with them and the codes of rules; up again numbers every user', async () => {
  const { url, stop } = await createTestDatabase();
  const client = new pg.Client(url);
  await client.connect();
  const rows = async (text: string) => (await client.query(text)).rows;
  await client.query(`
    insert into users (id, external_id, pseudonym) select uuid_v7(), 'u-' || n, 'p-' || n from generate_series(1, 3) n;
    insert into campaigns (id, name, origin) values (uuid_v7(), 'C', 'manager');
    insert into campaign_versions (campaign_id, version, content, content_hash) select id, 1, '{}', 'x' from campaigns;
    insert into promotions (id, campaign_id, version, position, kind, rule) select uuid_v7(), id, 1, 0, 'coupon', '{}' from campaigns;
    insert into code_batches (id, campaign_id, promotion_id, variant, size, use_limit, created_at) select uuid_v7(), campaign_id, id, 'open', 5, 1, now() from promotions;
    insert into code_revocations (id, batch_number, first, last, revoked_at) select uuid_v7(), number, 0, 1, now() from code_batches;
    insert into codes (id, campaign_id, promotion_id, code, used, batch_number, counter) select uuid_v7(), campaign_id, promotion_id, 'MADE', 1, number, 2 from code_batches;
    insert into codes (id, campaign_id, promotion_id, code) select uuid_v7(), campaign_id, id, 'STATIC' from promotions;
    insert into redemptions (id, campaign_id, campaign_version, user_key, code_id, status, amount_minor, currency, reserved_at, expires_at, idempotency_key)
      select uuid_v7(), campaign_id, 1, 'k', id, 'committed', 100, 'EUR', now(), now(), code from codes`);
  expect(await migrateDown(url, BEFORE)).toContain('m0011-code-batches');
  expect(await rows('select code from codes')).toEqual([{ code: 'STATIC' }]);
  expect(await rows('select idempotency_key key, code_id is null forgotten from redemptions order by 1')).toEqual([
    { key: 'MADE', forgotten: true },
    { key: 'STATIC', forgotten: false },
  ]);
  expect(await migrateUp(url)).toContain('m0011-code-batches');
  expect(await rows('select count(distinct number)::int numbers from users')).toEqual([{ numbers: 3 }]);
  await client.end();
  await stop();
});

test('the table refuses batches that say two things', async () => {
  const { url, stop } = await createTestDatabase();
  const client = new pg.Client(url);
  await client.connect();
  await client.query(`
    insert into campaigns (id, name, origin) values (uuid_v7(), 'C', 'manager');
    insert into campaign_versions (campaign_id, version, content, content_hash) select id, 1, '{}', 'x' from campaigns;
    insert into promotions (id, campaign_id, version, position, kind, rule) select uuid_v7(), id, 1, 0, 'coupon', '{}' from campaigns`);
  const add = (values: string) =>
    client.query(
      `insert into code_batches (id, campaign_id, promotion_id, variant, size, use_limit, starts_at, ends_at, created_at) select uuid_v7(), campaign_id, id, ${values}, now() from promotions`,
    );
  await add("'open', 5, 1, null, null");
  await add("'assigned', null, 1, null, null");
  for (const wrong of [
    "'open', null, 1, null, null",
    "'assigned', 5, 1, null, null",
    "'open', 0, 1, null, null",
    "'open', 5, 0, null, null",
    "'open', 5, 1, now(), now()",
  ])
    await expect(add(wrong)).rejects.toThrow(/violates check constraint/);
  await client.end();
  await stop();
});
