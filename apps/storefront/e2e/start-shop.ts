import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('..', import.meta.url));
const next = createRequire(import.meta.url).resolve('next/dist/bin/next');

/** The built shop on a port; builds it first where that has not been done. */
export async function startShop(port: number, apiUrl: string): Promise<{ base: string; stop: () => Promise<void> }> {
  const env = {
    ...process.env,
    API_URL: apiUrl,
    STOREFRONT_KEY: 'sk_fixture_key_of_the_tests',
    NEXT_TELEMETRY_DISABLED: '1',
    NODE_ENV: 'production' as const,
  };
  if (!existsSync(`${folder}/.next/BUILD_ID`)) {
    const built = spawnSync(process.execPath, [next, 'build'], { cwd: folder, env, encoding: 'utf8' });
    if (built.status !== 0) throw new Error(`next build failed: ${built.stderr}${built.stdout}`);
  }
  const child = spawn(process.execPath, [next, 'start', '-p', String(port)], { cwd: folder, env, stdio: 'ignore' });
  const base = `http://localhost:${port}`;
  await reachable(base, child);
  return { base, stop: () => stopped(child) };
}

async function reachable(base: string, child: ChildProcess): Promise<void> {
  for (let tries = 0; tries < 150; tries += 1) {
    if (child.exitCode !== null) throw new Error(`next start ended with ${child.exitCode}`);
    const answer = await fetch(`${base}/icon.svg`).catch(() => null);
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error('next start did not come up within 30 s');
}

function stopped(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    child.once('exit', () => resolve());
    child.kill('SIGTERM');
  });
}
