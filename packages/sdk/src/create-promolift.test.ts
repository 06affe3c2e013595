import { readdirSync, readFileSync } from 'node:fs';
import { buildSchema, parse, validate } from 'graphql';
import { expect, test, vi } from 'vitest';
import * as catalogue from './documents/catalogue.ts';
import * as offers from './documents/offers.ts';
import * as orders from './documents/orders.ts';
import { createPromolift, orThrow, PromoliftError, type QueryRecord } from './index.ts';

type Sent = { url: string; authorization: string | null; operationName: string; variables: Record<string, unknown> };

function fakeApi(...answers: (object | Error | 'silence')[]) {
  const sent: Sent[] = [];
  const fetch: typeof globalThis.fetch = (url, init) => {
    const { operationName, variables } = JSON.parse(String(init?.body));
    sent.push({ url: String(url), authorization: new Headers(init?.headers).get('authorization'), operationName, variables });
    const answer = answers[Math.min(sent.length, answers.length) - 1];
    if (answer instanceof Error) return Promise.reject(answer);
    if (answer === 'silence')
      return new Promise((_, reject) => init?.signal?.addEventListener('abort', () => reject(new Error('aborted'))));
    return Promise.resolve(new Response(JSON.stringify(answer)));
  };
  return { sent, fetch };
}

const served = {
  items: [],
  servedBy: 'MODEL',
  fallbackReason: null,
  modelVersion: 'als-3',
  generatedAt: '2026-11-20T12:00:00Z',
  trackingToken: 't',
};
const events = [{ eventId: 'e1', name: 'search' as const, occurredAt: '2026-11-20T12:00:00Z' }];
const tracked = { data: { trackEvents: { acceptedCount: 1, duplicateCount: 0, rejected: [], userErrors: [] } } };
const client = (api: ReturnType<typeof fakeApi>, more: { timeoutMs?: number; onQuery?: (record: QueryRecord) => void } = {}) =>
  createPromolift({ url: 'http://api.test/', key: 'sk_secret', fetch: api.fetch, ...more });

test('every document is valid against the published schema', () => {
  const schema = buildSchema(readFileSync(new URL('../../api-schema/schema.graphql', import.meta.url), 'utf8'));
  const documents = [catalogue, offers, orders].flatMap((module) => Object.values(module));
  expect(documents).toHaveLength(15);
  for (const document of documents) expect(validate(schema, parse(document)).map(({ message }) => message)).toEqual([]);
  expect(readdirSync(new URL('./documents/', import.meta.url))).toHaveLength(4);
});

test('an operation goes to /graphql with its name, its variables and the key', async () => {
  const api = fakeApi({ data: { recommendations: served } });
  expect(await client(api).recommendations({ userId: 'u1', first: 3 })).toEqual(served);
  expect(api.sent).toEqual([
    {
      url: 'http://api.test/graphql',
      authorization: 'Bearer sk_secret',
      operationName: 'Recommendations',
      variables: { userId: 'u1', first: 3 },
    },
  ]);
});

test.each([
  ['silence', 'silence' as const, 'TIMEOUT'],
  ['a lost connection', new TypeError('fetch failed'), 'UNAVAILABLE'],
  ['an error of the API', { errors: [{ message: 'no', extensions: { code: 'RATE_LIMITED' } }] }, 'RATE_LIMITED'],
])('recommendations never throw: %s', async (_, answer, code) => {
  const api = fakeApi(answer);
  expect(await client(api, { timeoutMs: 20 }).recommendations()).toMatchObject({ items: [], servedBy: 'NONE', fallbackReason: code });
  expect(api.sent).toHaveLength(1);
});

test('other reads throw code and error id, and are sent once', async () => {
  const api = fakeApi({ errors: [{ message: 'Something went wrong on our side.', extensions: { code: 'INTERNAL', errorId: 'err-1' } }] });
  await expect(client(api).categories()).rejects.toMatchObject({ name: 'PromoliftError', code: 'INTERNAL', errorId: 'err-1' });
  expect(api.sent).toHaveLength(1);
  await expect(client(fakeApi('silence'), { timeoutMs: 20 }).products()).rejects.toMatchObject({ code: 'TIMEOUT' });
  await expect(createPromolift({ url: 'http://x', key: 'k', fetch: async () => new Response('<html>') }).products()).rejects.toMatchObject({
    code: 'UNAVAILABLE',
  });
});

test('writes are sent again with the same idempotency key, at most three times', async () => {
  const placed = {
    data: {
      placeOrder: {
        order: null,
        evaluation: null,
        redemptions: [],
        userErrors: [{ message: 'changed', field: null, code: 'PRICE_CHANGED' }],
      },
    },
  };
  const api = fakeApi(
    new TypeError('reset'),
    { errors: [{ message: 'wait', extensions: { code: 'IN_PROGRESS', retryAfterSeconds: 0.01 } }] },
    placed,
  );
  const payload = await client(api).placeOrder({ idempotencyKey: 'k1', externalId: 'o1', currency: 'EUR', lines: [] });
  expect(api.sent.map(({ variables }) => (variables['input'] as { idempotencyKey: string }).idempotencyKey)).toEqual(['k1', 'k1', 'k1']);
  expect(payload.userErrors[0]?.code).toBe('PRICE_CHANGED');
  expect(() => orThrow(payload)).toThrow(PromoliftError);
  const gone = fakeApi(new TypeError('reset'));
  await expect(client(gone).trackEvents(events)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  expect(gone.sent).toHaveLength(3);
});

test('a refusal of the API is not repeated', async () => {
  const api = fakeApi({ errors: [{ message: 'no', extensions: { code: 'FORBIDDEN' } }] });
  await expect(client(api).trackEvents(events)).rejects.toMatchObject({ code: 'FORBIDDEN' });
  expect(api.sent).toHaveLength(1);
});

test('onQuery hears each operation once, without the key, and cannot break the call', async () => {
  const onQuery = vi.fn((_: QueryRecord) => {
    throw new Error('listener');
  });
  await client(fakeApi(new TypeError('reset'), tracked), { onQuery }).trackEvents(events);
  expect(onQuery).toHaveBeenCalledTimes(1);
  const record = onQuery.mock.calls[0]?.[0];
  expect(record).toMatchObject({ operation: 'TrackEvents', variables: { events }, result: tracked });
  expect(record?.milliseconds).toBeGreaterThan(0);
  expect(JSON.stringify(record)).not.toContain('sk_secret');
  await client(fakeApi('silence'), { onQuery, timeoutMs: 10 }).recommendations();
  expect(onQuery.mock.calls[1]?.[0].result).toMatchObject({ error: { code: 'TIMEOUT' } });
});
