import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

/** Rows of a gzipped, comma-separated file without its header. Quoted fields are kept whole, quotes removed. */
export function readRowsOf(folder: string, path: string): string[][] {
  const lines = gunzipSync(readFileSync(join(folder, path)))
    .toString('utf8')
    .split(/\r?\n/);
  return lines.slice(1).filter(Boolean).map(splitLine);
}

function splitLine(line: string): string[] {
  if (!line.includes('"')) return line.split(',');
  return Array.from(line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g), (match) => (match[1] ?? match[2]).replaceAll('""', '"'));
}
