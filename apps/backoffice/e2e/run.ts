import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { openBrowser } from './browser.ts';
import { startFixtureApi } from './fixture-api.ts';
import { journeys } from './screens.e2e.ts';

const API_PORT = 4_911;
const PORT = 3_911;
const write = (line: string) => process.stdout.write(`${line}\n`);

/** Starts the built backoffice against the fixture API and runs every journey; `E2E_BASE` names one that already runs. */
async function main(): Promise<number> {
  const browser = await openBrowser();
  if (!browser) {
    write('No Chromium found: set CHROMIUM_PATH. The screen tests did not run.');
    return process.env.CI ? 1 : 0;
  }
  const api = startFixtureApi(API_PORT);
  const root = fileURLToPath(new URL('..', import.meta.url));
  const next = process.env.E2E_BASE
    ? null
    : spawn(process.execPath, [fileURLToPath(import.meta.resolve('next/dist/bin/next')), 'start', '-p', String(PORT)], {
        cwd: root,
        env: { ...process.env, API_URL: `http://localhost:${API_PORT}`, NODE_ENV: 'production' },
        stdio: 'inherit',
      });
  const base = process.env.E2E_BASE ?? `http://localhost:${PORT}`;
  let failed = 0;
  try {
    await isUp(base);
    for (const journey of journeys) {
      try {
        await journey.run(browser, base);
        write(`✓ ${journey.name}`);
      } catch (fault) {
        failed += 1;
        write(`✗ ${journey.name}\n${fault instanceof Error ? fault.message : String(fault)}`);
      }
    }
  } finally {
    await browser.close();
    next?.kill();
    api.close();
    api.closeAllConnections();
  }
  return failed;
}

async function isUp(base: string): Promise<void> {
  for (let attempt = 0; attempt < 60; attempt += 1) {
    if (
      await fetch(`${base}/sign-in`).then(
        (answer) => answer.ok,
        () => false,
      )
    )
      return;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  throw new Error(`${base} did not come up; run the build first`);
}

process.exitCode = (await main()) === 0 ? 0 : 1;
