import { isAuditChainValid } from '@promolift/services';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PASSWORD, startTestApi, type TestApi } from '../shared/test-api.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());

const SIGN_IN =
  'mutation ($email: String!, $password: String!) { signIn(email: $email, password: $password) { token expiresAt manager { email } userErrors { code message } } }';
type SignIn = { signIn: { token: string | null; manager: { email: string } | null; userErrors: { code: string }[] } };

describe('sign-in', () => {
  test('gives a token that works until sign-out', async () => {
    await api.tokenOf('viewer');
    const signedIn = await api.ask<SignIn>(SIGN_IN, { variables: { email: ' Viewer@shop.example ', password: PASSWORD } });
    const token = signedIn.data.signIn.token ?? '';
    expect(token).toMatch(/^ps_[\w-]{43}$/);
    const me = await api.ask<{ me: { manager: { role: string }; allowedOperations: string[] } }>(
      '{ me { manager { role } allowedOperations } }',
      { token },
    );
    expect(me.data.me.manager.role).toBe('viewer');
    expect(me.data.me.allowedOperations).toContain('campaigns');
    expect(me.data.me.allowedOperations).not.toContain('approveCampaign');
    await api.ask('mutation { signOut { ok } }', { token });
    const after = await api.ask('{ me { manager { role } } }', { token });
    expect(after.status).toBe(401);
    expect(after.errors[0]?.extensions.code).toBe('UNAUTHENTICATED');
  });

  test('answers wrong password and unknown account alike', async () => {
    const wrong = await api.ask<SignIn>(SIGN_IN, { variables: { email: 'viewer@shop.example', password: 'not this one, sorry' } });
    const unknown = await api.ask<SignIn>(SIGN_IN, { variables: { email: 'nobody@shop.example', password: 'not this one, sorry' } });
    expect(wrong.data.signIn.userErrors[0]?.code).toBe('WRONG_CREDENTIALS');
    expect(unknown.data).toEqual(wrong.data);
  });

  test('slows guessing down after ten attempts on one account', async () => {
    for (let attempt = 0; attempt < 10; attempt += 1)
      await api.ask(SIGN_IN, { variables: { email: 'guessed@shop.example', password: `guess ${attempt}` } });
    const eleventh = await api.ask(SIGN_IN, { variables: { email: 'guessed@shop.example', password: 'guess 11' } });
    expect(eleventh.status).toBe(429);
    expect(Number(eleventh.headers.get('retry-after'))).toBeGreaterThan(0);
  });

  test.each(['ps_unknown', 'pk_unknown', 'eyJhbGciOiJub25lIn0'])('refuses the token %s with one text', async (token) => {
    const answer = await api.ask('{ me { manager { id } } }', { token });
    expect([answer.status, answer.errors[0]?.message]).toEqual([401, 'This session or key is not valid; sign in again.']);
  });
});

describe('changing the own password', () => {
  const CHANGE = 'mutation ($input: ChangePasswordInput!) { changePassword(input: $input) { ok userErrors { code field } } }';
  const change = (token: string, currentPassword: string, newPassword: string) =>
    api.ask<{ changePassword: { ok: boolean; userErrors: { code: string; field: string[] }[] } }>(CHANGE, {
      token,
      variables: { input: { currentPassword, newPassword } },
    });
  const signInAs = async (password: string) =>
    (await api.ask<SignIn>(SIGN_IN, { variables: { email: 'approver@shop.example', password } })).data.signIn.token;
  const NEXT = 'staple battery horse correct';

  test.each([
    ['not the right one', NEXT, 'WRONG_PASSWORD', 'currentPassword'],
    [PASSWORD, 'eleven char', 'BAD_USER_INPUT', 'newPassword'],
    [PASSWORD, 'x'.repeat(201), 'BAD_USER_INPUT', 'newPassword'],
    [PASSWORD, PASSWORD, 'BAD_USER_INPUT', 'newPassword'],
  ])('%s → %s is refused as %s', async (current, next, code, field) => {
    const { data } = await change(await api.tokenOf('approver'), current, next);
    expect(data.changePassword).toEqual({ ok: false, userErrors: [{ code, field: [field] }] });
  });

  test('keeps this session, ends the others, and only the new password signs in', async () => {
    const mine = await api.tokenOf('approver');
    const [other, stranger] = [await signInAs(PASSWORD), await api.tokenOf('viewer')];
    expect((await change(mine, PASSWORD, NEXT)).data.changePassword).toEqual({ ok: true, userErrors: [] });
    const statusOf = async (token: string | null) => (await api.ask('{ jobs { id } }', { token: token ?? '' })).status;
    expect([await statusOf(mine), await statusOf(other), await statusOf(stranger)]).toEqual([200, 401, 200]);
    expect(await signInAs(PASSWORD)).toBeNull();
    expect(await signInAs(NEXT)).toMatch(/^ps_/);
    const { rows } = await api.installation.database.pool.query(
      "select actor_kind, details from audit_entries where action = 'manager.password-changed'",
    );
    expect(JSON.stringify(rows)).not.toContain('horse');
    expect(rows).toHaveLength(1);
  });

  test('of two changes at once one is refused', async () => {
    const mine = await api.tokenOf('approver');
    const answers = await Promise.all([change(mine, NEXT, 'a first new password'), change(mine, NEXT, 'a second new password')]);
    const codes = answers.map(({ data }) => data.changePassword.userErrors[0]?.code ?? 'OK').sort();
    expect(codes[1]).toBe('OK');
    expect(['CONFLICT', 'WRONG_PASSWORD']).toContain(codes[0]);
  });

  test('guessing the current one is slowed down, and a key has no password', async () => {
    const viewer = await api.tokenOf('viewer');
    for (let attempt = 0; attempt < 10; attempt += 1) await change(viewer, `guess number ${attempt}`, NEXT);
    expect((await change(viewer, PASSWORD, NEXT)).status).toBe(429);
    expect((await change(await api.keyOf('secret'), PASSWORD, NEXT)).status).toBe(403);
  });
});

