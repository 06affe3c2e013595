import { basename } from 'node:path';
import { finished } from 'node:stream/promises';
import { parse } from 'csv-parse';
import { DatasetError } from './dataset-error.ts';
import { readText } from './open-file.ts';

/** A longer row is a quote that was never closed, or an attack. Keeps memory bounded whatever the file holds. */
const MAX_ROW_BYTES = 1_048_576;

export interface RecordOptions {
  delimiter?: string;
  encoding?: 'utf-8' | 'latin1';
  /** `false`: quotes are plain characters (MovieLens' tables). */
  quote?: false;
}

/** Records of a delimited file as arrays of cells, some hundred at a time. `firstRow`: number of the first one, from 1. */
export interface RecordBatch {
  firstRow: number;
  records: string[][];
}

export async function* readRecords(path: string, options: RecordOptions = {}): AsyncGenerator<RecordBatch> {
  const file = basename(path);
  let records: string[][] = [];
  let firstRow = 1;
  // Collecting in `on_record` instead of reading the object stream doubles the speed.
  const parser = parse({
    bom: true,
    delimiter: options.delimiter ?? ',',
    encoding: options.encoding === 'latin1' ? 'latin1' : 'utf8',
    quote: options.quote === false ? null : '"',
    max_record_size: MAX_ROW_BYTES,
    relax_column_count: true,
    skip_empty_lines: true,
    on_record: (record: string[]) => {
      records.push(record);
      return null;
    },
  });
  parser.on('error', () => undefined);
  parser.resume();
  const decoder = options.encoding === 'latin1' ? null : new TextDecoder('utf-8', { fatal: true });
  try {
    for await (const chunk of readText(path)) {
      requireUtf8(decoder, chunk, file, firstRow);
      await write(parser, chunk);
      if (records.length === 0) continue;
      yield { firstRow, records };
      firstRow += records.length;
      records = [];
    }
    parser.end();
    await finished(parser);
  } catch (cause) {
    throw explain(cause, file, firstRow + records.length);
  } finally {
    parser.destroy();
  }
  if (records.length > 0) yield { firstRow, records };
}

function write(parser: ReturnType<typeof parse>, chunk: Buffer): Promise<void> {
  return new Promise((resolve, reject) => {
    parser.write(chunk, (fault) => (fault ? reject(fault) : resolve()));
  });
}

function requireUtf8(decoder: InstanceType<typeof TextDecoder> | null, chunk: Buffer, file: string, row: number): void {
  try {
    decoder?.decode(chunk, { stream: true });
  } catch (cause) {
    throw new DatasetError('WRONG_ENCODING', 'holds bytes that are not UTF-8 after this row; save it as "CSV UTF-8"', {
      file,
      row,
      cause,
    });
  }
}

function explain(cause: unknown, file: string, row: number): unknown {
  if (!(cause instanceof Error) || !('code' in cause) || typeof cause.code !== 'string') return cause;
  const column = 'column' in cause ? columnName(cause.column) : undefined;
  switch (cause.code) {
    case 'CSV_MAX_RECORD_SIZE':
      return new DatasetError('ROW_TOO_LARGE', `is longer than ${MAX_ROW_BYTES} bytes; a quote opened here may never be closed`, {
        file,
        row,
        column,
        cause,
      });
    case 'CSV_QUOTE_NOT_CLOSED':
      return new DatasetError('BROKEN_QUOTES', 'a quote opened here is never closed', { file, row, column, cause });
    case 'CSV_INVALID_CLOSING_QUOTE':
    case 'INVALID_OPENING_QUOTE':
      return new DatasetError('BROKEN_QUOTES', 'a quote stands inside a cell without being doubled', {
        file,
        row,
        column,
        cause,
      });
    default:
      return cause;
  }
}

function columnName(column: unknown): string | undefined {
  if (typeof column === 'number') return String(column + 1);
  return typeof column === 'string' ? column : undefined;
}
