import { type ChildProcess, spawn } from 'node:child_process';
import { createReadStream, createWriteStream, existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { createGunzip } from 'node:zlib';
import { depsFor, type Deps, findImport, findJob, importDataset, requestImport } from '@promolift/services';
import { startTestDatabase, type TestDatabase } from '@promolift/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { until } from './test-queues.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const source = join(process.env.PROMOLIFT_DATA ?? join(root, '../shared/data'), 'online-retail/online_retail.csv.gz');
const isMissing = !existsSync(source);
if (isMissing && process.env.CI === 'true') throw new Error(`CI needs ${source}.`);
if (isMissing) console.info('skipped: the killed import, because online-retail is not there');

/** More than one transaction of 100,000 rows, so that the kill falls between what is kept and what is not. */
const ROWS = 90_000;
const KEY = '01'.repeat(32);
let home: string;
let slice: string;
const databases: TestDatabase[] = [];
const workers = new Set<ChildProcess>();

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'promolift-killed-'));
  slice = join(home, 'slice.csv');
  if (!isMissing) await writeSlice();
});
afterAll(async () => {
  for (const worker of workers) kill(worker);
  for (const database of databases) await database.stop();
  await rm(home, { recursive: true, force: true });
});

async function writeSlice(): Promise<void> {
  const out = createWriteStream(slice);
  let count = 0;
  for await (const line of createInterface({ input: createReadStream(source).pipe(createGunzip()) })) {
    out.write(`${line}\n`);
    count += 1;
    if (count > ROWS) break;
  }
  await new Promise<void>((resolve) => out.end(resolve));
}

async function aShop(): Promise<{ deps: () => Deps; url: string }> {
  const database = await startTestDatabase();
  databases.push(database);
  const secrets = { pseudonymKey: Buffer.from(KEY, 'hex'), encryptionKey: Buffer.from(KEY, 'hex'), holdoutSalt: 'salt of this very test' };
  const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
  const installation = { database: database.db, clock: { now: () => new Date() }, secrets, homeDirectory: home, log };
  return { deps: () => depsFor(installation, { kind: 'system', name: 'test' }), url: database.url };
}

async function startWorkerProcess(url: string): Promise<ChildProcess> {
  const env = {
    PATH: process.env.PATH,
    DATABASE_URL: url,
    PSEUDONYM_KEY: KEY,
    ENCRYPTION_KEY: KEY,
    HOLDOUT_SALT: 'salt of this very test',
    PROMOLIFT_HOME: home,
    LOG_LEVEL: 'silent',
    WORKER_PORT: String(await freePort()),
  };
  // A group of its own, so that the job's child process dies in the same instant.
  const child = spawn(process.execPath, [join(root, 'apps/worker/src/main.ts')], { env, detached: true, stdio: 'ignore' });
  workers.add(child);
  return child;
}

function kill(child: ChildProcess): void {
  workers.delete(child);
  if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, 'SIGKILL');
}

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(address && typeof address === 'object' ? address.port : 0));
    });
  });

async function request(deps: Deps): Promise<{ importId: string; jobId: string }> {
  const asked = await requestImport(deps, { format: 'online-retail', path: slice, assumeConsent: true });
  if (!asked.ok) throw new Error(asked.refusal.message);
  return { importId: asked.value.import.id, jobId: asked.value.job.id };
}

/** Without a queue, so that nothing disturbs it. */
const importHere = (deps: Deps, importId: string) =>
  importDataset(deps, {
    payload: { importId },
    assertCurrent: () => Promise.resolve(),
    checkpoint: { finished: {}, finish: () => Promise.resolve() },
    progress: { report: () => Promise.resolve() },
  });

/** Counts and sums of everything an import writes; equal for equal shops. */
async function contents({ sql }: Deps): Promise<unknown> {
  const { rows } = await sql.query(`select
    (select jsonb_build_array(count(*), md5(string_agg(concat(external_id, placed_at, status, total_minor, user_id is null), ',' order by external_id))) from orders) orders,
    (select jsonb_build_array(count(*), sum(quantity), sum(quantity * unit_price_minor)) from order_lines) lines,
    (select jsonb_build_array(count(*), sum(refund_minor), md5(string_agg(external_id, ',' order by external_id))) from returns) returns,
    (select jsonb_build_array(count(*), md5(string_agg(external_id || pseudonym, ',' order by external_id))) from users) users,
    (select jsonb_build_array(count(*), md5(string_agg(sku || name, ',' order by sku))) from products) products,
    (select jsonb_build_array(count(*), sum(price_minor)) from product_prices) prices`);
  return rows[0];
}

test.skipIf(isMissing)(
  'killed half-way, an import is taken up again and ends as if nothing had happened; again, it changes nothing',
  async () => {
    const [undisturbed, killed] = [await aShop(), await aShop()];
    const isDone = (deps: Deps, id: string) => async () => (await findJob(deps, id))?.status === 'succeeded';

    const calm = importHere(undisturbed.deps(), (await request(undisturbed.deps())).importId);
    const { importId, jobId } = await request(killed.deps());
    const first = await startWorkerProcess(killed.url);
    const ordersKept = async () => (await killed.deps().sql.query<{ count: number }>('select count(*) from orders')).rows[0]?.count ?? 0;
    await until('the first transaction', async () => (await ordersKept()) > 0, 40_000);
    kill(first);
    await calm;
    expect((await findJob(killed.deps(), jobId))?.status).toBe('running');
    expect(await contents(killed.deps())).not.toEqual(await contents(undisturbed.deps()));

    await startWorkerProcess(killed.url);
    await until('the second run', () => isDone(killed.deps(), jobId)(), 40_000);
    expect(await findJob(killed.deps(), jobId)).toMatchObject({ attempt: 2, progress: 1 });
    expect(await findImport(killed.deps(), importId)).toMatchObject({ status: 'succeeded' });
    const once = await contents(killed.deps());
    expect(once).toEqual(await contents(undisturbed.deps()));

    const again = await importHere(killed.deps(), (await request(killed.deps())).importId);
    expect(again).toMatchObject({ counts: { orders: 0, orderLines: 0, returns: 0, users: 0, prices: 0 } });
    expect(await contents(killed.deps())).toEqual(once);
  },
  120_000,
);
