import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Role } from '@promolift/domain';
import {
  type Actor,
  createApiKey,
  createManager,
  createShopClock,
  type Deps,
  depsFor,
  type Installation,
  signIn,
} from '@promolift/services';
import { startTestDatabase } from '@promolift/testing';
import pg from 'pg';
import { startApi } from '../server.ts';

const SYSTEM: Actor = { kind: 'system', name: 'test' };
export const PASSWORD = 'correct horse battery';

type GraphqlError = {
  message: string;
  path?: (string | number)[];
  extensions: { code: string; errorId?: string; retryAfterSeconds?: number };
};
type Answer<Data> = { status: number; headers: Headers; data: Data; errors: GraphqlError[]; text: string };

export type TestApi = {
  url: string;
  databaseUrl: string;
  installation: Installation;
  /** A fresh unit of work in the system's name. */
  deps: () => Deps;
  /** Sends one operation; `data` is what the test says it is. */
  ask: <Data = Record<string, unknown>>(
    query: string,
    options?: { variables?: object; token?: string; headers?: Record<string, string> },
  ) => Promise<Answer<Data>>;
  /** Session token of a manager with this role, made when first asked for. */
  tokenOf: (role: Role) => Promise<string>;
  keyOf: (kind: 'publishable' | 'secret') => Promise<string>;
  /** Lines that the server logged as errors, and as warnings. */
  logged: string[];
  warned: string[];
  stop: () => Promise<void>;
};

/** The built server on a database of its own, for `*.api.test.ts`. */
export async function startTestApi(options: { isDevelopment?: boolean } = {}): Promise<TestApi> {
  const database = await startTestDatabase();
  const homeDirectory = await mkdtemp(join(tmpdir(), 'promolift-api-'));
  const [logged, warned]: [string[], string[]] = [[], []];
  const keepIn = (lines: string[]) => (facts: object, message: string) =>
    void lines.push(`${message} ${JSON.stringify(facts, (_key, value: unknown) => (value instanceof Error ? String(value) : value))}`);
  const clock = createShopClock(database.db);
  const secrets = { pseudonymKey: Buffer.alloc(32, 1), encryptionKey: Buffer.alloc(32, 2), holdoutSalt: 'salt of these tests' };
  const installation: Installation = {
    database: database.db,
    clock,
    secrets,
    homeDirectory,
    log: { info: () => undefined, warn: keepIn(warned), error: keepIn(logged) },
  };
  const api = await startApi({
    installation,
    clock,
    databaseUrl: database.url,
    port: 0,
    host: '127.0.0.1',
    isDevelopment: options.isDevelopment ?? false,
  });
  const deps = () => depsFor(installation, SYSTEM);
  return {
    url: api.url,
    databaseUrl: database.url,
    installation,
    deps,
    logged,
    warned,
    ask: (query, { variables, token, headers } = {}) => ask(api.url, JSON.stringify({ query, variables }), token, headers),
    tokenOf: once((role: Role) => newSession(deps(), role)),
    keyOf: once(async (kind: 'publishable' | 'secret') => kept(await createApiKey(deps(), `${kind} test key`, kind)).token),
    stop: async () => {
      await api.stop();
      await database.stop();
      await rm(homeDirectory, { recursive: true, force: true });
    },
  };
}

async function ask<Data>(url: string, body: string, token?: string, headers?: Record<string, string>): Promise<Answer<Data>> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    body,
    headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }), ...headers },
  });
  const text = await response.text();
  const parsed = JSON.parse(text) as { data: Data; errors?: GraphqlError[] };
  return { status: response.status, headers: response.headers, data: parsed.data, errors: parsed.errors ?? [], text };
}

async function newSession(deps: Deps, role: Role): Promise<string> {
  const email = `${role}@shop.example`;
  kept(await createManager(deps, { email, name: `The ${role}`, password: PASSWORD, role }));
  return kept(await signIn(deps, email, PASSWORD)).token;
}

function kept<T>(result: { ok: true; value: T } | { ok: false; refusal: { message: string } }): T {
  if (!result.ok) throw new Error(result.refusal.message);
  return result.value;
}

function once<Key, Value>(make: (key: Key) => Promise<Value>): (key: Key) => Promise<Value> {
  const made = new Map<Key, Promise<Value>>();
  return (key) => {
    const value = made.get(key) ?? make(key);
    made.set(key, value);
    return value;
  };
}

/** Two copies of the driver are installed: the pool's and MikroORM's own. */
function driverPrototypes(): object[] {
  const requireHere = createRequire(import.meta.url);
  const ormDriver = createRequire(requireHere.resolve('@mikro-orm/postgresql'))('pg') as typeof pg;
  return [...new Set([pg.Client.prototype, ormDriver.Client.prototype])];
}

/** SQL statements that reach PostgreSQL from this process while `work` runs; the clock's reading, at most twice a second, is left out. */
export async function countSqlStatements(work: () => Promise<unknown>): Promise<number> {
  let count = 0;
  const undo = driverPrototypes().map((prototype) => {
    const original: unknown = Reflect.get(prototype, 'query');
    if (typeof original !== 'function') throw new Error('the driver has no query method');
    Reflect.set(prototype, 'query', function query(this: unknown, ...parameters: unknown[]) {
      if (!isClockReading(parameters[0])) count += 1;
      return Reflect.apply(original, this, parameters);
    });
    return () => Reflect.set(prototype, 'query', original);
  });
  try {
    await work();
  } finally {
    for (const restore of undo) restore();
  }
  return count;
}

const isClockReading = (statement: unknown): boolean => typeof statement === 'string' && statement.includes("key = 'clock'");
