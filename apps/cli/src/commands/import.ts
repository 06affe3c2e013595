import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { Import } from '@promolift/db';
import { DatasetError, readTableHead, suggestMapping } from '@promolift/datasets';
import { IMPORT_FORMATS, PREVIEW_ROWS, previewImport, requestImport } from '@promolift/services';
import { codeOf, CommandStop } from '../shared/command-stop.ts';
import { showJob } from '../shared/run-queued.ts';
import { withInstallation } from '../shared/with-database.ts';
import { withWorker } from '../shared/with-worker.ts';
import { importPreviewText } from '../shared/import-preview-text.ts';
import { importReportText } from '../shared/import-report-text.ts';

export type ImportOptions = {
  currency?: string;
  timeZone?: string;
  assumedMargin?: number;
  assumeConsent?: boolean;
  mapping?: string;
  suggest?: boolean;
  dryRun?: boolean;
};

export function addImport(program: Command): void {
  program
    .command('import')
    .argument('<format>', `one of ${IMPORT_FORMATS.join(', ')}`)
    .argument('<path>', 'file or folder; gzip is read directly')
    .description("read, clean and keep a shop's data; the same file twice changes nothing")
    .option('--currency <code>', 'ISO 4217 code of the amounts, where the data does not say')
    .option('--time-zone <zone>', 'IANA zone of the times, where the data does not say')
    .option('--assumed-margin <percent>', 'margin to assume for products without a cost', Number)
    .option('--assume-consent', 'the users agreed to being learned from')
    .option('--mapping <file>', 'what the columns of a CSV mean (JSON); see --suggest')
    .option('--suggest', 'only for csv: propose a mapping from headers and values, import nothing')
    .option('--dry-run', `read the first ${PREVIEW_ROWS} rows and say what an import would do; nothing is written`)
    .action((format: string, path: string, options: ImportOptions) =>
      options.suggest ? suggest(format, path) : options.dryRun ? dryRun(format, path, options) : runImport(format, path, options),
    );
}

async function suggest(format: string, path: string): Promise<void> {
  if (format !== 'csv') throw new CommandStop('Only "import csv --suggest <file>" can suggest a mapping; the other formats need none.');
  const { header, rows, delimiter } = await readTableHead(path).catch((fault: unknown) => {
    throw fault instanceof DatasetError ? new CommandStop(fault.message, { cause: fault }) : fault;
  });
  const { mapping, columns, missing } = suggestMapping(header, rows, delimiter);
  if (!mapping)
    throw new CommandStop(
      `No mapping fits: no column looks like ${missing.join(', ')}. Found so far: ${JSON.stringify(columns)}. Write the mapping by hand and pass it with --mapping.`,
    );
  process.stdout.write(`${JSON.stringify(mapping, null, 2)}\n`);
  process.stderr.write('Keep this in a file, correct what is wrong, and pass it with --mapping <file>.\n');
}

function dryRun(format: string, path: string, options: ImportOptions): Promise<void> {
  return withInstallation(async (installation) => {
    const preview = await previewImport(installation.deps(), await importRequest(format, path, options));
    if (!preview.ok) throw new CommandStop(`The file was not read: ${preview.refusal.message}`);
    process.stdout.write(`${importPreviewText(preview.value)}\n`);
    if (preview.value.fault) throw new CommandStop(preview.value.fault);
  });
}

function runImport(format: string, path: string, options: ImportOptions): Promise<void> {
  return withInstallation(async (installation, context) => {
    const asked = await requestImport(installation.deps(), await importRequest(format, path, options));
    if (!asked.ok) throw new CommandStop(`The import was not begun: ${asked.refusal.message}`);
    await withWorker(context, () => showJob(installation, asked.value.job.id, 'import'));
    const done = await installation.deps().em.findOneOrFail(Import, { id: asked.value.import.id });
    process.stdout.write(`${importReportText(done.report ?? {})}\nRejected rows: ${done.rejectsPath ?? 'none'}\n`);
  });
}

/** The request as the backoffice would send it. */
export async function importRequest(format: string, path: string, options: ImportOptions): Promise<Record<string, unknown>> {
  const { currency, timeZone, assumedMargin, assumeConsent, mapping } = options;
  return {
    format,
    path: resolve(path),
    currency: currency ?? null,
    timeZone: timeZone ?? null,
    assumeConsent: assumeConsent ?? false,
    assumedMarginBasisPoints: assumedMargin === undefined ? null : Math.round(assumedMargin * 100),
    mapping: mapping === undefined ? null : await readMapping(mapping),
  };
}

async function readMapping(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, 'utf8'));
  } catch (fault) {
    throw new CommandStop(
      `The mapping ${path} cannot be read (${codeOf(fault) ?? 'no JSON'}); make one with "promolift import csv --suggest <file>".`,
    );
  }
}
