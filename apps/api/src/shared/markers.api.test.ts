import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { appendAudit, eraseUser, exportUser, importDataset } from '@promolift/services';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApi, type TestApi } from './test-api.ts';

/** Would be a person's; must be found nowhere but where it is meant to be kept. */
const EMAIL = 'marker.person@private.example';
const PHONE = '+49-151-7777-4242';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());

const ORDERS = `Name,Email,Financial Status,Currency,Subtotal,Shipping,Total,Discount Amount,Created at,Lineitem quantity,Lineitem name,Lineitem price,Lineitem sku,Phone,Shipping Country,Refunded Amount,Cancelled at,Tags,Source,Billing Country
#1,${EMAIL},paid,EUR,10.00,0,10.00,0,2026-01-02 10:00:00 +0000,1,Tea,10.00,tea,${PHONE},DE,0,,,web,DE
#2,${EMAIL},paid,EUR,10.00,0,10.00,0,no date ${PHONE},1,Tea,10.00,tea,${PHONE},DE,0,,,web,DE
`;

/** Every row of these tables as text. */
async function textOf(tables: readonly string[]): Promise<string> {
  const { pool } = api.installation.database;
  const found = await Promise.all(
    tables.map((table) => pool.query(`select coalesce(string_agg(to_jsonb(t)::text, ' '), '') as text from ${table} t`)),
  );
  return found.map(({ rows }) => rows[0].text).join(' ');
}
const allTables = async (): Promise<string[]> =>
  (await api.installation.database.pool.query("select quote_ident(tablename) as name from pg_tables where schemaname = 'public'")).rows.map(
    ({ name }) => name,
  );
async function textOfFiles(): Promise<string> {
  const home = api.installation.homeDirectory;
  const folders = await Promise.all(
    ['rejects', 'uploads'].map(async (name) => (await readdir(join(home, name)).catch(() => [])).map((file) => join(home, name, file))),
  );
  return (await Promise.all(folders.flat().map((path) => readFile(path, 'utf8')))).join(' ');
}
const holdsMarker = (text: string): string[] => [EMAIL, PHONE].filter((marker) => text.includes(marker));

test('no personal marker reaches logs, jobs, queue, idempotency rows or audit; after erasure none is left anywhere', async () => {
  const token = await api.tokenOf('analyst');
  const secret = await api.keyOf('secret');
  const sent = await fetch(`${api.url}/uploads`, { method: 'POST', body: ORDERS, headers: { authorization: `Bearer ${token}` } });
  const { uploadId } = (await sent.json()) as { uploadId: string };
  const made = await api.ask<{ importData: { import: { id: string } } }>(
    'mutation ($input: ImportDataInput!) { importData(input: $input) { import { id } userErrors { message } } }',
    { token, variables: { input: { idempotencyKey: 'markers', format: 'shopify', uploadId, currency: 'EUR', fileName: 'orders.csv' } } },
  );
  await importDataset(api.deps(), {
    payload: { importId: made.data.importData.import.id },
    assertCurrent: () => Promise.resolve(),
    checkpoint: { finished: {}, finish: () => Promise.resolve() },
    progress: { report: () => Promise.resolve() },
  });
  await api.ask('mutation ($e: String!, $p: String!) { signIn(email: $e, password: $p) { userErrors { code } } }', {
    variables: { e: EMAIL, p: PHONE },
  });
  const { rows: users } = await api.installation.database.pool.query('select external_id from users');
  const externalId: string = users[0].external_id;
  const event = {
    eventId: 'marker-1',
    name: 'search',
    occurredAt: new Date().toISOString(),
    userId: externalId,
    params: { search_term: `${EMAIL} ${PHONE}` },
  };
  const tracked = await api.ask('mutation ($events: [EventInput!]!) { trackEvents(events: $events) { acceptedCount } }', {
    token: secret,
    variables: { events: [event] },
  });
  expect(tracked.data).toEqual({ trackEvents: { acceptedCount: 1 } });
  const order = {
    idempotencyKey: 'marker-order',
    externalId: 'order-1',
    userId: externalId,
    currency: 'EUR',
    lines: [{ sku: 'tea', quantity: 1 }],
    codes: [PHONE],
  };
  await api.ask('mutation ($input: PlaceOrderInput!) { placeOrder(input: $input) { userErrors { code message } } }', {
    token: secret,
    variables: { input: order },
  });
  await api.ask(`query Marker { user(externalId: "${EMAIL}") { id } }`, { token: secret });

  expect(holdsMarker(api.logged.join('\n'))).toEqual([]);
  expect(holdsMarker(await textOf(['job_runs', 'imports', 'outbox', 'idempotency_keys', 'audit_entries', 'sessions']))).toEqual([]);
  const keptRaw = await textOf(['users']);
  expect(externalId === EMAIL || !keptRaw.includes(EMAIL)).toBe(true);
  expect(JSON.stringify(await exportUser(api.deps(), externalId))).toContain(EMAIL);

  await mkdir(join(api.installation.homeDirectory, 'uploads'), { recursive: true });
  await writeFile(join(api.installation.homeDirectory, 'uploads', 'forgotten'), ORDERS);
  expect(await eraseUser(api.deps(), externalId)).toBe(1);
  await appendAudit(api.deps(), { action: 'test.ended', subjectKind: 'test', subjectId: 'markers' });
  expect(holdsMarker(await textOf(await allTables()))).toEqual([]);
  expect(holdsMarker(await textOfFiles())).toEqual([]);
});
