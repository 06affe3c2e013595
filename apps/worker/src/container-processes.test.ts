import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createLogger } from '@promolift/logger';
import { openDatabase } from '@promolift/db';
import { depsFor, findJob, requestImport } from '@promolift/services';
import { createTestDatabase } from '@promolift/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { freePort, startTestRedis, until } from './test-queues.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const products = join(root, 'packages/datasets/fixtures/shopify-products.csv');
const secrets = { PSEUDONYM_KEY: 'a'.repeat(64), ENCRYPTION_KEY: 'b'.repeat(64), HOLDOUT_SALT: 'salt-of-the-test' };

const redis = await startTestRedis();
if (!redis) console.info("skipped: the image's processes, because there is no redis-server and no REDIS_URL");
const isBuilt = existsSync(join(root, 'apps/api/dist/main.js'));
if (!isBuilt && process.env.CI === 'true') throw new Error('CI needs the built API: turbo run build --filter=@promolift/api');
if (!isBuilt) console.info("skipped: the image's processes, because the API is not built (turbo run build --filter=@promolift/api)");
afterAll(() => redis?.stop());

/** What docker/compose.yml starts, in its order and with the image's own entry point, without a container. */
describe.runIf(redis && isBuilt)("the image's processes on PostgreSQL and Redis", () => {
  const home = mkdtempSync(join(tmpdir(), 'promolift-home-'));
  const started: ChildProcess[] = [];
  let environment: NodeJS.ProcessEnv;
  let database: { url: string; stop: () => Promise<void> };
  let printed = '';

  const start = (name: string): ChildProcess => {
    const child = spawn(process.execPath, [join(root, 'docker/run.mjs'), name], { env: environment, stdio: ['ignore', 'pipe', 'pipe'] });
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (text: Buffer) => (printed += text.toString()));
    started.push(child);
    return child;
  };
  const answers = (port: string | undefined) => () =>
    fetch(`http://127.0.0.1:${port}/readyz`).then(
      (response) => response.status === 200,
      () => false,
    );
  const stop = async (child: ChildProcess): Promise<unknown> => {
    if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
    const exit = once(child, 'exit');
    child.kill('SIGTERM');
    return (await exit)[0];
  };

  beforeAll(async () => {
    database = await createTestDatabase({ isMigrated: false });
    const queues = new URL(redis?.url ?? '');
    // Queues of their own: other tests' workers listen on database 0 of the same Redis.
    queues.pathname = '/9';
    const [apiPort, workerPort] = [await freePort(), await freePort()];
    environment = {
      PATH: process.env.PATH,
      ...secrets,
      DATABASE_URL: database.url,
      REDIS_URL: queues.href,
      PROMOLIFT_HOME: home,
      API_PORT: String(apiPort),
      WORKER_PORT: String(workerPort),
    };
  });
  afterAll(async () => {
    await Promise.all(started.map(stop));
    await database.stop();
    rmSync(home, { recursive: true, force: true });
  });

  test('migrate, then the API answers and the worker runs a job that came through Redis', async () => {
    const migration = start('migrate');
    expect(await once(migration, 'exit').then(([code]) => code), printed).toBe(0);
    const servers = [start('api'), start('worker')];
    await until('the API', answers(environment.API_PORT), 60_000);
    await until('the worker', answers(environment.WORKER_PORT), 60_000);

    const opened = await openDatabase({ url: database.url });
    try {
      const installation = {
        database: opened,
        clock: { now: () => new Date() },
        secrets: {
          pseudonymKey: Buffer.from(secrets.PSEUDONYM_KEY, 'hex'),
          encryptionKey: Buffer.from(secrets.ENCRYPTION_KEY, 'hex'),
          holdoutSalt: secrets.HOLDOUT_SALT,
        },
        homeDirectory: home,
        log: createLogger({ name: 'test', level: 'silent' }),
      };
      const deps = () => depsFor(installation, { kind: 'system', name: 'test' });
      const requested = await requestImport(deps(), { format: 'shopify', path: products, currency: 'EUR', timeZone: 'UTC' });
      if (!requested.ok) throw new Error(requested.refusal.message);
      const job = () => findJob(deps(), requested.value.job.id);
      await until('the import', async () => !['requested', 'running'].includes((await job())?.status ?? 'requested'), 90_000).catch(
        (fault: unknown) => expect.fail(`${fault}: ${printed}`),
      );
      expect(await job(), printed).toMatchObject({ status: 'succeeded', attempt: 1 });
      // BullMQ keeps its tables in the database unless Redis carries the queue.
      const { rows } = await opened.pool.query("select 1 from information_schema.schemata where schema_name ilike '%bullmq%'");
      expect(rows).toEqual([]);
      expect(Number((await opened.pool.query('select count(*) from products')).rows[0].count)).toBeGreaterThan(0);
    } finally {
      await opened.close();
    }
    expect(await Promise.all(servers.map(stop)), printed).toEqual([0, 0]);
  }, 200_000);
});
