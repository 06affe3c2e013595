import { access, constants, mkdir, rm, statfs, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openPool } from '@promolift/db';
import { CommandStop, codeOf, messageOf } from '../shared/command-stop.ts';

const MIN_FREE_BYTES = 1_000 * 2 ** 20; // The simulated shop takes about 500 MB with its write-ahead log.
const CONNECT_LIMIT_MS = 8_000;

/** Stops with a sentence when the folder cannot be written or its disk is full. */
export async function requireWritable(home: string): Promise<void> {
  try {
    await mkdir(home, { recursive: true });
    await access(home, constants.W_OK);
    const probe = join(home, `.probe-${process.pid}`);
    await writeFile(probe, 'x');
    await rm(probe);
  } catch (fault) {
    if (codeOf(fault) === 'ENOSPC') throw noSpace(home);
    throw new CommandStop(
      `The folder ${home} cannot be written (${codeOf(fault) ?? messageOf(fault)}); give this account write permission there, or set PROMOLIFT_HOME to a folder it may write.`,
    );
  }
  const { bavail, bsize } = await statfs(home);
  if (bavail * bsize < MIN_FREE_BYTES) throw noSpace(home);
}

const noSpace = (home: string): CommandStop =>
  new CommandStop(`There is not enough disk space in ${home}; free at least 1 GB, or set PROMOLIFT_HOME to a folder on another disk.`);

/** Stops with a sentence when DATABASE_URL names nothing that can be used. */
export async function requireDatabase(url: string): Promise<void> {
  const place = placeOf(url);
  const pool = openPool(`${url}${url.includes('?') ? '&' : '?'}connect_timeout=5`, 1);
  try {
    const { rows } = await within(
      CONNECT_LIMIT_MS,
      pool.query<{ version: number }>("select current_setting('server_version_num')::int as version"),
    );
    const major = Math.floor((rows[0]?.version ?? 0) / 10_000);
    if (major < 15) throw new CommandStop(`The PostgreSQL at ${place} is version ${major}; Promolift needs 15 or newer.`);
  } catch (fault) {
    if (fault instanceof CommandStop) throw fault;
    throw new CommandStop(
      `The database at ${place} does not answer (${codeOf(fault) ?? messageOf(fault)}); check DATABASE_URL, or unset it to use the embedded PostgreSQL.`,
    );
  } finally {
    void pool.end().catch(() => undefined);
  }
}

/** Never shows the password. */
function placeOf(url: string): string {
  try {
    const { hostname, port, pathname, protocol } = new URL(url);
    if (!/^postgres(ql)?:$/.test(protocol)) throw new Error('not a PostgreSQL address');
    return `${hostname}:${port || '5432'}${pathname}`;
  } catch {
    throw new CommandStop(
      'DATABASE_URL is not an address of a PostgreSQL; write it as postgres://user:password@host:5432/database, or unset it to use the embedded one.',
    );
  }
}

function within<T>(limitMs: number, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`no answer within ${limitMs / 1_000} s`)), limitMs);
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
