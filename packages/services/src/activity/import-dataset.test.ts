import { createCipheriv } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Import } from '@promolift/db';
import { AppError, newId } from '@promolift/domain';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { aRun, openSmallShop, type SmallShop } from '../testing/small-shop.ts';
import { importDataset } from './import-dataset.ts';
import { decryptPersonal, encryptPersonal } from '../shared/personal.ts';
import { JobCancelled } from '../shared/run-job.ts';
import { readSettings } from '../shared/settings.ts';

let shop: SmallShop;
let home: string;

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'promolift-import-'));
  shop = await openSmallShop(home);
});
afterAll(async () => {
  await shop.stop();
  await rm(home, { recursive: true, force: true });
});

/** Two good lines, one return, one without a quantity. */
const INVOICES = `InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country
536365,85123A,WHITE HANGING HEART,6,2010-12-01 08:26:00,2.55,17850,United Kingdom
536365,71053,WHITE METAL LANTERN,2,2010-12-01 08:26:00,3.39,17850,United Kingdom
C536379,85123A,WHITE HANGING HEART,-1,2010-12-01 09:41:00,2.55,17850,United Kingdom
536370,22728,ALARM CLOCK,,2010-12-01 08:45:00,3.75,12583,France
`;

async function anImport(text: string): Promise<string> {
  const path = join(home, `${newId()}.csv`);
  await writeFile(path, text);
  const id = newId();
  const em = shop.deps.em.fork();
  em.create(Import, {
    id,
    format: 'online-retail',
    sourceName: 'invoices.csv',
    options: { path, assumeConsent: true },
    createdAt: new Date(),
  });
  await em.flush();
  return id;
}

test('an import keeps rows, report and rejects, and repeated it changes nothing', async () => {
  const importId = await anImport(INVOICES);
  const result = await importDataset(shop.deps, aRun({ importId }));
  expect(result).toMatchObject({ rejected: 1, counts: { orders: 1, orderLines: 2, returns: 1, users: 1 } });
  const {
    rows: [kept],
  } = await shop.deps.sql.query('select status, report, rejects_path from imports where id = $1', [importId]);
  expect(await readSettings(shop.deps)).toMatchObject({ currency: 'GBP', timeZone: 'Europe/London' });
  expect(kept).toMatchObject({ status: 'succeeded', report: { rejected: 1, readiness: { orders: 1 } } });
  expect((await readFile(kept.rejects_path, 'utf8')).split('\n')[1]).toMatch(/^5,/);
  const again = await importDataset(shop.deps, aRun({ importId: await anImport(INVOICES) }));
  expect(again.counts).toMatchObject({ orders: 0, orderLines: 0, returns: 0, users: 0 });
  expect(again.readiness.models.every(({ isReady, missing }) => !isReady && missing !== null)).toBe(true);
});

test('a file that is no such data set ends the import with a message, not with a retry', async () => {
  const importId = await anImport('a,b\n1,2\n');
  await expect(importDataset(shop.deps, aRun({ importId }))).rejects.toBeInstanceOf(AppError);
  const { rows } = await shop.deps.sql.query('select status, report from imports where id = $1', [importId]);
  expect(rows[0]).toMatchObject({ status: 'failed' });
  expect(rows[0].report.error.length).toBeGreaterThan(5);
});

test('a cancelled import says so, and the next run of the same import finishes it', async () => {
  const importId = await anImport(INVOICES.replaceAll('5363', '9363'));
  const cancelled = { ...aRun({ importId }), progress: { report: () => Promise.reject(new JobCancelled()) } };
  await expect(importDataset(shop.deps, cancelled)).rejects.toBeInstanceOf(JobCancelled);
  const statusOf = async () => (await shop.deps.sql.query('select status from imports where id = $1', [importId])).rows[0].status;
  expect(await statusOf()).toBe('cancelled');
  await importDataset(shop.deps, aRun({ importId }));
  expect(await statusOf()).toBe('succeeded');
});

test('a personal field opens with its key only, and not after a changed bit', () => {
  const secrets = shop.deps.secrets;
  const sealed = encryptPersonal(secrets, 'anna@shop.example');
  expect(decryptPersonal(secrets, sealed)).toBe('anna@shop.example');
  expect(encryptPersonal(secrets, 'anna@shop.example').equals(sealed)).toBe(false);
  const changed = Buffer.from(sealed);
  changed[changed.length - 1] = (changed[changed.length - 1] ?? 0) ^ 1;
  expect(() => decryptPersonal(secrets, changed)).toThrow();
  expect(() => decryptPersonal({ encryptionKey: Buffer.alloc(32, 9) }, sealed)).toThrow();
  expect(
    createCipheriv('aes-256-gcm', secrets.encryptionKey, sealed.subarray(1, 13)).update('anna@shop.example').equals(sealed.subarray(29)),
  ).toBe(true);
});
