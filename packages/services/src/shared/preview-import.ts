import { stat } from 'node:fs/promises';
import {
  dataFilesOf,
  DatasetError,
  detectFormat,
  type FormatName,
  type ImportReport,
  type Mapping,
  type MappingSuggestion,
  PRODUCT_FIELDS,
  parseMapping,
  type Reject,
  readDataset,
  readTableHead,
  REQUIRED_FIELDS,
  SALES_FIELDS,
  suggestMapping,
} from '@promolift/datasets';
import { accept, type Result } from '@promolift/domain';
import type { Deps } from './deps.ts';
import { ImportRequest, parseImportRequest, readableSource } from './request-import.ts';

/** Rows of the main file that a dry run reads. */
export const PREVIEW_ROWS = 1_000;
const PROBLEMS_SHOWN = 20;

const PreviewRequest = ImportRequest.partial({ format: true });

/** What an import would do, from the first rows; nothing is written. `columns` is empty for formats that need no mapping. */
export type ImportPreview = {
  detectedFormat: FormatName | null;
  format: FormatName | null;
  header: string[];
  mappedRows: 'sales' | 'products' | null;
  mapping: Mapping | null;
  columns: { field: string; isRequired: boolean; column: string | null; confidence: number | null }[];
  counts: { rowsRead: number; kept: number; repaired: number; rejected: number };
  reasons: { reason: string; outcome: string; count: number; statement: string }[];
  problems: Reject[];
  rowsOut: { kind: string; count: number }[];
  currency: string | null;
  timeZone: string | null;
  /** Why nothing could be read, in words; null when a dry run was made or only the mapping is missing. */
  fault: string | null;
};

const EMPTY: ImportPreview = {
  detectedFormat: null,
  format: null,
  header: [],
  mappedRows: null,
  mapping: null,
  columns: [],
  counts: { rowsRead: 0, kept: 0, repaired: 0, rejected: 0 },
  reasons: [],
  problems: [],
  rowsOut: [],
  currency: null,
  timeZone: null,
  fault: null,
};

/** Detects the format, proposes a mapping with its confidence, and reads the first 1,000 rows as an import would. */
export async function previewImport(deps: Deps, input: unknown): Promise<Result<ImportPreview>> {
  const parsed = parseImportRequest(PreviewRequest, input);
  if (!parsed.ok) return parsed;
  const { uploadId, path, format: chosen, ...options } = parsed.value;
  const source = await readableSource(deps, uploadId, path);
  if (!source.ok) return source;
  let known: ImportPreview = { ...EMPTY, format: chosen ?? null };
  try {
    const isFolder = (await stat(source.value)).isDirectory();
    const detectedFormat = await detectFormat(isFolder ? source.value : [source.value]);
    const format = chosen ?? detectedFormat;
    if (!format) return accept({ ...EMPTY, fault: 'This is no table that can be read.' });
    const files = isFolder ? await dataFilesOf(source.value) : [source.value];
    const guess = format === 'csv' ? await suggested(files[0] ?? '', options.mapping?.['rows']) : null;
    known = { ...known, detectedFormat, format, ...guess?.shown };
    const mapping = options.mapping ? parseMapping(options.mapping) : (guess?.mapping ?? null);
    known = { ...known, mapping };
    if (format === 'csv' && !mapping) return accept(known);
    return accept({ ...known, ...(await dryRun(deps, format, files, mapping, options)) });
  } catch (fault) {
    if (fault instanceof DatasetError) return accept({ ...known, fault: fault.message });
    throw fault;
  }
}

async function suggested(
  file: string,
  sentRows: unknown,
): Promise<{ mapping: Mapping | null; shown: Pick<ImportPreview, 'header' | 'mappedRows' | 'columns'> }> {
  const { header, rows, delimiter } = await readTableHead(file);
  const suggestion = suggestMapping(header, rows, delimiter);
  const mappedRows = sentRows === 'sales' || sentRows === 'products' ? sentRows : suggestion.rows;
  return { mapping: suggestion.mapping, shown: { header, mappedRows, columns: columnsOf(mappedRows, suggestion) } };
}

const columnsOf = (rows: 'sales' | 'products', { columns }: MappingSuggestion): ImportPreview['columns'] =>
  (rows === 'sales' ? SALES_FIELDS : PRODUCT_FIELDS).map((field) => ({
    field,
    isRequired: REQUIRED_FIELDS[rows].includes(field),
    column: columns[field]?.column ?? null,
    confidence: columns[field]?.confidence ?? null,
  }));

async function dryRun(
  deps: Deps,
  format: FormatName,
  paths: readonly string[],
  mapping: Mapping | null,
  options: Omit<ImportRequest, 'format' | 'uploadId' | 'path'>,
): Promise<Pick<ImportPreview, 'counts' | 'reasons' | 'problems' | 'rowsOut' | 'currency' | 'timeZone' | 'fault'>> {
  const problems: Reject[] = [];
  const { rows, report } = readDataset({
    format,
    paths,
    onReject: (reject) => void (problems.length < PROBLEMS_SHOWN && problems.push(reject)),
    options: {
      now: deps.clock.now(),
      limit: PREVIEW_ROWS,
      ...(mapping && { mapping }),
      ...(options.currency && { currency: options.currency }),
      ...(options.timeZone && { timeZone: options.timeZone }),
      ...(options.assumedMarginBasisPoints && { assumedMarginBasisPoints: options.assumedMarginBasisPoints }),
      ...(options.assumeConsent && { assumeConsent: true }),
    },
  });
  let fault: string | null = null;
  try {
    for await (const _ of rows);
  } catch (thrown) {
    // What was read before the fault still helps to find it.
    if (!(thrown instanceof DatasetError)) throw thrown;
    fault = thrown.message;
  }
  return { ...summaryOf(report), problems, fault };
}

function summaryOf(report: ImportReport): Pick<ImportPreview, 'counts' | 'reasons' | 'rowsOut' | 'currency' | 'timeZone'> {
  const sum = (name: 'rowsRead' | 'kept' | 'repaired' | 'rejected') => report.files.reduce((total, file) => total + file[name], 0);
  const reasons = report.rules.map(({ reason, outcome, statement }) => ({
    reason,
    outcome,
    statement,
    count: report.files.reduce((total, { byReason }) => total + (byReason[reason] ?? 0), 0),
  }));
  return {
    counts: { rowsRead: sum('rowsRead'), kept: sum('kept'), repaired: sum('repaired'), rejected: sum('rejected') },
    reasons: reasons.filter(({ count }) => count > 0).sort((a, b) => b.count - a.count),
    rowsOut: Object.entries(report.rowsOut).map(([kind, count]) => ({ kind, count })),
    currency: report.currency,
    timeZone: report.timeZone,
  };
}
