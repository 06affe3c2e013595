import { request as httpRequest } from 'node:http';
import { getIntrospectionQuery } from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestApi, type TestApi } from '../test-api.ts';

let api: TestApi;
let token: string;
beforeAll(async () => {
  api = await startTestApi();
  token = await api.tokenOf('approver');
});
afterAll(() => api.stop());

const refused = async (query: string, options: { token?: string; variables?: object } = {}) => {
  const answer = await api.ask(query, { token, ...options });
  return { status: answer.status, code: answer.errors[0]?.extensions.code, text: answer.text, count: answer.errors.length };
};
const repeat = (count: number, part: (index: number) => string) => Array.from({ length: count }, (_, index) => part(index)).join(' ');
const send = (init: RequestInit, search = '') => fetch(`${api.url}/graphql${search}`, init);
const json = { 'content-type': 'application/json' };

describe('introspection and hints', () => {
  test.each([
    '{ __schema { types { name } } }',
    '{ __type(name: "Manager") { fields { name } } }',
    'query __schema { __schema { types { fields { type { fields { name } } } } } }',
  ])('storefronts and strangers may not introspect: %s', async (query) => {
    for (const caller of [undefined, await api.keyOf('publishable'), await api.keyOf('secret')]) {
      const answer = await api.ask(query, caller ? { token: caller } : {});
      expect([answer.status, answer.errors[0]?.extensions.code]).toEqual([400, 'QUERY_REFUSED']);
      expect(answer.data?.['__schema'] ?? null).toBeNull();
    }
  });

  test('a signed-in manager may ask what GraphiQL asks', async () => {
    expect((await api.ask(getIntrospectionQuery(), { token })).status).toBe(200);
  });

  test('a signed-in manager may', async () => {
    expect((await api.ask('{ __schema { queryType { name } } }', { token })).data).toEqual({ __schema: { queryType: { name: 'Query' } } });
  });

  test('a misspelt field gives no hint', async () => {
    const answer = await refused('{ manager { id } setings { currency } }');
    expect(answer.status).toBe(400);
    expect(answer.text).not.toMatch(/Did you mean|settings|managers/);
  });
});

describe('too much at once', () => {
  test('101 aliases of a field or of __typename', async () => {
    expect(await refused(`{ ${repeat(101, (n) => `a${n}: settings { currency }`)} }`)).toMatchObject({
      status: 400,
      code: 'QUERY_REFUSED',
    });
    expect(await refused(`{ ${repeat(101, (n) => `a${n}: __typename`)} }`)).toMatchObject({ status: 400, code: 'QUERY_REFUSED' });
  });

  test('15 aliases pass, 16 do not', async () => {
    expect((await refused(`{ ${repeat(15, (n) => `a${n}: settings { currency }`)} }`)).status).toBe(200);
    expect((await refused(`{ ${repeat(16, (n) => `a${n}: settings { currency }`)} }`)).code).toBe('QUERY_REFUSED');
  });

  test('aliases inside a fragment that is used often count each time', async () => {
    expect(
      (await refused(`fragment F on Settings { a: currency b: timeZone } { ${repeat(9, (n) => `s${n}: settings { ...F }`)} }`)).code,
    ).toBe('QUERY_REFUSED');
  });

  test.each([60, 1_000])('directives nobody knows, %i of them: at most 5 errors', async (count) => {
    const answer = await refused(`{ settings { currency ${repeat(count, () => '@aa')} } }`);
    expect(answer.status).toBe(400);
    expect(answer.count).toBeLessThanOrEqual(5);
  });

  test.each([99_999_999, -1, 0, 101])('first: %i', async (first) => {
    expect(await refused(`{ jobs(first: ${first}) { id } }`)).toMatchObject({ status: 400, code: 'BAD_USER_INPUT' });
    expect(await refused('query ($first: Int!) { jobs(first: $first) { id } }', { variables: { first } })).toMatchObject({
      status: 400,
      code: 'BAD_USER_INPUT',
    });
  });

  test('first: 100 is the most', async () => {
    expect((await refused('{ jobs(first: 100) { id } }')).status).toBe(200);
  });

  test('circular fragments', async () => {
    expect((await refused('fragment A on Settings { ...B } fragment B on Settings { ...A } { settings { ...A } }')).status).toBe(400);
  });

  test('20,000 tokens and 9,000 unknown fields', async () => {
    const startedAt = performance.now();
    expect((await refused(`{ ${repeat(9_000, (n) => `f${n}`)} }`)).status).toBe(400);
    expect((await refused(`{ ${repeat(10_000, () => 'a,')} }`)).status).toBe(400);
    expect(performance.now() - startedAt).toBeLessThan(500);
  });

  test('fragments that double 22 times are refused quickly', async () => {
    const fragments = repeat(22, (n) => `fragment F${n} on Settings { ...F${n + 1} ...F${n + 1} }`);
    const startedAt = performance.now();
    expect((await refused(`{ settings { ...F0 } } ${fragments} fragment F22 on Settings { currency }`)).status).toBe(400);
    expect(performance.now() - startedAt).toBeLessThan(500);
  });

  test('a deep selection', async () => {
    const type = 'type { ofType '.concat('{ ofType '.repeat(58), '{ name }', ' }'.repeat(58), ' }');
    expect(await refused(`{ settings { currency } __schema { types { fields { ${type} } } } }`)).toMatchObject({
      status: 400,
      code: 'QUERY_REFUSED',
    });
    expect(await refused(`{ __schema { types { fields { ${type} } } } }`)).toMatchObject({ status: 400, code: 'QUERY_REFUSED' });
    expect((await refused(`${'{ a '.repeat(5_000)}${'}'.repeat(5_000)}`)).text).not.toMatch(/call stack/i);
  });
});

