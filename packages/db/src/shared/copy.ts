import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ClientBase } from 'pg';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';

export type CopyValue = string | number | boolean | Date | Uint8Array | object | null;

const BLOCK_CHARACTERS = 1 << 16;
const SPECIAL = /[\\\n\r\t\0]/;

/** One value in COPY's text format. Objects become JSON; NUL, which PostgreSQL text cannot hold, is dropped. */
export function copyText(value: CopyValue): string {
  if (value === null) return '\\N';
  if (typeof value === 'string') return SPECIAL.test(value) ? escapeText(value) : value;
  if (typeof value === 'number') return String(value);
  if (typeof value === 'boolean') return value ? 't' : 'f';
  if (value instanceof Date) return value.toISOString();
  if (value instanceof Uint8Array) return `\\\\x${Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('hex')}`;
  return copyText(JSON.stringify(value));
}

const ESCAPES: Record<string, string> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t', '\0': '' };
const escapeText = (value: string): string => value.replace(/[\\\n\r\t\0]/g, (character) => ESCAPES[character] ?? character);

/** Streams rows into a table and returns how many; reads no faster than the server writes. */
export async function copyRows(
  client: ClientBase,
  table: string,
  columns: readonly string[],
  rows: AsyncIterable<readonly CopyValue[]> | Iterable<readonly CopyValue[]>,
): Promise<number> {
  return copyBlocks(client, table, columns, blocks(rows));
}

/** The same for text that is already encoded: each block holds whole lines. */
export async function copyBlocks(
  client: ClientBase,
  table: string,
  columns: readonly string[],
  encoded: AsyncIterable<string | Buffer> | Iterable<string | Buffer>,
): Promise<number> {
  const sink = client.query(copyFrom(`copy ${table} (${columns.join(', ')}) from stdin`));
  await pipeline(Readable.from(encoded, { objectMode: true, highWaterMark: 2 }), sink);
  return sink.rowCount ?? 0;
}

async function* blocks(rows: AsyncIterable<readonly CopyValue[]> | Iterable<readonly CopyValue[]>): AsyncGenerator<string> {
  let block = '';
  for await (const row of rows) {
    block += `${row.map(copyText).join('\t')}\n`;
    if (block.length < BLOCK_CHARACTERS) continue;
    yield block;
    block = '';
  }
  if (block !== '') yield block;
}

/** Rows of a query as text, null as null. */
export async function* copyOut(client: ClientBase, sql: string): AsyncGenerator<(string | null)[]> {
  for await (const line of copyLines(client, sql)) yield line.toString('utf8').split('\t').map(unescapeText);
}

/** Lines of COPY's text format; a newline inside a value is escaped, so each line is one row. */
async function* copyLines(client: ClientBase, sql: string): AsyncGenerator<Buffer> {
  const source = client.query(copyTo(`copy (${sql}) to stdout`));
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of source) {
    const bytes: Buffer = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    let start = 0;
    for (let end = bytes.indexOf(10); end >= 0; end = bytes.indexOf(10, start)) {
      yield bytes.subarray(start, end);
      start = end + 1;
    }
    rest = bytes.subarray(start);
  }
}

const UNESCAPES: Record<string, string> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f', v: '\v' };

export function unescapeText(value: string): string | null {
  if (value === '\\N') return null;
  if (!value.includes('\\')) return value;
  return value.replace(/\\(.)/g, (_, character: string) => UNESCAPES[character] ?? character);
}
