import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';
import { codeOf, CommandStop } from './command-stop.ts';

const HEAD_BYTES = 65_536;
const SAMPLE_ROWS = 50;
const DELIMITERS = [',', ';', '\t', '|'] as const;

/** Header and first rows of a table, for guessing what its columns mean. */
export async function readTableHead(path: string): Promise<{ header: string[]; rows: string[][]; delimiter: (typeof DELIMITERS)[number] }> {
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
  try {
    const file = createReadStream(path);
    const stream = path.endsWith('.gz') ? file.pipe(createGunzip()) : file;
    file.on('error', (fault) => stream.destroy(fault));
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      chunks.push(chunk);
      bytes += chunk.length;
      if (bytes >= HEAD_BYTES) break;
    }
  } catch (fault) {
    throw new CommandStop(`${path} cannot be read (${codeOf(fault) ?? 'no reason given'}); check the path.`);
  }
  const text = Buffer.concat(chunks).toString('utf8');
  return bytes < HEAD_BYTES ? text : text.slice(0, text.lastIndexOf('\n'));
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
