import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cp, mkdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { EmbeddedPostgresError } from './embedded-error.ts';

const run = promisify(execFile);

/** The account PostgreSQL runs as when we are root, which it refuses to be; undefined means our own account. */
export type Owner = { uid: number; gid: number };

export async function chooseOwner(): Promise<Owner | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const known = await lookUp('postgres');
  if (known) return known;
  await run('useradd', ['--system', '--user-group', '--no-create-home', 'postgres']).catch(() => undefined);
  const owner = (await lookUp('postgres')) ?? (await lookUp('nobody'));
  if (owner) return owner;
  throw new EmbeddedPostgresError(
    'NO_PERMISSION',
    'PostgreSQL does not run as root and no account "postgres" could be made; run as an ordinary account or set DATABASE_URL.',
  );
}

async function lookUp(name: string): Promise<Owner | undefined> {
  try {
    const [uid, gid] = await Promise.all([run('id', ['-u', name]), run('id', ['-g', name])]);
    return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
  } catch {
    return undefined;
  }
}

/**
 * Where binaries and data can live so that `owner` reaches them. A root home (mode 0700) is closed to every other account
 * and is not ours to open, so both move to /var/lib, named after the directory they were meant for.
 */
export async function placeFor(owner: Owner | undefined, native: string, directory: string): Promise<{ native: string; home: string }> {
  if (!owner) return { native, home: directory };
  const [seesNative, seesHome] = await Promise.all([mayReach(owner, native), mayReach(owner, directory)]);
  if (seesNative && seesHome) return { native, home: directory };
  const place = join('/var/lib/promolift', createHash('sha256').update(directory).digest('hex').slice(0, 16));
  await mkdir(place, { recursive: true, mode: 0o755 });
  const home = seesHome ? directory : place;
  if (seesNative) return { native, home };
  const copied = join(place, 'postgresql');
  await cp(native, copied, { recursive: true, verbatimSymlinks: true, preserveTimestamps: true });
  return { native: copied, home };
}

async function mayReach(owner: Owner, path: string): Promise<boolean> {
  const { mode, uid, gid } = await stat(path);
  const bit = uid === owner.uid ? 0o100 : gid === owner.gid ? 0o010 : 0o001;
  if ((mode & bit) === 0) return false;
  const parent = dirname(path);
  return parent === path || mayReach(owner, parent);
}
