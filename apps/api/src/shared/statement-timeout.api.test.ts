import { type Database, openDatabase, patientPool } from '@promolift/db';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type RunningApi, startApi } from '../server.ts';
import { startTestApi, type TestApi } from './test-api.ts';

const LIMIT_MS = 300;
let api: TestApi;
let limited: Database;
let running: RunningApi;
beforeAll(async () => {
  api = await startTestApi();
  limited = await openDatabase({ url: api.databaseUrl, statementTimeoutMs: LIMIT_MS });
  running = await startApi({
    installation: { ...api.installation, database: limited },
    databaseUrl: api.databaseUrl,
    port: 0,
    host: '127.0.0.1',
  });
});
afterAll(async () => {
  await running?.stop();
  await limited?.close();
  await api.stop();
});

const categories = async () => {
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${await api.keyOf('publishable')}` };
  const answer = await fetch(`${running.url}/graphql`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ query: '{ categories { key } }' }),
  });
  return {
    status: answer.status,
    body: (await answer.json()) as { data: unknown; errors?: { message: string; extensions: { code: string } }[] },
  };
};

test('a read that waits longer than the limit ends as TIMEOUT, without inner text, and the next one answers', async () => {
  const locker = new pg.Client(api.databaseUrl);
  await locker.connect();
  await locker.query('begin; lock table categories in access exclusive mode');
  const startedAt = performance.now();
  const { body } = await categories();
  const tookMs = performance.now() - startedAt;
  await locker.query('rollback');
  await locker.end();
  expect(body.errors?.[0]?.extensions).toMatchObject({ code: 'TIMEOUT', retryAfterSeconds: 2 });
  expect(body.errors?.[0]?.message).not.toContain('canceling statement');
  expect(tookMs).toBeGreaterThanOrEqual(LIMIT_MS - 50);
  expect(tookMs).toBeLessThan(LIMIT_MS + 5_000);
  expect((await categories()).body).toEqual({ data: { categories: [] } });
});

test('long reads have connections without the limit, writes too', async () => {
  const slow = `select pg_sleep(${(LIMIT_MS + 100) / 1_000})`;
  await expect(limited.pool.query(slow)).rejects.toMatchObject({ code: '57014' });
  await expect(patientPool(limited.pool).query(slow)).resolves.toBeDefined();
  await expect(limited.em().execute(slow)).resolves.toBeDefined();
  expect(patientPool(api.installation.database.pool)).toBe(api.installation.database.pool);
});
