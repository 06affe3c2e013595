import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { TargetRows } from '../../src/trees/table.ts';

export type BenchTable = TargetRows & { name: string; loss: 'logistic' | 'squared' };

/** Rows of a gzipped csv without its header; a comma inside quotes is part of its field. */
export function readCsv(data: string, path: string): string[][] {
  const lines = gunzipSync(readFileSync(join(data, path)))
    .toString()
    .trim()
    .split(/\r?\n/)
    .slice(1);
  return lines.map((line) => Array.from(line.matchAll(/(?:^|,)(?:"([^"]*)"|([^,]*))/g), (match) => match[1] ?? match[2] ?? ''));
}

/** Numbers as they are, texts as codes in order of appearance. */
function tableOf(rows: string[][], columns: number[], target: (row: string[]) => number): TargetRows {
  const codes = columns.map(() => new Map<string, number>());
  const features = new Float32Array(rows.length * columns.length);
  rows.forEach((row, at) =>
    columns.forEach((column, j) => {
      const text = row[column] ?? '';
      const value = text === '' ? Number.NaN : Number(text);
      if (Number.isNaN(value) && !codes[j].has(text)) codes[j].set(text, codes[j].size);
      features[at * columns.length + j] = codes[j].get(text) ?? value;
    }),
  );
  return { features, columns: columns.length, targets: rows.map(target) };
}

const upTo = (count: number) => Array.from({ length: count }, (_, at) => at);

export const onlineShoppers = (data: string): BenchTable => ({
  name: 'Online Shoppers',
  loss: 'logistic',
  ...tableOf(readCsv(data, 'online-shoppers/online_shoppers_intention.csv.gz'), upTo(17), (row) => (/^true$/i.test(row[17] ?? '') ? 1 : 0)),
});

/** Visit after the mailing; the arm is a column. */
export const hillstrom = (data: string): BenchTable => ({
  name: 'Hillstrom, visit',
  loss: 'logistic',
  ...tableOf(readCsv(data, 'hillstrom/hillstrom.csv.gz'), [0, 2, 3, 4, 5, 6, 7, 8], (row) => Number(row[9])),
});

/** Log units by store, brand, week, all prices, deal and feature. */
export const orangeJuice = (data: string): BenchTable => ({
  name: 'Orange juice, log units',
  loss: 'squared',
  ...tableOf(readCsv(data, 'orange-juice/oj_yx.csv.gz'), [0, 1, 2, ...upTo(11).map((at) => 5 + at), 16, 17], (row) => Number(row[3])),
});
