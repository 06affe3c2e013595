import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { test } from 'vitest';

const root = process.env.PROMOLIFT_DATA ?? join(import.meta.dirname, '../../../../shared/data');

/** A test that needs a public data set: skipped by name where the set is missing, except in CI, where it must run. */
export function dataTest(path: string, name: string, run: () => void): void {
  const missing = !existsSync(join(root, path)) && process.env.CI !== 'true';
  test.skipIf(missing)(missing ? `${name} (data set ${path} is missing)` : name, run, 60_000);
}

/** Rows of a gzipped, comma-separated file without its header. Quoted fields are kept whole, quotes removed. */
export function readRows(path: string): string[][] {
  const lines = gunzipSync(readFileSync(join(root, path)))
    .toString('utf8')
    .split(/\r?\n/);
  return lines.slice(1).filter(Boolean).map(splitLine);
}

function splitLine(line: string): string[] {
  if (!line.includes('"')) return line.split(',');
  return Array.from(line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g), (match) => (match[1] ?? match[2]).replaceAll('""', '"'));
}