describe('managers', () => {
  test('a disabled manager is refused at the next request', async () => {
    const admin = await api.tokenOf('admin');
    const token = await api.tokenOf('analyst');
    const { data } = await api.ask<{ managers: { id: string; email: string }[] }>('{ managers { id email } }', { token: admin });
    const id = data.managers.find(({ email }) => email === 'analyst@shop.example')?.id;
    expect((await api.ask('{ jobs { id } }', { token })).status).toBe(200);
    const disabled = await api.ask(
      'mutation ($id: ID!) { updateManager(input: { id: $id, isDisabled: true }) { manager { isDisabled } userErrors { code } } }',
      { token: admin, variables: { id } },
    );
    expect(disabled.data).toEqual({ updateManager: { manager: { isDisabled: true }, userErrors: [] } });
    expect((await api.ask('{ jobs { id } }', { token })).status).toBe(401);
    expect(
      (await api.ask<SignIn>(SIGN_IN, { variables: { email: 'analyst@shop.example', password: PASSWORD } })).data.signIn.token,
    ).toBeNull();
  });

  test('the last admin stays', async () => {
    const token = await api.tokenOf('admin');
    const { data } = await api.ask<{ me: { manager: { id: string } } }>('{ me { manager { id } } }', { token });
    const answer = await api.ask(
      'mutation ($id: ID!) { updateManager(input: { id: $id, role: viewer }) { manager { id } userErrors { code field } } }',
      { token, variables: { id: data.me.manager.id } },
    );
    expect(answer.data).toEqual({ updateManager: { manager: null, userErrors: [{ code: 'LAST_ADMIN', field: ['id'] }] } });
  });

  test('a short password and a taken address are refused', async () => {
    const token = await api.tokenOf('admin');
    const create = (email: string, password: string) =>
      api.ask<{ createManager: { userErrors: { code: string; field: string[] }[] } }>(
        'mutation ($input: CreateManagerInput!) { createManager(input: $input) { userErrors { code field } } }',
        { token, variables: { input: { email, password, name: 'New', role: 'viewer' } } },
      );
    expect((await create('new@shop.example', 'eleven char')).data.createManager.userErrors[0]).toEqual({
      code: 'BAD_USER_INPUT',
      field: ['password'],
    });
    expect((await create('Admin@shop.example', PASSWORD)).data.createManager.userErrors[0]?.code).toBe('EMAIL_TAKEN');
  });
});

describe('API keys', () => {
  test('a key works until it is revoked, and its token is stored only as a hash', async () => {
    const token = await api.tokenOf('admin');
    const created = await api.ask<{ createApiKey: { token: string; apiKey: { id: string; prefix: string } } }>(
      'mutation { createApiKey(name: "Shop", kind: publishable) { token apiKey { id prefix } userErrors { code } } }',
      { token },
    );
    const { token: key, apiKey } = created.data.createApiKey;
    expect(key.startsWith(apiKey.prefix)).toBe(true);
    expect((await api.ask('{ me { manager { id } } }', { token: key })).data).toEqual({ me: null });
    const stored = await api.installation.database.pool.query('select * from api_keys');
    expect(JSON.stringify(stored.rows)).not.toContain(key);
    await api.ask('mutation ($id: ID!) { revokeApiKey(id: $id) { ok } }', { token, variables: { id: apiKey.id } });
    expect((await api.ask('{ me { manager { id } } }', { token: key })).status).toBe(401);
  });

  test('a storefront key may not do what managers do', async () => {
    const answer = await api.ask('{ jobs { id } }', { token: await api.keyOf('secret') });
    expect([answer.status, answer.errors[0]?.extensions.code]).toEqual([403, 'FORBIDDEN']);
  });
});

describe('audit', () => {
  test('entries are chained, paged newest first, and a changed past shows', async () => {
    const token = await api.tokenOf('approver');
    const query =
      'query ($after: String) { auditEntries(first: 2, after: $after) { isChainValid totalCount nodes { seq action actor { email } } pageInfo { hasNextPage hasPreviousPage endCursor } } }';
    type Page = {
      auditEntries: {
        isChainValid: boolean;
        totalCount: number;
        nodes: { seq: string }[];
        pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; endCursor: string };
      };
    };
    const first = (await api.ask<Page>(query, { token })).data.auditEntries;
    expect(first.isChainValid).toBe(true);
    const second = (await api.ask<Page>(query, { token, variables: { after: first.pageInfo.endCursor } })).data.auditEntries;
    expect(Number(second.nodes[0]?.seq)).toBeLessThan(Number(first.nodes[1]?.seq));
    expect([first.pageInfo.hasPreviousPage, second.pageInfo.hasPreviousPage]).toEqual([false, true]);

    const { pool } = api.installation.database;
    await expect(pool.query("update audit_entries set action = 'nothing'")).rejects.toThrow('append-only');
    await pool.query(
      "alter table audit_entries disable trigger user; update audit_entries set action = 'nothing' where seq = 2; alter table audit_entries enable trigger user",
    );
    expect(await isAuditChainValid(api.deps(), true)).toBe(false);
    expect((await api.ask<Page>(query, { token })).data.auditEntries.isChainValid).toBe(false);
  });

  test("a broken cursor is the caller's fault", async () => {
    const answer = await api.ask('{ auditEntries(after: "zzz") { totalCount } }', { token: await api.tokenOf('approver') });
    expect([answer.status, answer.errors[0]?.extensions.code]).toEqual([400, 'BAD_USER_INPUT']);
  });
});
