import { createReadStream, createWriteStream, existsSync } from 'node:fs';
import { copyFile, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { createGunzip } from 'node:zlib';
import { createTestDatabase } from '@promolift/testing';
import { openPool } from '@promolift/db';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { repositoryRoot } from '../shared/folders.ts';
import { runLoop } from './run-loop.ts';

const data = process.env.PROMOLIFT_DATA ?? join(repositoryRoot, '..', 'shared', 'data');
const hasData = existsSync(join(data, 'online-retail'));
if (!hasData && process.env.CI === 'true') throw new Error(`CI needs the data sets in ${data} (PROMOLIFT_DATA).`);
if (!hasData) console.info(`skipped: the loop on public data, because there is no ${data} (set PROMOLIFT_DATA)`);

const CUSTOMERS_ONE_IN = 12;
const LIMIT_MS = 300_000;
const databases = { retail: `loop_retail_${process.pid}`, journey: `loop_journey_${process.pid}` };
let home: string;
let server: { url: string; stop: () => Promise<void> };

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'promolift loop '));
  server = await createTestDatabase({ isMigrated: false });
  vi.stubEnv('PROMOLIFT_HOME', home);
  vi.stubEnv('DATABASE_URL', server.url);
  vi.spyOn(process.stdout, 'write').mockReturnValue(true);
});
afterAll(async () => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  const pool = openPool(server.url, 1);
  for (const name of Object.values(databases)) await pool.query(`drop database if exists ${name} with (force)`);
  await pool.end();
  await server.stop();
  await rm(home, { recursive: true, force: true });
});

/** The whole year of one customer in twelve, as a plain CSV. Gives the number of its rows. */
async function slice(from: string, to: string, customerOf: (cells: readonly string[]) => number): Promise<number> {
  const out = createWriteStream(to);
  let count = 0;
  for await (const line of createInterface({ input: createReadStream(from).pipe(createGunzip()) })) {
    const customer = customerOf(line.split(','));
    if (count > 0 && !(customer > 0 && customer % CUSTOMERS_ONE_IN === 0)) continue;
    out.write(`${line}\n`);
    count += 1;
  }
  await new Promise<void>((resolve) => out.end(resolve));
  return count - 1;
}

test.runIf(hasData)(
  'a slice of online-retail goes through import, training and proposals, and the report says so',
  async () => {
    const path = join(home, 'online_retail.csv');
    const rowCount = await slice(join(data, 'online-retail', 'online_retail.csv.gz'), path, (cells) => Number(cells.at(-2)));
    const report = await runLoop('online-retail', path, { database: databases.retail, assumedMargin: 40, assumeConsent: true });
    for (const heading of ['## Imported', '## Models', '## Segments', '## Forecasts', '## Proposals']) expect(report).toContain(heading);
    expect(report).toContain(`| online_retail.csv | ${rowCount.toLocaleString('en')} |`);
    expect(report).toMatch(/\| demand v1 \|/);
    const pool = openPool(server.url.replace(/\/[^/]*$/, `/${databases.retail}`), 1);
    const { rows } = await pool.query<{ returns: number; proposals: number; runs: number }>(
      `select (select count(*) from returns) as returns, (select count(*) from campaigns where origin = 'ai') as proposals,
       (select count(*) from job_runs where status = 'succeeded') as runs`,
    );
    await pool.end();
    expect(rows[0]?.returns).toBeGreaterThan(100);
    expect(rows[0]?.runs).toBe(3);
    expect(report.includes('Nothing worth doing now.')).toBe(rows[0]?.proposals === 0);
  },
  LIMIT_MS,
);

test.runIf(hasData)(
  'a slice of complete-journey goes through import, training and proposals too',
  async () => {
    const folder = join(home, 'journey');
    await mkdir(folder);
    const from = join(data, 'complete-journey');
    const rowCount = await slice(join(from, 'transactions_sample.csv.gz'), join(folder, 'transactions_sample.csv'), ([household = '']) =>
      Number(household.replaceAll('"', '')),
    );
    for (const name of ['products.csv.gz', 'demographics.csv.gz']) await copyFile(join(from, name), join(folder, name));
    const report = await runLoop('complete-journey', folder, { database: databases.journey, assumedMargin: 30, assumeConsent: true });
    for (const heading of ['## Imported', '## Models', '## Segments', '## Forecasts', '## Proposals']) expect(report).toContain(heading);
    expect(report).toContain(`| transactions_sample.csv | ${rowCount.toLocaleString('en')} |`);
    expect(report).toMatch(/\| demand v1 \|/);
  },
  LIMIT_MS,
);
