import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openDatabase } from '@promolift/db';
import { createPromolift, PromoliftError, type QueryRecord } from '@promolift/sdk';
import { createApiKey, depsFor } from '@promolift/services';
import { createTestDatabase } from '@promolift/testing';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';

const root = fileURLToPath(new URL('../../../..', import.meta.url));
const main = join(root, 'apps/api/dist/main.js');
const documentsFile = join(root, 'packages/sdk/generated/documents.json');
const secrets = { PSEUDONYM_KEY: 'a'.repeat(64), ENCRYPTION_KEY: 'b'.repeat(64), HOLDOUT_SALT: 'salt-of-the-test' };

const isBuilt = existsSync(main);
if (!isBuilt && process.env['CI'] === 'true') throw new Error('CI needs the built API: turbo run build --filter=@promolift/api');
if (!isBuilt) console.info('skipped: the safelist, because the API is not built (turbo run build --filter=@promolift/api)');

/** Of the SDK's operations, those that a publishable key has no right to, whatever the safelist says. */
const SECRET_ONLY = ['CancelOrder', 'OrderByKey', 'PlaceOrder', 'Redeem', 'ReleaseRedemption', 'ReturnItems', 'Users'];

describe.runIf(isBuilt)("the built API with the storefront's own documents as its safelist", () => {
  const home = mkdtempSync(join(tmpdir(), 'promolift-safelist-'));
  let database: { url: string; stop: () => Promise<void> };
  let api: ChildProcess;
  let url: string;
  let key: string;
  let printed = '';

  beforeAll(async () => {
    execFileSync(process.execPath, [join(root, 'packages/sdk/scripts/emit-documents.mjs')]);
    database = await createTestDatabase();
    key = await newPublishableKey(database.url, home);
    const port = await freePort();
    url = `http://127.0.0.1:${port}`;
    const env = {
      PATH: process.env['PATH'],
      ...secrets,
      DATABASE_URL: database.url,
      PROMOLIFT_HOME: home,
      API_PORT: String(port),
      SAFELIST_FILE: documentsFile,
    };
    api = spawn(process.execPath, [main], { env, stdio: ['ignore', 'pipe', 'pipe'] });
    for (const stream of [api.stdout, api.stderr]) stream?.on('data', (text: Buffer) => (printed += text.toString()));
    await vi.waitFor(async () => expect(await isReady(url), printed).toBe(true), { timeout: 60_000, interval: 100 });
  }, 90_000);
  afterAll(async () => {
    if (api && api.exitCode === null) {
      const exit = once(api, 'exit');
      api.kill('SIGTERM');
      await exit;
    }
    await database?.stop();
    rmSync(home, { recursive: true, force: true });
  });

  test('every document that the SDK sends passes', async () => {
    const sent: QueryRecord[] = [];
    const shop = createPromolift({ url, key, timeoutMs: 10_000, onQuery: (record) => sent.push(record) });
    const cart = { currency: 'USD', lines: [{ sku: 'none', quantity: 1 }] };
    const id = '0198f7e0-0000-7000-8000-000000000000';
    const calls: (() => Promise<unknown>)[] = [
      () => shop.products({ first: 1 }),
      () => shop.product({ sku: 'none' }),
      () => shop.categories(),
      () => shop.users({ first: 1 }),
      () => shop.recommendations({ first: 1 }),
      () => shop.offers({ userId: 'nobody' }),
      () => shop.evaluateCart(cart),
      () => shop.reserveOffer({ idempotencyKey: 'k-1', campaignId: id, promotionId: id, cart }),
      () => shop.redeem({ idempotencyKey: 'k-5', redemptionId: id, orderExternalId: 'o-1' }),
      () => shop.releaseRedemption({ idempotencyKey: 'k-6', redemptionId: id }),
      () => shop.order('none'),
      () =>
        shop.trackEvents([
          { eventId: 'e-1', name: 'search', occurredAt: new Date().toISOString(), anonymousId: 'a-1', params: { search_term: 'tea' } },
        ]),
      () => shop.placeOrder({ ...cart, idempotencyKey: 'k-2', externalId: 'o-1' }),
      () => shop.cancelOrder({ idempotencyKey: 'k-3', externalId: 'o-1' }),
      () => shop.returnItems({ idempotencyKey: 'k-4', orderExternalId: 'o-1', lines: [{ lineNumber: 1, quantity: 1 }] }),
    ];
    expect(calls.length).toBe(Object.keys(shop).length);
    for (const call of calls) await call().catch((fault: unknown) => expect(fault).toBeInstanceOf(PromoliftError));
    const documents = JSON.parse(readFileSync(documentsFile, 'utf8')) as string[];
    expect(new Set(sent.map(({ document }) => document))).toEqual(new Set(documents));
    const failed = sent.flatMap(({ operation, result }) => ('error' in result ? [`${operation} ${result.error.code}`] : []));
    expect(failed.sort(), printed).toEqual(SECRET_ONLY.map((operation) => `${operation} FORBIDDEN`));
  }, 60_000);

  test('one field more is refused', async () => {
    const [products = ''] = (JSON.parse(readFileSync(documentsFile, 'utf8')) as string[]).filter((text) =>
      text.startsWith('query Products('),
    );
    const ask = async (query: string) => {
      const headers = { 'content-type': 'application/json', authorization: `Bearer ${key}` };
      const answer = await fetch(`${url}/graphql`, { method: 'POST', headers, body: JSON.stringify({ query, variables: { first: 1 } }) });
      return [answer.status, /QUERY_REFUSED/.test(await answer.text())];
    };
    expect(await ask(products)).toEqual([200, false]);
    expect(await ask(products.replace('totalCount', 'totalCount edges { cursor }'))).toEqual([400, true]);
  });
});

async function newPublishableKey(databaseUrl: string, homeDirectory: string): Promise<string> {
  const opened = await openDatabase({ url: databaseUrl });
  const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
  const keys = {
    pseudonymKey: Buffer.from(secrets.PSEUDONYM_KEY, 'hex'),
    encryptionKey: Buffer.from(secrets.ENCRYPTION_KEY, 'hex'),
    holdoutSalt: secrets.HOLDOUT_SALT,
  };
  const installation = { database: opened, clock: { now: () => new Date() }, secrets: keys, homeDirectory, log };
  try {
    const made = await createApiKey(depsFor(installation, { kind: 'system', name: 'test' }), 'Browser', 'publishable');
    if (!made.ok) throw new Error(made.refusal.message);
    return made.value.token;
  } finally {
    await opened.close();
  }
}

const isReady = (url: string): Promise<boolean> =>
  fetch(`${url}/readyz`).then(
    (response) => response.status === 200,
    () => false,
  );

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
