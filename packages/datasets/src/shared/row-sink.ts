import type { ShopRow } from '@promolift/domain';
import type { ImportReport } from './import-report.ts';

const BATCH_ROWS = 2_000;

/** Collects clean rows into batches of about 2,000 and counts them in the report. */
export class RowSink {
  private rows: ShopRow[] = [];
  private readonly report: ImportReport;

  constructor(report: ImportReport) {
    this.report = report;
  }

  push(row: ShopRow): void {
    this.rows.push(row);
    this.report.rowsOut[row.kind] = (this.report.rowsOut[row.kind] ?? 0) + 1;
    if (row.kind !== 'order' && row.kind !== 'return' && row.kind !== 'event') return;
    if (!this.report.firstAt || row.at < this.report.firstAt) this.report.firstAt = row.at;
    if (!this.report.lastAt || row.at > this.report.lastAt) this.report.lastAt = row.at;
  }

  /** The collected rows once they fill a batch. */
  *full(): Generator<ShopRow[]> {
    if (this.rows.length >= BATCH_ROWS) yield* this.rest();
  }

  *rest(): Generator<ShopRow[]> {
    const rows = this.rows;
    this.rows = [];
    for (let start = 0; start < rows.length; start += BATCH_ROWS) yield rows.slice(start, start + BATCH_ROWS);
  }
}
