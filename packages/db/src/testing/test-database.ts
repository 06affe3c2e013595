import pg from 'pg';
import { schemaFingerprint } from '../migrations/fingerprint.ts';
import { openDatabase, type Database } from '../shared/database.ts';
import { migrateUp } from '../shared/migrate.ts';
import { isAlive } from '../shared/embedded/start-lock.ts';
import { testServerUrl } from './test-server.ts';

export type TestDatabase = { url: string; db: Database; stop: () => Promise<void> };

let made = 0;

/** A migrated, empty database of its own, cloned from a template; `stop` closes every connection and drops it. */
export async function startTestDatabase(): Promise<TestDatabase> {
  const { url, stop: drop } = await createTestDatabase();
  const db = await openDatabase({ url });
  return {
    url,
    db,
    stop: async () => {
      await db.close();
      await drop();
    },
  };
}

/** The same without opening it, or `isMigrated: false` for an empty one. */
export async function createTestDatabase({ isMigrated = true } = {}): Promise<{ url: string; stop: () => Promise<void> }> {
  const server = await testServerUrl();
  const template = `promolift_template_${await schemaFingerprint()}`;
  made += 1;
  const name = `promolift_test_${process.pid}_${made}_${Date.now().toString(36)}`;
  await withMaintenance(server, async (client) => {
    if (!process.env.DATABASE_URL && made === 1) await dropLeftOvers(client);
    if (isMigrated) await ensureTemplate(client, server, template);
    await client.query(`create database ${name}${isMigrated ? ` template ${template}` : ''}`);
  });
  return {
    url: databaseUrl(server, name),
    stop: () =>
      withMaintenance(server, async (client) => {
        await client.query(`drop database if exists ${name} with (force)`);
      }),
  };
}

async function ensureTemplate(client: pg.Client, server: string, template: string): Promise<void> {
  const isThere = async () => ((await client.query('select 1 from pg_database where datname = $1', [template])).rowCount ?? 0) > 0;
  if (await isThere()) return;
  await client.query("select pg_advisory_lock(hashtext('promolift test template'))");
  try {
    if (await isThere()) return;
    const draft = `${template}_draft`;
    await client.query(`drop database if exists ${draft} with (force)`);
    await client.query(`create database ${draft}`);
    await migrateUp(databaseUrl(server, draft));
    await client.query(`alter database ${draft} rename to ${template}`);
  } finally {
    await client.query("select pg_advisory_unlock(hashtext('promolift test template'))");
  }
}

/** Databases of test processes that were killed. Only on our own server: a process id means nothing elsewhere. */
async function dropLeftOvers(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ datname: string }>("select datname from pg_database where datname like 'promolift_test_%'");
  const dead = rows.filter(({ datname }) => !isAlive(Number(datname.split('_')[2])));
  for (const { datname } of dead) await client.query(`drop database if exists ${datname} with (force)`);
}

async function withMaintenance(server: string, work: (client: pg.Client) => Promise<void>): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl(server, 'postgres') });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}

function databaseUrl(server: string, name: string): string {
  const url = new URL(server);
  url.pathname = `/${name}`;
  return url.href;
}
