import { existsSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ShopRow } from '@promolift/domain';
import { type ReadDatasetRequest, readDataset } from '../read-dataset.ts';
import type { ImportReport, Reject } from './import-report.ts';

const DATA_FOLDER = process.env.PROMOLIFT_DATA ?? join(import.meta.dirname, '../../../../../shared/data');
export const FIXTURES = join(import.meta.dirname, '../../fixtures');
const NOON = new Date('2026-01-01T12:00:00Z');

/** Folder of a public data set, or `null` when it is not on this machine. On CI it must be there. */
export function publicDataset(name: string): string | null {
  const folder = join(DATA_FOLDER, name);
  if (existsSync(folder)) return folder;
  if (process.env.CI === 'true') throw new Error(`The data set ${name} is missing; set PROMOLIFT_DATA`);
  return null;
}

export function aFile(name: string, content: string | Uint8Array): string {
  const path = join(mkdtempSync(join(tmpdir(), 'datasets-')), name);
  writeFileSync(path, content);
  return path;
}

export interface ReadResult {
  rows: ShopRow[];
  report: ImportReport;
  rejects: Reject[];
}

export async function readWhole(request: ReadDatasetRequest): Promise<ReadResult> {
  const rejects: Reject[] = [];
  const dataset = readDataset({ ...request, options: { now: NOON, ...request.options }, onReject: (reject) => rejects.push(reject) });
  const rows: ShopRow[] = [];
  for await (const batch of dataset.rows) for (const row of batch) rows.push(row);
  return { rows, report: dataset.report, rejects };
}

export function ofKind<Kind extends ShopRow['kind']>(rows: readonly ShopRow[], kind: Kind): Extract<ShopRow, { kind: Kind }>[] {
  return rows.filter((row): row is Extract<ShopRow, { kind: Kind }> => row.kind === kind);
}
