import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse, print } from 'graphql';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startApi } from '../../server.ts';
import { startTestApi, type TestApi } from '../test-api.ts';

let api: TestApi;
let folder: string;
beforeAll(async () => {
  api = await startTestApi();
  folder = await mkdtemp(join(tmpdir(), 'promolift-safelist-'));
});
afterAll(async () => {
  await api.stop();
  await rm(folder, { recursive: true, force: true });
});

test('what a manager may not do is refused and kept in the audit log, once a minute for each operation', async () => {
  const token = await api.tokenOf('analyst');
  for (const query of [
    'mutation { killAllCampaigns(reason: "x") { ok } }',
    '{ managers { id } }',
    '{ managers { name } }',
    'query { a: managers { id } }',
  ])
    expect([400, 403]).toContain((await api.ask(query, { token })).status);
  await api.ask('{ managers { id } }', { token: await api.keyOf('secret') });
  const { rows } = await api.installation.database.pool.query(
    "select actor_kind, subject_id, details from audit_entries where action = 'operation.forbidden' and subject_id = 'managers'",
  );
  expect(rows).toEqual([{ actor_kind: 'manager', subject_id: 'managers', details: { role: 'analyst' } }]);
});

test('another role ends the sessions that the old one opened', async () => {
  const token = await api.tokenOf('viewer');
  const { data } = await api.ask<{ me: { manager: { id: string } } }>('{ me { manager { id } } }', { token });
  const change = 'mutation ($id: ID!) { updateManager(input: { id: $id, role: analyst }) { userErrors { code } } }';
  await api.ask(change, { token: await api.tokenOf('admin'), variables: { id: data.me.manager.id } });
  expect((await api.ask('{ jobs { id } }', { token })).status).toBe(401);
});

test('metrics are for this machine, not for whom a proxy on it serves', async () => {
  const status = async (headers: Record<string, string>) => (await fetch(`${api.url}/metrics`, { headers })).status;
  expect(await status({})).toBe(200);
  expect(await status({ 'x-forwarded-for': '203.0.113.9' })).toBe(403);
  expect(await status({ forwarded: 'for=203.0.113.9' })).toBe(403);
});

test('with a safelist a publishable key runs persisted documents only, by text or by hash; others are free', async () => {
  const known = 'query Known { categories { key } }';
  const safelistFile = join(folder, 'documents.json');
  await writeFile(safelistFile, JSON.stringify([known]));
  const safe = await startApi({ installation: api.installation, databaseUrl: '', port: 0, host: '127.0.0.1', safelistFile });
  const send = async (body: object, token: string) => {
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
    const answer = await fetch(`${safe.url}/graphql`, { method: 'POST', headers, body: JSON.stringify(body) });
    return [answer.status, await answer.text()] as const;
  };
  const hashed = (sha256Hash: string) => ({ extensions: { persistedQuery: { version: 1, sha256Hash } } });
  const sha256 = (text: string) =>
    createHash('sha256')
      .update(print(parse(text)))
      .digest('hex');
  const key = await api.keyOf('publishable');
  try {
    expect((await send({ query: known.replaceAll(' ', '\n') }, key))[0]).toBe(200);
    expect((await send(hashed(sha256(known)), key))[0]).toBe(200);
    const [status, text] = await send({ query: 'query Known { categories { name } }' }, key);
    expect([status, text.includes('QUERY_REFUSED'), text.includes('categories')]).toEqual([400, true, false]);
    const other = '{ categories { name } }';
    expect((await send({ query: other, ...hashed(sha256(other)) }, key))[0]).toBe(400);
    expect((await send(hashed(sha256(other)), key))[0]).toBe(400);
    expect((await send({ query: other }, await api.keyOf('secret')))[0]).toBe(200);
    expect((await send({ query: other }, await api.tokenOf('approver')))[0]).toBe(200);
  } finally {
    await safe.stop();
  }
});
