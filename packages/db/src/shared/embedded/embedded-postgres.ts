import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { access, chmod, chown, mkdir, readFile, rename, rm, statfs, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import pg from 'pg';
import { executable, locateBinaries } from './binaries.ts';
import { explain, explainLog, noSpace, portTaken } from './embedded-error.ts';
import { chooseOwner, placeFor, type Owner } from './owner.ts';
import { dataOf, findRunning, startServer, stopServer, SUPERUSER, urlOf, type Cluster } from './server.ts';
import { withStartLock } from './start-lock.ts';

const DATABASE = 'promolift';
const MIN_FREE_BYTES = 300 * 2 ** 20; // An empty cluster with its write-ahead log takes about 60 MB; the rest is room to work.

export type EmbeddedPostgresOptions = {
  /** Holds the data, the password (mode 600), the port and the server's log. Made if missing. */
  directory: string;
  /** A fixed port; without it the last one used, or any free one. */
  port?: number;
  onLog: (line: string) => void;
  /** Server settings that replace ours, such as `{ fsync: 'off' }` for a throw-away test server. */
  settings?: Record<string, string>;
};

export type EmbeddedPostgres = { url: string; stop: () => Promise<void> };

/**
 * Starts PostgreSQL on this machine, or takes over the one that a killed process left running on the same directory.
 * Throws EmbeddedPostgresError with one sentence for the person who started it. `stop` ends the server, adopted or not.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const directory = resolve(options.directory);
  try {
    await mkdir(directory, { recursive: true });
    return await withStartLock(join(directory, 'start.lock'), () => start({ ...options, directory }));
  } catch (error) {
    throw explain(error, directory);
  }
}

async function start({ directory, port: wanted, onLog, settings = {} }: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const cluster = await describe(directory, settings);
  if (cluster.home !== directory) onLog(`PostgreSQL's account may not enter ${directory}; the data lives in ${cluster.home}`);
  const running = await findRunning(cluster);
  if (running) {
    onLog(`took over the PostgreSQL that was still running on port ${running.port}`);
    return serve(cluster, running.pid, running.port);
  }
  const { bavail, bsize } = await statfs(cluster.home);
  if (bavail * bsize < MIN_FREE_BYTES) throw noSpace(directory);
  await initialise(cluster, onLog);
  const port = await choosePort(join(directory, 'port'), wanted);
  const pid = await startServer(cluster, port);
  onLog(`PostgreSQL listens on port ${port}`);
  return serve(cluster, pid, port);
}

/** Stops the server of a directory, whoever started it. Says whether there was one. */
export async function stopEmbeddedPostgres(directory: string): Promise<boolean> {
  const path = resolve(directory);
  if (!(await exists(join(path, 'password')))) return false;
  return withStartLock(join(path, 'start.lock'), async () => {
    const running = await findRunning(await describe(path, {}));
    if (running) await stopServer(running.pid);
    return running !== undefined;
  });
}

async function describe(directory: string, settings: Record<string, string>): Promise<Cluster> {
  const owner = await chooseOwner();
  if (owner) await chmod(directory, 0o711);
  const place = await placeFor(owner, await locateBinaries(), directory);
  const password = await readOrMake(join(directory, 'password'), () => randomBytes(24).toString('base64url'));
  return { ...place, owner, password, settings };
}

async function serve(cluster: Cluster, pid: number, port: number): Promise<EmbeddedPostgres> {
  const client = new pg.Client({ connectionString: urlOf(cluster, port, 'postgres') });
  await client.connect();
  try {
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [DATABASE]);
    if (rowCount === 0) await client.query(`create database ${DATABASE}`);
  } finally {
    await client.end();
  }
  return { url: urlOf(cluster, port, DATABASE), stop: () => stopServer(pid) };
}

/** Built beside and renamed when whole, so that a start killed half-way leaves nothing that looks like a database. */
async function initialise(cluster: Cluster, onLog: (line: string) => void): Promise<void> {
  const data = dataOf(cluster);
  if (await exists(join(data, 'PG_VERSION'))) return;
  onLog('making a new database');
  const draft = `${data}.new`;
  await rm(draft, { recursive: true, force: true });
  await mkdir(draft, { mode: 0o700 });
  const passwordFile = join(cluster.home, 'initdb.password');
  await writeFile(passwordFile, `${cluster.password}\n`, { mode: 0o600 });
  try {
    if (cluster.owner) await give(cluster.owner, draft, passwordFile);
    await initdb(cluster, draft, passwordFile);
    await rename(draft, data);
  } finally {
    await rm(passwordFile, { force: true });
  }
}

async function give(owner: Owner, ...paths: string[]): Promise<void> {
  for (const path of paths) await chown(path, owner.uid, owner.gid);
}

async function initdb(cluster: Cluster, directory: string, passwordFile: string): Promise<void> {
  // The built-in C.UTF-8 orders and folds case the same on every machine, whatever locales it has.
  const flags = [
    `--pgdata=${directory}`,
    '--auth=scram-sha-256',
    `--username=${SUPERUSER}`,
    `--pwfile=${passwordFile}`,
    '--encoding=UTF8',
    '--locale=C',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--no-instructions',
  ];
  const output = await new Promise<{ code: number | null; text: string }>((done, fail) => {
    const child = spawn(join(cluster.native, 'bin', executable('initdb')), flags, {
      ...cluster.owner,
      cwd: directory,
      env: { ...process.env, LC_ALL: 'C' },
    });
    let text = '';
    child.stdout.on('data', (chunk) => {
      text += chunk;
    });
    child.stderr.on('data', (chunk) => {
      text += chunk;
    });
    child.on('error', fail);
    child.on('close', (code) => done({ code, text }));
  });
  if (output.code !== 0) throw explainLog(output.text, cluster.home, 0);
}

async function choosePort(path: string, wanted: number | undefined): Promise<number> {
  if (wanted !== undefined) {
    if (!(await isFree(wanted))) throw portTaken(wanted);
    return wanted;
  }
  const stored = Number(await readFile(path, 'utf8').catch(() => '0'));
  const port = stored > 0 && (await isFree(stored)) ? stored : await anyFreePort();
  await writeFile(path, String(port), { mode: 0o600 });
  return port;
}

const isFree = (port: number): Promise<boolean> =>
  listen(port).then(
    () => true,
    () => false,
  );
const anyFreePort = (): Promise<number> => listen(0);

function listen(port: number): Promise<number> {
  return new Promise((done, fail) => {
    const server = createServer();
    server.on('error', fail);
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => (typeof address === 'object' && address ? done(address.port) : fail(new Error('no port was given'))));
    });
  });
}

async function readOrMake(path: string, make: () => string): Promise<string> {
  const stored = await readFile(path, 'utf8').catch(() => undefined);
  if (stored) return stored.trim();
  const value = make();
  await writeFile(path, value, { mode: 0o600 });
  return value;
}

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );
