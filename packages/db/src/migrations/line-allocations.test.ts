import pg from 'pg';
import { expect, test } from 'vitest';
import { migrateDown, migrateUp } from '../shared/migrate.ts';
import { createTestDatabase } from '../testing/test-database.ts';

const [ORDER, CAMPAIGN, DECISION] = [
  '018f0000-0000-7000-8000-000000000001',
  '018f0000-0000-7000-8000-000000000002',
  '018f0000-0000-7000-8000-000000000003',
];
const ALLOCATIONS = [{ promotionId: 'p', campaignId: CAMPAIGN, amountMinor: 100 }];
const RESULT = {
  lines: [
    { discountMinor: 100, allocations: ALLOCATIONS },
    { discountMinor: 7, allocations: ALLOCATIONS },
  ],
};

test('orders taken before learn from their decision who discounted which line; a line that does not fit stays nobody’s', async () => {
  const { url, stop } = await createTestDatabase();
  const downTo = async (): Promise<void> => {
    const undone = await migrateDown(url);
    if (undone.length > 0 && !undone.includes('m0014-line-allocations')) await downTo();
  };
  await downTo();
  const client = new pg.Client(url);
  await client.connect();
  await client.query("insert into campaigns (id, name, origin) values ($1, 'Test', 'ai')", [CAMPAIGN]);
  await client.query(
    "insert into orders (id, external_id, placed_at, currency, subtotal_minor, total_minor, source) values ($1, 'o', now(), 'EUR', 3000, 2880, 'test')",
    [ORDER],
  );
  await client.query(
    'insert into order_lines (order_id, line_number, product_id, quantity, unit_price_minor, discount_minor) select $1, n, uuid_v7(now()), 1, 1000, (array[100, 20, 0])[n] from generate_series(1, 3) n',
    [ORDER],
  );
  await client.query(
    "insert into decisions (id, decided_at, kind, user_key, input, input_hash, ruleset_hash, policy, probability, offers, result, model_versions) values ($1, now(), 'evaluate_cart', 'nobody', '{}', '', '', 'rules', 1, '[]', $2, '{}')",
    [DECISION, RESULT],
  );
  await client.query(
    "insert into redemptions (id, campaign_id, campaign_version, order_id, user_key, decision_id, status, amount_minor, currency, reserved_at, expires_at, idempotency_key) values (uuid_v7(now()), $1, 1, $2, 'nobody', $3, 'committed', 100, 'EUR', now(), now(), 'k')",
    [CAMPAIGN, ORDER, DECISION],
  );
  await migrateUp(url);
  const { rows } = await client.query('select allocations, added_tax_minor::int tax from order_lines order by line_number');
  await client.end();
  await stop();
  expect(rows).toEqual([
    { allocations: ALLOCATIONS, tax: 0 },
    { allocations: [], tax: 0 },
    { allocations: [], tax: 0 },
  ]);
}, 60_000);
