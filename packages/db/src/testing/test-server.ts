import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { startEmbeddedPostgres, stopEmbeddedPostgres } from '../shared/embedded/embedded-postgres.ts';
import { isAlive } from '../shared/embedded/start-lock.ts';

const home = resolve(import.meta.dirname, '../../../../.promolift/test');
const usersDirectory = join(home, 'users');
const serverDirectory = join(home, 'postgres');

/** The server's address: DATABASE_URL, or the embedded server that all test processes of this repository share. */
export async function testServerUrl(): Promise<string> {
  if (process.env.DATABASE_URL) return process.env.DATABASE_URL;
  await joinUsers();
  const { url } = await startEmbeddedPostgres({
    directory: serverDirectory,
    onLog: () => undefined,
    // Nothing here outlives a crash on purpose.
    settings: { fsync: 'off', full_page_writes: 'off', shared_buffers: '128MB' },
  });
  return url;
}

/** Keeps the shared server up until this process leaves or dies. */
export async function joinUsers(): Promise<void> {
  await mkdir(usersDirectory, { recursive: true });
  await writeFile(join(usersDirectory, String(process.pid)), '');
}

/** The last one out stops the server: another terminal may be running its own tests on it. */
export async function leaveUsers(): Promise<void> {
  await rm(join(usersDirectory, String(process.pid)), { force: true });
  const others = await readdir(usersDirectory);
  const stale = others.filter((pid) => !isAlive(Number(pid)));
  await Promise.all(stale.map((pid) => rm(join(usersDirectory, pid), { force: true })));
  if (others.length === stale.length) await stopEmbeddedPostgres(serverDirectory);
}
