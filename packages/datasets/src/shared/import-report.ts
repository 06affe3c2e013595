import type { ShopRow } from '@promolift/domain';

/** What happens to a row that meets the rule: it stays as it is (and is counted), is mended, or is left out. */
export type RuleOutcome = 'kept' | 'repaired' | 'rejected';

export interface CleaningRule {
  reason: string;
  column: string;
  outcome: RuleOutcome;
  /** The rule in words, as the report prints it. */
  statement: string;
  /** Rejections that are no fault of the file (a web page view in an event export) are counted, not listed. */
  isListed?: false;
}

/** One rejected input row. `row`: number in the file, header = 1. */
export interface Reject {
  file: string;
  row: number;
  column: string;
  reason: string;
  value: string;
}

/** `kept + repaired + rejected = rowsRead`. `byReason`: rows that met each rule; one row may meet several. */
export interface FileReport {
  file: string;
  rowsRead: number;
  kept: number;
  repaired: number;
  rejected: number;
  byReason: Record<string, number>;
}

/** Final once the row stream has ended; until then the numbers so far. */
export interface ImportReport {
  format: string;
  currency: string;
  timeZone: string;
  files: FileReport[];
  /** Files that belong to the data set but feed nothing, with their number of rows. */
  notImported: { file: string; rows: number; reason: string }[];
  rowsOut: Partial<Record<ShopRow['kind'], number>>;
  /** Earliest and latest order, return or event. */
  firstAt: Date | null;
  lastAt: Date | null;
  rules: readonly CleaningRule[];
}

/** Counts the rows of one file. Every row starts as kept; a rule may move it to repaired, then to rejected, never back. */
export class FileTally {
  readonly counts: FileReport;
  private readonly rules: ReadonlyMap<string, CleaningRule>;
  private readonly onReject: (reject: Reject) => void;
  private outcome: RuleOutcome = 'kept';
  private row = 0;

  constructor(file: string, rules: readonly CleaningRule[], onReject: (reject: Reject) => void) {
    this.counts = { file, rowsRead: 0, kept: 0, repaired: 0, rejected: 0, byReason: {} };
    this.rules = new Map(rules.map((rule) => [rule.reason, rule]));
    this.onReject = onReject;
  }

  startRow(row: number): void {
    this.row = row;
    this.outcome = 'kept';
    this.counts.rowsRead += 1;
    this.counts.kept += 1;
  }

  /** Applies a rule to the current row. `column` replaces the rule's own where the file names its columns itself. */
  apply(reason: string, value = '', column?: string): void {
    const rule = this.rules.get(reason);
    if (!rule) throw new Error(`No cleaning rule is named ${reason}`);
    this.counts.byReason[reason] = (this.counts.byReason[reason] ?? 0) + 1;
    if (rule.outcome === 'repaired' && this.outcome === 'kept') this.move('repaired');
    if (rule.outcome !== 'rejected' || this.outcome === 'rejected') return;
    this.move('rejected');
    if (rule.isListed === false) return;
    this.onReject({ file: this.counts.file, row: this.row, column: column ?? rule.column, reason, value: value.slice(0, 200) });
  }

  private move(outcome: RuleOutcome): void {
    this.counts[this.outcome] -= 1;
    this.counts[outcome] += 1;
    this.outcome = outcome;
  }
}
