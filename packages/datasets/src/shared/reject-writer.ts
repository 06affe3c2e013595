import { closeSync, openSync, writeSync } from 'node:fs';
import { stringify } from 'csv-stringify/sync';
import type { Reject } from './import-report.ts';

const BATCH_REJECTS = 500;

export interface RejectWriter {
  write(reject: Reject): void;
  close(): void;
}

/**
 * Writes rejected rows as CSV: row, file, column, reason, value. A value that a spreadsheet would run as a formula is
 * escaped. Writes are synchronous so that a file of nothing but faults cannot fill the memory.
 */
export function createRejectWriter(path: string): RejectWriter {
  const handle = openSync(path, 'w');
  let rows: string[][] = [['row', 'file', 'column', 'reason', 'value']];
  const flush = (): void => {
    if (rows.length > 0) writeSync(handle, stringify(rows, { escape_formulas: true }));
    rows = [];
  };
  return {
    write(reject) {
      rows.push([String(reject.row), reject.file, reject.column, reject.reason, reject.value]);
      if (rows.length >= BATCH_REJECTS) flush();
    },
    close() {
      flush();
      closeSync(handle);
    },
  };
}
