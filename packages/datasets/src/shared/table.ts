import { basename } from 'node:path';
import { DatasetError } from './dataset-error.ts';
import type { FileTally } from './import-report.ts';
import { type RecordOptions, readRecords } from './read-records.ts';

const MAX_COLUMNS = 1_000;

export interface TableOptions extends RecordOptions {
  /** Names of the columns, for files that have no header row. */
  header?: readonly string[];
  /** Stop after so many data rows. */
  limit?: number | undefined;
}

/** A delimited file with named columns: rows come as arrays of cells in file order, a few hundred at a time. */
export class Table {
  readonly header: readonly string[];
  readonly file: string;
  private readonly records: AsyncGenerator<{ firstRow: number; records: string[][] }>;
  private readonly pending: { firstRow: number; records: string[][] };
  private readonly limit: number;

  private constructor(
    file: string,
    header: readonly string[],
    records: AsyncGenerator<{ firstRow: number; records: string[][] }>,
    pending: { firstRow: number; records: string[][] },
    limit: number,
  ) {
    this.file = file;
    this.header = header;
    this.records = records;
    this.pending = pending;
    this.limit = limit;
  }

  static async open(path: string, options: TableOptions = {}): Promise<Table> {
    const file = basename(path);
    const records = readRecords(path, options);
    const first = await records.next();
    if (first.done) throw new DatasetError('NO_DATA', 'holds no rows', { file });
    const limit = options.limit ?? Number.POSITIVE_INFINITY;
    if (options.header) return new Table(file, options.header, records, first.value, limit);
    const header = (first.value.records[0] ?? []).map((name) => name.trim());
    try {
      checkHeader(header, file);
    } catch (fault) {
      await records.return(undefined);
      throw fault;
    }
    const pending = { firstRow: first.value.firstRow + 1, records: first.value.records.slice(1) };
    return new Table(file, header, records, pending, limit);
  }

  /** Position of a column; a missing one is the caller's fault. */
  column(name: string): number {
    const at = this.header.indexOf(name);
    if (at < 0) {
      throw new DatasetError('MISSING_COLUMN', `is missing; the file has ${this.header.slice(0, 30).join(', ')}`, {
        file: this.file,
        row: 1,
        column: name,
      });
    }
    return at;
  }

  /** Positions of columns that must be there. */
  columns<Name extends string>(names: readonly Name[]): Record<Name, number> {
    const positions: Partial<Record<Name, number>> = {};
    for (const name of names) positions[name] = this.column(name);
    return positions as Record<Name, number>;
  }

  /** Position of a column or -1. */
  optionalColumn(name: string): number {
    return this.header.indexOf(name);
  }

  /** Groups of rows; each row is counted in `tally` as it is taken, rows of the wrong width are rejected there. */
  async *batches(tally: FileTally): AsyncGenerator<Iterable<string[]>> {
    let rowsLeft = this.limit;
    let batch: IteratorResult<{ firstRow: number; records: string[][] }> = { done: false, value: this.pending };
    try {
      while (!batch.done && rowsLeft > 0) {
        const records = batch.value.records.length > rowsLeft ? batch.value.records.slice(0, rowsLeft) : batch.value.records;
        rowsLeft -= records.length;
        yield this.countedRows(records, batch.value.firstRow, tally);
        batch = await this.records.next();
      }
    } finally {
      await this.records.return(undefined);
    }
  }

  private *countedRows(records: string[][], firstRow: number, tally: FileTally): Generator<string[]> {
    const width = this.header.length;
    for (const [at, record] of records.entries()) {
      tally.startRow(firstRow + at);
      if (record.length === width) yield record;
      else tally.apply('wrong_column_count', `${record.length} cells, the header has ${width}`);
    }
  }
}

function checkHeader(header: readonly string[], file: string): void {
  if (header.length > MAX_COLUMNS) {
    throw new DatasetError('TOO_MANY_COLUMNS', `has ${header.length} columns; at most ${MAX_COLUMNS} can be read`, {
      file,
      row: 1,
      column: String(MAX_COLUMNS + 1),
    });
  }
  const seen = new Set<string>();
  for (const name of header) {
    if (name !== '' && seen.has(name)) {
      throw new DatasetError('DUPLICATE_HEADER', 'appears twice in the header', { file, row: 1, column: name });
    }
    seen.add(name);
  }
}
