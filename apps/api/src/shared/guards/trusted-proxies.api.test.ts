import { apiEnv, parseEnv } from '@promolift/env';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type RunningApi, startApi } from '../../server.ts';
import { startTestApi, type TestApi } from '../test-api.ts';

let api: TestApi;
const running: RunningApi[] = [];
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(async () => {
  for (const one of running) await one.stop();
  await api.stop();
});

const ATTEMPTS_PER_ADDRESS = 50;
const SIGN_IN = 'mutation ($email: String!) { signIn(email: $email, password: "no") { token } }';

/** How many of 51 sign-ins, each of another account and forwarded for these addresses, are slowed down. */
async function slowedDown(trustedProxies: readonly string[] | undefined, forwardedFor: (n: number) => string): Promise<number> {
  const options = { installation: api.installation, databaseUrl: '', port: 0, host: '127.0.0.1' };
  const own = await startApi({ ...options, ...(trustedProxies && { trustedProxies }) });
  running.push(own);
  const statuses: number[] = [];
  for (let n = 0; n <= ATTEMPTS_PER_ADDRESS; n += 1) {
    const response = await fetch(`${own.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-forwarded-for': forwardedFor(n) },
      body: JSON.stringify({ query: SIGN_IN, variables: { email: `${n}@shop.example` } }),
    });
    statuses.push(response.status);
  }
  return statuses.filter((status) => status === 429).length;
}

describe('browsers behind two proxies', () => {
  const behindTwo = (n: number) => `203.0.113.${n}, 10.1.2.3`;
  test('share one limit where only the nearest proxy is trusted', async () => expect(await slowedDown(undefined, behindTwo)).toBe(1));
  test('have one each where both are', async () => expect(await slowedDown(['loopback', '10.0.0.0/8'], behindTwo)).toBe(0));
  test('cannot say that they are others', async () =>
    expect(await slowedDown(['loopback', '10.0.0.0/8'], (n) => `203.0.113.${n}, 198.51.100.9, 10.1.2.3`)).toBe(1));
});

describe('TRUSTED_PROXIES', () => {
  const parsed = (text?: string) =>
    parseEnv({ TRUSTED_PROXIES: apiEnv.TRUSTED_PROXIES }, text === undefined ? {} : { TRUSTED_PROXIES: text });
  test.each([
    [undefined, ['loopback']],
    ['loopback, 10.0.0.0/8', ['loopback', '10.0.0.0/8']],
    ['uniquelocal,2001:db8::/32,192.0.2.1', ['uniquelocal', '2001:db8::/32', '192.0.2.1']],
  ])('%s', (text, expected) => expect(parsed(text)).toEqual({ TRUSTED_PROXIES: expected }));
  test.each(['', 'true', '*', 'proxy.example', '10.0.0.0/33', '0.0.0.0/0', '10.0.0.0/8/8', 'loopback,'])('%s is refused', (text) =>
    expect(() => parsed(text)).toThrow('TRUSTED_PROXIES'),
  );
});
