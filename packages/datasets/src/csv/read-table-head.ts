import { readText } from '../shared/open-file.ts';
import type { Mapping } from './mapping.ts';

const HEAD_BYTES = 65_536;
const SAMPLE_ROWS = 50;
const DELIMITERS = [',', ';', '\t', '|'] as const;

export type TableHead = { header: string[]; rows: string[][]; delimiter: Mapping['delimiter'] };

/** Header and first rows of a table, for guessing what its columns mean. Throws `DatasetError` for a file that is no text. */
export async function readTableHead(path: string): Promise<TableHead> {
  const text = await readHead(path);
  const lines = text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .filter((line) => line !== '');
  const first = lines[0] ?? '';
  const delimiter = DELIMITERS.reduce((best, next) => (first.split(next).length > first.split(best).length ? next : best));
  const rows = lines.slice(1, SAMPLE_ROWS + 1).map((line) => cellsOf(line, delimiter));
  return { header: cellsOf(first, delimiter), rows, delimiter };
}

async function readHead(path: string): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of readText(path)) {
    chunks.push(chunk);
    bytes += chunk.length;
    if (bytes >= HEAD_BYTES) break;
  }
  const text = Buffer.concat(chunks).toString('utf8');
  // The last line may be cut in two.
  const end = bytes < HEAD_BYTES ? text.length : text.lastIndexOf('\n');
  return text.slice(0, end < 0 ? HEAD_BYTES : end);
}

function cellsOf(line: string, delimiter: string): string[] {
  const cells: string[] = [];
  let cell = '';
  let isQuoted = false;
  for (let at = 0; at < line.length; at += 1) {
    const character = line[at];
    if (character === '"' && isQuoted && line[at + 1] === '"') {
      cell += '"';
      at += 1;
    } else if (character === '"') isQuoted = !isQuoted;
    else if (character === delimiter && !isQuoted) {
      cells.push(cell.trim());
      cell = '';
    } else cell += character;
  }
  return [...cells, cell.trim()];
}
