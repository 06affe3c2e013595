import type { ShopRow } from '@promolift/domain';
import { type Database, migrateUp, openDatabase, openPool } from '@promolift/db';
import { continueFrom, createShop, history, type Shop, type ShopState } from '@promolift/simulator';
import { type Deps, importRows, trainModels } from '../src/index.ts';

const DAY_MS = 86_400_000;
const BATCH_ROWS = 5_000;

export const noProgress = (payload: Record<string, unknown> = {}) => ({
  payload,
  progress: { report: async () => undefined },
  assertCurrent: async () => undefined,
  checkpoint: { finished: {}, finish: async () => undefined },
});

export type OpenShop = { deps: Deps; shop: Shop; end: ShopState; now: Date; close: () => Promise<void> };
export type ShopSize = { seed: number; users: number; products: number; days: number };

/** A simulated shop that has imported its history and trained its models; one that is there already is opened as it stands. */
export async function openSimulatedShop(serverUrl: string, size: ShopSize, now: Date): Promise<OpenShop> {
  const { url, isNew } = await databaseOf(serverUrl, `bench_${Object.values(size).join('_')}_${now.getTime() / DAY_MS}`);
  await migrateUp(url);
  const db = await openDatabase({ url });
  if (!isNew) return shopOver(db, size, now);
  const open = await openShopIn(db, size, now);
  await trainModels(open.deps, noProgress());
  await db.pool.query("insert into settings (key, value) values ('bench', 'true')");
  return open;
}

/** A simulated shop that imports its history, or those rows of it that are kept, into an empty database. */
export async function openShopIn(
  db: Database,
  size: ShopSize,
  now: Date,
  keeps: (row: ShopRow) => boolean = () => true,
): Promise<OpenShop> {
  const open = shopOver(db, size, now);
  await db.pool.query("insert into settings (key, value) values ('shop', $1)", [JSON.stringify({ currency: 'EUR', timeZone: 'UTC' })]);
  await importRows(open.deps, batchesOf(history(open.shop), keeps), { source: 'bench' });
  return open;
}

function shopOver(db: Database, size: ShopSize, now: Date): OpenShop {
  const shop = createShop({ ...size, startDate: new Date(now.getTime() - size.days * DAY_MS) });
  const deps: Deps = {
    em: db.em(),
    sql: db.pool,
    clock: { now: () => now },
    actor: { kind: 'system', name: 'bench' },
    log: { info: () => undefined, warn: () => undefined, error: () => undefined },
    homeDirectory: '',
    secrets: { pseudonymKey: Buffer.alloc(32, 1), encryptionKey: Buffer.alloc(32, 2), holdoutSalt: 'bench' },
  };
  return { deps, shop, end: continueFrom(shop), now, close: () => db.close() };
}

async function* batchesOf(rows: Iterable<ShopRow>, keeps: (row: ShopRow) => boolean): AsyncGenerator<ShopRow[]> {
  const batch: ShopRow[] = [];
  for (const row of rows) {
    if (keeps(row)) batch.push(row);
    if (batch.length >= BATCH_ROWS) yield batch.splice(0);
  }
  yield batch;
}

async function databaseOf(serverUrl: string, name: string): Promise<{ url: string; isNew: boolean }> {
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  const server = openPool(serverUrl, 1);
  try {
    const { rowCount } = await server.query('select from pg_database where datname = $1', [name]);
    if (rowCount && (await isReady(url.href))) return { url: url.href, isNew: false };
    await server.query(`drop database if exists ${name}`);
    await server.query(`create database ${name}`);
    return { url: url.href, isNew: true };
  } finally {
    await server.end();
  }
}

async function isReady(url: string): Promise<boolean> {
  const pool = openPool(url, 1);
  try {
    return ((await pool.query("select from settings where key = 'bench'")).rowCount ?? 0) > 0;
  } catch {
    return false;
  } finally {
    await pool.end();
  }
}
