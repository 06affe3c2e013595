import { basename } from 'node:path';
import type { ShopRow } from '@promolift/domain';
import type { Mapping } from '../csv/mapping.ts';
import type { Catalog } from './catalog.ts';
import type { CleaningRule, FileTally, ImportReport } from './import-report.ts';
import type { LocalTime } from './local-time.ts';
import type { RowSink } from './row-sink.ts';

export interface ReadOptions {
  /** ISO 4217; default: the data set's own, USD for shop exports that name none. */
  currency?: string;
  /** IANA zone of times that carry none; default: the data set's own, else UTC. */
  timeZone?: string;
  /** `csv` only. */
  mapping?: Mapping;
  /** Read only so many rows of the main file. */
  limit?: number;
  /** Gives products without a known cost one, marked `cost_source: assumed`. Without it their cost is unknown. */
  assumedMarginBasisPoints?: number;
  /** Public data sets carry no consent; `true` states it for all their users, marked `consent_source: assumed`. */
  assumeConsent?: boolean;
  /** Rows dated more than a day later are impossible. Default: the clock. */
  now?: Date;
}

/** What a format's reader works with. Everything it reads is counted through `tally`, everything it finds goes to `sink`. */
export interface ReadContext {
  paths: readonly string[];
  options: ReadOptions;
  currency: string;
  /** Digits of the currency after the point. */
  digits: number;
  localTime: LocalTime;
  report: ImportReport;
  sink: RowSink;
  catalog: Catalog;
  tally(path: string): FileTally;
  /** Is the instant inside what can be a shop's past: from 1995 to a day after now? */
  isPossible(at: Date): boolean;
}

export interface FormatReader {
  format: string;
  defaults: { currency: string; timeZone: string };
  rules: readonly CleaningRule[];
  /** Does a set of files look like this format? `headers`: first row of each file by its bare name. */
  detect(headers: ReadonlyMap<string, readonly string[]>): boolean;
  read(context: ReadContext): AsyncGenerator<ShopRow[]>;
}

/** Rules that every table shares. */
export const TABLE_RULES: readonly CleaningRule[] = [
  {
    reason: 'wrong_column_count',
    column: '',
    outcome: 'rejected',
    statement: 'A row with more or fewer cells than the header cannot be read.',
  },
];

/** "products.csv.gz" → "products". */
export function bareName(path: string): string {
  return basename(path)
    .replace(/\.gz$/i, '')
    .replace(/\.(csv|tsv|txt|json|jsonl|ndjson)$/i, '')
    .toLowerCase();
}

export function findPath(paths: readonly string[], name: string): string | undefined {
  return paths.find((path) => bareName(path) === name);
}

/** Attributes without the empty ones. */
export function attributesOf(entries: Record<string, string | undefined>): Record<string, string> {
  const attributes: Record<string, string> = {};
  for (const [name, value] of Object.entries(entries)) if (value) attributes[name] = value;
  return attributes;
}

/** Consent of users whose data set says nothing about it. */
export function unstatedConsent(options: ReadOptions): { consent: boolean; attributes: Record<string, string> } {
  return options.assumeConsent ? { consent: true, attributes: { consent_source: 'assumed' } } : { consent: false, attributes: {} };
}
