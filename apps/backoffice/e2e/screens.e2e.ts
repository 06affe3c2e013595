import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, test } from 'vitest';
import { openBrowser } from './browser.ts';
import { builderJourneys } from './builder-journeys.ts';
import { startFixtureApi } from './fixture-api.ts';
import { journeys } from './journeys.ts';

/** The built backoffice against the fixture API; `E2E_BASE` names one that already runs (with its API on port 4911). */
const GIVEN_API_PORT = 4_911;
const root = fileURLToPath(new URL('..', import.meta.url));
let browser: Browser | null = null;
let api: ReturnType<typeof startFixtureApi> | undefined;
let next: ChildProcess | undefined;
let base = process.env.E2E_BASE ?? '';

beforeAll(async () => {
  browser = await openBrowser();
  if (!browser) throw new Error('No Chromium found: set CHROMIUM_PATH.');
  const apiPort = base ? GIVEN_API_PORT : await freePort();
  api = startFixtureApi(apiPort);
  if (base) return;
  const tool = fileURLToPath(import.meta.resolve('turbo/bin/turbo'));
  // Unchanged sources cost nothing: the build comes from turbo's cache.
  execFileSync(process.execPath, [tool, 'run', 'build', '--filter=@promolift/backoffice', '--output-logs=errors-only'], {
    cwd: root,
    stdio: 'inherit',
  });
  const port = await freePort();
  base = `http://localhost:${port}`;
  next = spawn(process.execPath, [fileURLToPath(import.meta.resolve('next/dist/bin/next')), 'start', '-p', String(port)], {
    cwd: root,
    env: { ...process.env, API_URL: `http://localhost:${apiPort}`, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' },
    stdio: 'ignore',
  });
  await isUp(base);
}, 300_000);

afterAll(async () => {
  await browser?.close();
  next?.kill();
  api?.close();
  api?.closeAllConnections();
});

for (const journey of [...journeys, ...builderJourneys]) {
  test(journey.name, async () => {
    if (!browser) throw new Error('No Chromium.');
    await journey.run(browser, base);
  }, 180_000);
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer();
    server.listen(0, () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}

async function isUp(address: string): Promise<void> {
  for (let attempt = 0; attempt < 120; attempt += 1) {
    const isAnswering = await fetch(`${address}/sign-in`).then(
      (answer) => answer.ok,
      () => false,
    );
    if (isAnswering) return;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  throw new Error(`${address} did not come up`);
}
