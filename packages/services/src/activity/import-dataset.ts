import { mkdir, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Import } from '@promolift/db';
import {
  createRejectWriter,
  DatasetError,
  FORMAT_NAMES,
  type FormatName,
  parseMapping,
  type ReadOptions,
  readDataset,
} from '@promolift/datasets';
import { AppError, CurrencyCode, type ShopRow } from '@promolift/domain';
import { z } from 'zod';
import type { Deps } from '../shared/deps.ts';
import { importRows } from './import-rows.ts';
import { type Readiness, readinessOf } from '../shared/readiness.ts';
import { uploadPath } from '../shared/request-import.ts';
import { JobCancelled, JobSuperseded, type JobWork } from '../shared/run-job.ts';
import { readSettingsRecord, updateSettings } from '../shared/settings.ts';

const Options = z.object({
  path: z.string(),
  currency: z.string().nullish(),
  timeZone: z.string().nullish(),
  assumedMarginBasisPoints: z.int().nullish(),
  assumeConsent: z.boolean().nullish(),
  mapping: z.record(z.string(), z.unknown()).nullish(),
});

const Kept = z.looseObject({ rows: z.number(), rejected: z.number(), rowsPerSecond: z.number(), counts: z.record(z.string(), z.number()) });

export type ImportResult = { rows: number; rejected: number; rowsPerSecond: number; counts: Record<string, number>; readiness: Readiness };

/** Reads the file or folder of an `imports` row, writes its rows, and keeps the report. Run twice or after a kill it changes nothing twice. */
export async function importDataset(
  deps: Deps,
  { progress, payload, assertCurrent }: Parameters<JobWork<ImportResult>>[0],
): Promise<ImportResult> {
  const { importId } = z.object({ importId: z.uuid() }).parse(payload);
  const found = await deps.em.findOne(Import, { id: importId });
  if (!found) throw new AppError('NOT_FOUND', 'There is no such import.');
  // Its run died after the last row, before its job could say so; the upload is gone by now.
  if (found.status === 'succeeded') return Kept.parse(found.report) as ImportResult;
  const rejectsPath = join(deps.homeDirectory, 'rejects', `${importId}.csv`);
  await mkdir(join(deps.homeDirectory, 'rejects'), { recursive: true });
  await deps.sql.query("update imports set status = 'running', rejects_path = $2 where id = $1", [importId, rejectsPath]);
  const rejects = createRejectWriter(rejectsPath);
  try {
    const { rows, report } = readDataset({ ...(await requestOf(deps, found)), onReject: (reject) => rejects.write(reject) });
    await adoptCurrency(deps, report);
    const startedMs = performance.now();
    const rate = (count: number) => Math.round(count / Math.max(0.001, (performance.now() - startedMs) / 1000));
    const watched = watch(rows, (count) => progress.report(fractionOf(count), `Importing: ${count} rows, ${rate(count)} rows/s`));
    const counts = await importRows(deps, watched, { source: `import:${found.format}` });
    await assertCurrent();
    const readiness = await readinessOf(deps);
    const rejected = report.files.reduce((sum, file) => sum + file.rejected, 0);
    const result: ImportResult = { rows: counts.rows, rejected, rowsPerSecond: rate(counts.rows), counts, readiness };
    await deps.sql.query("update imports set status = 'succeeded', report = $2, finished_at = now() where id = $1", [
      importId,
      JSON.stringify({ ...report, ...result }),
    ]);
    await forgetUpload(deps, found);
    await progress.report(0.99, 'Imported', `${counts.rows} rows read, ${rejected} rejected, ${result.rowsPerSecond} rows/s`);
    return result;
  } catch (fault) {
    if (fault instanceof JobSuperseded) throw fault; // The later run writes this row now.
    const message = fault instanceof Error ? fault.message : String(fault);
    await deps.sql.query("update imports set status = $2, report = coalesce(report, '{}') || $3, finished_at = now() where id = $1", [
      importId,
      fault instanceof JobCancelled ? 'cancelled' : 'failed',
      JSON.stringify({ error: message }),
    ]);
    if (fault instanceof DatasetError) throw new AppError('BAD_USER_INPUT', fault.message, { cause: fault });
    throw fault;
  } finally {
    rejects.close();
  }
}

/** An upload holds whatever the shop's export held, e-mail addresses too: once its rows are kept, nobody needs it. */
async function forgetUpload({ homeDirectory }: Deps, { options }: Import): Promise<void> {
  const { path } = Options.parse(options);
  if (dirname(path) === dirname(uploadPath(homeDirectory, 'any'))) await rm(path, { force: true });
}

async function requestOf(deps: Deps, { format, options }: Import): Promise<Parameters<typeof readDataset>[0]> {
  const name = FORMAT_NAMES.find((known): known is FormatName => known === format);
  if (!name) throw new AppError('BAD_USER_INPUT', `There is no format ${format}.`, { field: ['format'] });
  const parsed = Options.parse(options);
  const isFolder = (await stat(parsed.path).catch(() => null))?.isDirectory() ?? false;
  const read: ReadOptions = { now: deps.clock.now() };
  if (parsed.currency) read.currency = parsed.currency;
  if (parsed.timeZone) read.timeZone = parsed.timeZone;
  if (parsed.assumedMarginBasisPoints) read.assumedMarginBasisPoints = parsed.assumedMarginBasisPoints;
  if (parsed.assumeConsent) read.assumeConsent = true;
  if (parsed.mapping) read.mapping = parseMapping(parsed.mapping);
  return { format: name, ...(isFolder ? { folder: parsed.path } : { paths: [parsed.path] }), options: read };
}

/** The first data of a shop whose settings nobody has touched says which money and which clock it uses. */
async function adoptCurrency(deps: Deps, { currency, timeZone }: { currency: string; timeZone: string }): Promise<void> {
  const { version } = await readSettingsRecord(deps);
  if (version === 0) await updateSettings(deps, 0, { currency: CurrencyCode.parse(currency), timeZone });
}

/** The number of rows is not known before the end: half-way at 100,000, ever slower after. */
const fractionOf = (rows: number): number => 0.95 * (rows / (rows + 100_000));

async function* watch(batches: AsyncIterable<ShopRow[]>, onRows: (count: number) => Promise<void>): AsyncGenerator<ShopRow[]> {
  let count = 0;
  for await (const batch of batches) {
    yield batch;
    count += batch.length;
    await onRows(count);
  }
}
