import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'vitest';
import { readRowsOf } from './test-rows.ts';

const root = process.env.PROMOLIFT_DATA ?? join(import.meta.dirname, '../../../../shared/data');

/** A test that needs a public data set: skipped by name where the set is missing, except in CI, where it must run. */
export function dataTest(path: string, name: string, run: () => void): void {
  const missing = !existsSync(join(root, path)) && process.env.CI !== 'true';
  test.skipIf(missing)(missing ? `${name} (data set ${path} is missing)` : name, run, 60_000);
}

/** Rows of a public data set, as `readRowsOf`. */
export const readRows = (path: string): string[][] => readRowsOf(root, path);
