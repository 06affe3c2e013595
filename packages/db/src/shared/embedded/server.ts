import { execFile, spawn } from 'node:child_process';
import { open, readFile, unlink } from 'node:fs/promises';
import { totalmem } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import pg from 'pg';
import { executable } from './binaries.ts';
import { explainLog } from './embedded-error.ts';
import type { Owner } from './owner.ts';
import { isAlive } from './start-lock.ts';

export const SUPERUSER = 'promolift';
const READY_WAIT_MS = 120_000; // Recovery after a crash replays at most max_wal_size.

export type Cluster = { native: string; home: string; password: string; owner: Owner | undefined; settings: Record<string, string> };

export const dataOf = (cluster: { home: string }): string => join(cluster.home, 'data');
export const urlOf = (cluster: Cluster, port: number, database: string): string =>
  `postgres://${SUPERUSER}:${cluster.password}@127.0.0.1:${port}/${database}`;

/** Starts the server and waits until it answers. Returns its process id. */
export async function startServer(cluster: Cluster, port: number): Promise<number> {
  for (let attempt = 1; ; attempt += 1) {
    const outcome = await startOnce(cluster, port);
    if (typeof outcome === 'number') return outcome;
    // Backends of a killed server let go of its memory a moment later.
    if (attempt === 10 || !/pre-existing shared memory block/.test(outcome)) throw explainLog(outcome, cluster.home, port);
    await sleep(500);
  }
}

async function startOnce(cluster: Cluster, port: number): Promise<number | string> {
  const logPath = join(cluster.home, 'postgres.log');
  const log = await open(logPath, 'w', 0o600);
  // Its own process group: Ctrl-C must reach us first, so that clients end before the server does.
  const child = spawn(
    join(cluster.native, 'bin', executable('postgres')),
    ['-D', dataOf(cluster), '-p', String(port), ...settings(cluster.settings)],
    {
      ...cluster.owner,
      cwd: dataOf(cluster),
      detached: true,
      stdio: ['ignore', log.fd, log.fd],
      env: { ...process.env, LC_ALL: 'C', PGTZ: 'UTC' },
    },
  );
  await log.close();
  let hasExited = false;
  child.on('error', () => {
    hasExited = true;
  });
  child.on('exit', () => {
    hasExited = true;
  });
  child.unref();
  const isReady = await answers(urlOf(cluster, port, 'postgres'), () => hasExited);
  if (isReady && child.pid !== undefined) return child.pid;
  return readFile(logPath, 'utf8');
}

function settings(overrides: Record<string, string>): string[] {
  const sharedBuffersMb = Math.min(256, Math.max(64, Math.floor(totalmem() / 2 ** 20 / 8)));
  const values = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: 200,
    shared_buffers: `${sharedBuffersMb}MB`,
    work_mem: '16MB',
    maintenance_work_mem: '128MB',
    effective_cache_size: '1GB',
    max_wal_size: '2GB',
    checkpoint_timeout: '15min',
    synchronous_commit: 'on',
    random_page_cost: 1.1,
    jit: 'off',
    log_checkpoints: 'off',
    timezone: 'UTC',
    log_timezone: 'UTC',
    ...overrides,
  };
  return Object.entries(values).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}

/** The server this directory's last owner left running, if it still answers; what merely looks like one is cleared away. */
export async function findRunning(cluster: Cluster): Promise<{ pid: number; port: number } | undefined> {
  const pidPath = join(dataOf(cluster), 'postmaster.pid');
  const lines = (await readFile(pidPath, 'utf8').catch(() => '')).split('\n');
  const pid = Number(lines[0]);
  if (!pid) return undefined;
  if (!isAlive(pid) || !(await isServerOf(pid, dataOf(cluster)))) {
    await unlink(pidPath).catch(() => undefined);
    return undefined;
  }
  const port = Number(lines[3]);
  const isReady = await answers(urlOf(cluster, port, 'postgres'), () => !isAlive(pid));
  return isReady ? { pid, port } : undefined;
}

async function isServerOf(pid: number, data: string): Promise<boolean> {
  if (process.platform === 'win32') return true;
  const shown = await promisify(execFile)('ps', ['-ww', '-p', String(pid), '-o', 'args=']).catch(() => undefined);
  const command = shown?.stdout ?? (await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')).replaceAll('\0', ' ');
  return command.includes('postgres') && command.includes(data);
}

/** Fast shutdown: clients are disconnected, everything is written. */
export async function stopServer(pid: number): Promise<void> {
  if (!isAlive(pid)) return;
  process.kill(pid, 'SIGINT');
  for (let waitedMs = 0; isAlive(pid); waitedMs += 20) {
    if (waitedMs === 8_000) process.kill(pid, 'SIGQUIT');
    await sleep(20);
  }
}

async function answers(url: string, hasEnded: () => boolean): Promise<boolean> {
  const deadline = Date.now() + READY_WAIT_MS;
  while (Date.now() < deadline) {
    const client = new pg.Client({ connectionString: url });
    client.on('error', () => undefined);
    try {
      await client.connect();
      return true;
    } catch {
      if (hasEnded()) return false;
      await sleep(25);
    } finally {
      await client.end().catch(() => undefined);
    }
  }
  return false;
}
