import { readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { currencyExponent, isCurrencyCode, type ShopRow } from '@promolift/domain';
import { FORMATS, type FormatName } from './formats.ts';
import { Catalog } from './shared/catalog.ts';
import { DatasetError } from './shared/dataset-error.ts';
import { FileTally, type ImportReport, type Reject } from './shared/import-report.ts';
import { LocalTime } from './shared/local-time.ts';
import type { FormatReader, ReadContext, ReadOptions } from './shared/reader.ts';
import { RowSink } from './shared/row-sink.ts';

const EARLIEST_MS = Date.UTC(1995, 0, 1);
const DAY_MS = 86_400_000;
const DATA_FILE = /\.(csv|tsv|txt|json|jsonl|ndjson|data|item)(\.gz)?$/i;

export interface ReadDatasetRequest {
  format: FormatName;
  /** Files of the data set, or a folder whose data files are all taken. */
  paths?: readonly string[];
  folder?: string;
  options?: ReadOptions;
  onReject?: (reject: Reject) => void;
}

/**
 * Reads and cleans a data set. `rows`: batches of about 2,000, categories, products and users before their first use,
 * orders before their lines; the same bytes give the same rows. `report` is final once `rows` has ended.
 * Throws `DatasetError` for a file that cannot be read.
 */
export function readDataset(request: ReadDatasetRequest): { rows: AsyncIterable<ShopRow[]>; report: ImportReport } {
  const reader = FORMATS[request.format];
  const context = contextFor(reader, request);
  return { rows: readAll(reader, context, request), report: context.report };
}

async function* readAll(reader: FormatReader, context: ReadContext, request: ReadDatasetRequest): AsyncGenerator<ShopRow[]> {
  context.paths = request.paths ?? (await dataFilesOf(request.folder ?? ''));
  if (context.paths.length === 0) throw new DatasetError('FILE_NOT_FOUND', 'there is no data file to read');
  yield* reader.read(context);
}

/** Data files of a folder in order of name, README and licence files left out. */
export async function dataFilesOf(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch((cause: unknown) => {
    throw new DatasetError('FILE_NOT_FOUND', 'is no folder that can be read', { file: folder, cause });
  });
  return names
    .filter((name) => DATA_FILE.test(name) && !/^(readme|licen[cs]e)/i.test(name))
    .sort()
    .map((name) => join(folder, name));
}

function contextFor(reader: FormatReader, { options = {}, onReject = () => undefined }: ReadDatasetRequest): ReadContext {
  const currency = options.currency ?? options.mapping?.currency ?? reader.defaults.currency;
  const timeZone = options.timeZone ?? options.mapping?.timeZone ?? reader.defaults.timeZone;
  if (!isCurrencyCode(currency)) throw new DatasetError('WRONG_MAPPING', `${currency} is no ISO 4217 currency code`);
  const report: ImportReport = {
    format: reader.format,
    currency,
    timeZone,
    files: [],
    notImported: [],
    rowsOut: {},
    firstAt: null,
    lastAt: null,
    rules: reader.rules,
  };
  const sink = new RowSink(report);
  const latestMs = (options.now ?? new Date()).getTime() + DAY_MS;
  return {
    paths: [],
    options,
    currency,
    digits: currencyExponent(currency),
    localTime: localTimeOf(timeZone),
    report,
    sink,
    catalog: new Catalog(sink, { currency, assumedMarginBasisPoints: options.assumedMarginBasisPoints ?? null }),
    tally(path) {
      const tally = new FileTally(basename(path), reader.rules, onReject);
      report.files.push(tally.counts);
      return tally;
    },
    isPossible: (at) => at.getTime() >= EARLIEST_MS && at.getTime() <= latestMs,
  };
}

function localTimeOf(timeZone: string): LocalTime {
  try {
    return new LocalTime(timeZone);
  } catch (cause) {
    throw new DatasetError('WRONG_MAPPING', `${timeZone} is no IANA time zone`, { cause });
  }
}
