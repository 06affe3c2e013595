import { join } from 'node:path';
import { EmbeddedPostgresError, migrateUp, openPool, startEmbeddedPostgres } from '@promolift/db';
import { CommandStop } from './command-stop.ts';
import { homeDirectory } from './folders.ts';
import { openInstallationFile, type InstallationFile } from './installation-file.ts';
import { type OpenInstallation, openInstallation } from './open-installation.ts';

export type DatabaseContext = { url: string; home: string; file: InstallationFile };

/**
 * Lends a command the installation's database: DATABASE_URL, the embedded one that already runs, or the embedded one
 * started for as long as the command takes. `database` names another one on the same server, made if missing.
 */
export async function withDatabase<T>(
  work: (context: DatabaseContext) => Promise<T>,
  options: { isMigrated?: boolean; database?: string | undefined } = {},
): Promise<T> {
  const home = homeDirectory();
  const file = await openInstallationFile(home);
  const server = process.env.DATABASE_URL ? undefined : await startEmbedded(home);
  try {
    const url = await databaseOn(server?.url ?? process.env.DATABASE_URL ?? '', options.database);
    if (options.isMigrated !== false) await migrateUp(url);
    return await work({ url, home, file });
  } finally {
    if (server && !(await hasOtherClients(server.url))) await server.stop();
  }
}

/** The same with the services opened on it. */
export function withInstallation<T>(
  work: (installation: OpenInstallation, context: DatabaseContext) => Promise<T>,
  options: { database?: string | undefined } = {},
): Promise<T> {
  return withDatabase(async (context) => {
    const installation = await openInstallation({ databaseUrl: context.url, home: context.home, secrets: context.file.secrets });
    try {
      await installation.clock.refresh(true);
      return await work(installation, context);
    } finally {
      await installation.close();
    }
  }, options);
}

async function startEmbedded(home: string): ReturnType<typeof startEmbeddedPostgres> {
  try {
    return await startEmbeddedPostgres({ directory: join(home, 'postgres'), onLog: () => undefined });
  } catch (fault) {
    throw fault instanceof EmbeddedPostgresError ? new CommandStop(fault.message, { cause: fault }) : fault;
  }
}

/** Somebody else, such as a running product, may use the same embedded server: then it stays. */
async function hasOtherClients(url: string): Promise<boolean> {
  const pool = openPool(url, 1);
  try {
    const { rows } = await pool.query("select from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid()");
    return rows.length > 0;
  } finally {
    await pool.end();
  }
}

async function databaseOn(serverUrl: string, name: string | undefined): Promise<string> {
  if (name === undefined) return serverUrl;
  if (!/^[a-z][a-z0-9_]{0,50}$/.test(name))
    throw new CommandStop(`"${name}" cannot be the name of a database; use small letters, digits and underscores.`);
  const pool = openPool(serverUrl, 1);
  try {
    const { rowCount } = await pool.query('select from pg_database where datname = $1', [name]);
    if (rowCount === 0) await pool.query(`create database ${name}`);
  } finally {
    await pool.end();
  }
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return url.href;
}
