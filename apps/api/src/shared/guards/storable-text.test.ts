import { parse } from 'graphql';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApi, type TestApi } from '../test-api.ts';
import { requireStorableText } from './storable-text.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());

const QUERY = 'query ($sku: String!) { product(sku: $sku) { id } }';
const NUL = String.fromCharCode(0);

test.each([
  ['a NUL', `a${NUL}b`],
  ['half of a pair', 'a\ud83d'],
  ['the other half', '\ude00'],
  ['a NUL after a backslash', `\\${NUL}`],
])('%s is a fault of the caller, in variables and in the query', async (_, sku) => {
  const token = await api.keyOf('publishable');
  const answers = [
    await api.ask(QUERY, { token, variables: { sku } }),
    await api.ask(`{ product(sku: ${JSON.stringify(sku).replaceAll('\u0000', '\\u0000')}) { id } }`, { token }),
  ];
  // Half a pair in a query's own text is no GraphQL at all.
  for (const { errors } of answers) expect(['BAD_USER_INPUT', 'GRAPHQL_PARSE_FAILED']).toContain(errors[0]?.extensions.code);
});

test.each(['plain', '中文 😀', '\\u0000', '\\\\ud83d', 'tab\tline\n'])('%j can be kept', (sku) => {
  expect(() => requireStorableText(parse(QUERY), { sku })).not.toThrow();
  expect(() => requireStorableText(parse(`{ product(sku: ${JSON.stringify(sku)}) { id } }`), undefined)).not.toThrow();
});
