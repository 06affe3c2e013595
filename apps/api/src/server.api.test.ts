import { openDatabase } from '@promolift/db';
import { createShopClock, type Installation } from '@promolift/services';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type RunningApi, startApi } from './server.ts';

const NOWHERE = 'postgres://nobody:nothing@127.0.0.1:9/nothing';
let api: RunningApi;
let installation: Installation;

beforeAll(async () => {
  const database = await openDatabase({ url: NOWHERE });
  const clock = createShopClock(database);
  const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
  installation = {
    database,
    clock,
    log,
    homeDirectory: '.',
    secrets: { pseudonymKey: Buffer.alloc(32), encryptionKey: Buffer.alloc(32), holdoutSalt: 'salt' },
  };
  api = await startApi({ installation, clock, databaseUrl: NOWHERE, port: 0, host: '127.0.0.1' });
});
afterAll(async () => {
  await api.stop();
  await installation.database.close();
});

describe('without a database', () => {
  test('the process is alive, but not ready', async () => {
    const [live, ready] = await Promise.all(['/livez', '/readyz'].map((path) => fetch(api.url + path)));
    expect([live?.status, ready?.status, ready?.headers.get('retry-after')]).toEqual([200, 503, '2']);
  });

  test('a request is told to come back', async () => {
    const answer = await fetch(`${api.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"query":"{ me { manager { id } } }"}',
    });
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '2']);
    expect(await answer.text()).not.toMatch(/ECONNREFUSED|127\.0\.0\.1/);
  });
});

describe('stopping', () => {
  test('takes no time when only idle connections are left, and then refuses', async () => {
    const second = await startApi({ installation, databaseUrl: NOWHERE, port: 0, host: '127.0.0.1' });
    expect((await fetch(`${second.url}/livez`)).status).toBe(200);
    const startedAt = performance.now();
    await second.stop();
    expect(performance.now() - startedAt).toBeLessThan(1_000);
    await expect(fetch(`${second.url}/livez`)).rejects.toThrow();
  });
});