describe('transport', () => {
  test('batches are off', async () => {
    const answer = await send({
      method: 'POST',
      headers: json,
      body: JSON.stringify(Array.from({ length: 10 }, () => ({ query: '{ __typename }' }))),
    });
    expect(answer.status).toBe(400);
  });

  test('GET without the preflight header, GET as text, GET of a mutation', async () => {
    expect((await send({ method: 'GET' }, '?query={__typename}')).status).toBe(400);
    expect((await send({ method: 'GET', headers: { 'content-type': 'text/plain' } }, '?query={__typename}')).status).toBe(415);
    const mutation = await send({ method: 'GET', headers: json }, `?query=${encodeURIComponent('mutation { signOut { ok } }')}`);
    expect(mutation.status).toBe(405);
  });

  test.each([
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'text/plain',
    'application/json; charset=ibm500',
    'application/json; charset=utf-16',
  ])('a body as %s', async (type) => {
    expect((await send({ method: 'POST', headers: { 'content-type': type }, body: '{"query":"{ __typename }"}' })).status).toBe(415);
  });

  test('more than 100 KB', async () => {
    expect(
      (
        await send({
          method: 'POST',
          headers: json,
          body: JSON.stringify({ query: '{ __typename }', variables: { x: 'x'.repeat(102_400) } }),
        })
      ).status,
    ).toBe(413);
  });

  test('1 MB only for trackEvents, and no more than that', async () => {
    const body = (size: number, query: string) => JSON.stringify({ query, variables: { events: 'x'.repeat(size) } });
    const track = 'mutation ($events: [EventInput!]!) { trackEvents(events: $events) { acceptedCount } }';
    expect((await send({ method: 'POST', headers: json, body: body(500_000, track) })).status).not.toBe(413);
    expect((await send({ method: 'POST', headers: json, body: body(500_000, track.replace(/ }$/, ' signOut { ok } }')) })).status).toBe(
      413,
    );
    expect(await postTooLarge()).toBe(413);
  });

  test('a syntax error, a body that is no JSON, unknown persisted queries', async () => {
    expect(await refused('qwerty cop { abc }')).toMatchObject({ status: 400, code: 'GRAPHQL_PARSE_FAILED' });
    expect((await send({ method: 'POST', headers: json, body: '{' })).status).toBe(400);
    const persisted = { extensions: { persistedQuery: { version: 1, sha256Hash: 'a'.repeat(64) } } };
    expect((await send({ method: 'POST', headers: json, body: JSON.stringify(persisted) })).status).toBe(400);
  });

  test.each([2_147_483_648, 1.5, '1', null])('the Int %j', async (first) => {
    expect((await refused('query ($first: Int!) { jobs(first: $first) { id } }', { variables: { first } })).status).toBe(400);
  });

  test("a NUL character is the caller's fault, SQL is text", async () => {
    const query = 'query ($filter: AuditFilter) { auditEntries(filter: $filter) { totalCount } }';
    expect(await refused(query, { variables: { filter: { action: 'a\0b' } } })).toMatchObject({ status: 400, code: 'BAD_USER_INPUT' });
    expect((await api.ask(query, { token, variables: { filter: { action: "' OR 1=1--" } } })).data).toEqual({
      auditEntries: { totalCount: 0 },
    });
  });
});

describe('faults of ours', () => {
  test('are an id for the caller and a text for the log', async () => {
    const { pool } = api.installation.database;
    await pool.query('alter table models rename to models_away');
    const answer = await api.ask('{ models { id } }', { token });
    await pool.query('alter table models_away rename to models');
    expect([answer.status, answer.errors[0]?.extensions.code]).toEqual([500, 'INTERNAL']);
    expect(answer.text).not.toMatch(/models_away|relation|select/i);
    expect(api.logged.some((line) => line.includes(answer.errors[0]?.extensions.errorId ?? 'no id'))).toBe(true);
  });
});

describe('other paths', () => {
  test('health, version, metrics and an unknown path', async () => {
    const get = async (path: string) => (await fetch(api.url + path)).status;
    expect(await Promise.all(['/livez', '/readyz', '/version', '/metrics', '/graphiql', '/wp-admin'].map(get))).toEqual([
      200, 200, 200, 200, 200, 404,
    ]);
  });

  test('every answer forbids foreign scripts and frames', async () => {
    const { headers } = await fetch(`${api.url}/graphiql`);
    expect(headers.get('content-security-policy')).toMatch(/default-src 'none'.*script-src 'self';/);
    expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    expect(headers.get('x-powered-by')).toBeNull();
  });
});

/** Without a content-length, so that only counting can notice. */
function postTooLarge(): Promise<number> {
  return new Promise((resolve, reject) => {
    const sent = httpRequest(`${api.url}/graphql`, { method: 'POST', headers: json }, (answer) => resolve(answer.statusCode ?? 0));
    sent.on('error', reject);
    const write = (left: number): void => {
      if (left === 0 || sent.destroyed) return;
      sent.write('x'.repeat(65_536), () => write(left - 1));
    };
    write(20);
  });
}
