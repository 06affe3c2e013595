import { newId } from '@promolift/domain';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createDraft, fillShop, percentOff, place } from '../promotions/test-shop.ts';
import { countSqlStatements, startTestApi, type TestApi } from '../shared/test-api.ts';

const MONEY = '{ amountMinor currency }';
const QUERIES: Record<string, string> = {
  products: `query ($first: Int) { products(first: $first, sort: PRICE_ASC) { nodes { sku category { name products(first: 2) { sku } } price ${MONEY} cost ${MONEY} priceHistory(first: 3) { at } dailyUnits(days: 7) { units } forecast { id points { mean } history(days: 7) { units } model { version } } stockCoverDays elasticity { mean } } totalCount } }`,
  users: `query ($first: Int) { users(first: $first) { nodes { externalId profile { frequency } segments { key portrait { sentence { en } } exampleUsers(first: 2) { id } model { id } } events(first: 3) { product { sku } } decisions(first: 2) { kind user { id } }
    orders(first: 3) { externalId lines { product { name } returnedQuantity } redemptions { campaign { name } user { id } order { id } } user { externalId } } } } }`,
  campaigns: `query ($first: Int) { campaigns(first: $first) { nodes { title { en } author { name } audience { size segments { key } } promotions { sentence { en } productCount products(first: 3) { product { sku } floor ${MONEY} promotionPrice ${MONEY} } }
    budget { spent ${MONEY} } evidence { hash } approvals { manager { name } } approvalsNeeded versions { version createdBy { name } } allowedActions measurement { verdict } redemptions(first: 3) { user { id } order { id } } ledger(first: 3) { kind } codes(first: 3) { code } auditEntries(first: 3) { actor { name } } } } }`,
  forecasts:
    'query ($first: Int) { forecasts(first: $first) { nodes { product { name category { key } } category { key } model { version } history(days: 5) { units } points { mean } } } }',
};

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
  await fillShop(api);
  const { pool } = api.installation.database;
  await pool.query(
    "insert into products (id, sku, name, category_id, currency, price_minor, cost_minor, stock) select uuid_v7(now()), 'X' || n, 'Extra ' || n, (select id from categories limit 1), 'EUR', 500 + n, 100, 50 from generate_series(1, 30) n",
  );
  const model = newId();
  await pool.query("insert into models (id, kind, version, status, algorithm, seed) values ($1, 'demand', 1, 'champion', 'ets', 1)", [
    model,
  ]);
  await pool.query(
    "insert into forecast_series (id, model_id, product_id, algorithm, mase) select uuid_v7(now()), $1, id, 'ets', 0.8 from products",
    [model],
  );
  await pool.query(
    'insert into forecast_points (series_id, day, mean, lower80, upper80, lower95, upper95) select id, current_date, 3, 1, 5, 0, 6 from forecast_series',
  );
  await pool.query(
    'insert into segments (id, key, name, kind, size) values ($1, \'loyal\', \'{"en":"Loyal","zh":"忠诚"}\', \'rule\', 60)',
    [newId()],
  );
  await pool.query('insert into segment_members (segment_id, user_id, valid_from) select s.id, u.id, now() from segments s, users u');
  for (let index = 1; index <= 22; index += 1) {
    await place(api, {
      externalId: `o-${index}`,
      userId: `u-${index}`,
      lines: [
        { sku: 'A', quantity: 1 },
        { sku: 'B', quantity: 2 },
      ],
    });
    await createDraft(api, { promotions: [percentOff(500 + index)], segmentKeys: ['loyal'] });
  }
  // Equal rows: whoever comes first must have what the others have.
  await pool.query('delete from users u where not exists (select from orders o where o.user_id = u.id)');
});
afterAll(() => api.stop());

/** Of three tries: a cache that is read anew meanwhile adds a statement now and then, whatever is asked. */
async function fewest(work: () => Promise<unknown>): Promise<number> {
  const counts: number[] = [];
  for (let tries = 0; tries < 3; tries += 1) counts.push(await countSqlStatements(work));
  return Math.min(...counts);
}

describe('lists cost the same number of statements for 1 row and for 20', () => {
  test.each(Object.keys(QUERIES))('%s', async (name) => {
    const token = await api.tokenOf('approver');
    const ask = async (first: number) => {
      const answer = await api.ask<Record<string, { nodes: unknown[] }>>(QUERIES[name] ?? '', { token, variables: { first } });
      expect(answer.errors).toEqual([]);
      expect(answer.data[name]?.nodes).toHaveLength(first);
    };
    await ask(1);
    expect(await fewest(() => ask(20))).toBe(await fewest(() => ask(1)));
  });
});

test('node finds every type by its id alone', async () => {
  const token = await api.tokenOf('admin');
  const { pool } = api.installation.database;
  for (const [type, table] of Object.entries({
    Product: 'products',
    Category: 'categories',
    User: 'users',
    Order: 'orders',
    Segment: 'segments',
    Campaign: 'campaigns',
    Promotion: 'promotions',
    Model: 'models',
  })) {
    const { rows } = await pool.query<{ id: string }>(`select id from ${table} limit 1`);
    const answer = await api.ask('query ($id: ID!) { node(id: $id) { __typename id } }', { token, variables: { id: rows[0]?.id } });
    expect(answer.data).toEqual({ node: { __typename: type, id: rows[0]?.id } });
  }
});

test("a manager's own draft has guardrails before any evidence", async () => {
  const answer = await api.ask<{ campaigns: { nodes: { guardrails: { key: string; passed: boolean }[] }[] } }>(
    '{ campaigns(first: 1) { nodes { guardrails { key value limit passed label { en } } } } }',
    { token: await api.tokenOf('viewer') },
  );
  expect(answer.errors).toEqual([]);
  expect(answer.data.campaigns.nodes[0]?.guardrails.map(({ key }) => key).sort()).toEqual([
    'AUDIENCE_SIZE',
    'BUDGET',
    'MARGIN_FLOOR',
    'MAXIMUM_DEPTH',
    'MISSING_COST',
    'PRICE_LAW',
    'STOCK',
    'WINDOW_LENGTH',
  ]);
});

test('pages follow each other without gap or repeat', async () => {
  const token = await api.tokenOf('viewer');
  const seen: string[] = [];
  let after: string | null = null;
  for (let page = 0; page < 10; page += 1) {
    const { data }: { data: { products: { nodes: { sku: string }[]; pageInfo: { hasNextPage: boolean; endCursor: string } } } } =
      await api.ask(
        'query ($after: String) { products(first: 7, after: $after, sort: STOCK_ASC) { nodes { sku } pageInfo { hasNextPage endCursor } } }',
        { token, variables: { after } },
      );
    seen.push(...data.products.nodes.map(({ sku }) => sku));
    if (!data.products.pageInfo.hasNextPage) break;
    after = data.products.pageInfo.endCursor;
  }
  expect(seen).toHaveLength(33);
  expect(new Set(seen).size).toBe(33);
});
