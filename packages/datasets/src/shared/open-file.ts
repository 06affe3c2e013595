import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { basename } from 'node:path';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { DatasetError } from './dataset-error.ts';

const CHUNK_BYTES = 65_536;

const FOREIGN_CONTENT: readonly { name: string; starts: readonly number[] }[] = [
  { name: 'an Excel workbook or zip archive (export it as CSV first)', starts: [0x50, 0x4b, 0x03, 0x04] },
  { name: 'an old Excel workbook (export it as CSV first)', starts: [0xd0, 0xcf, 0x11, 0xe0] },
  { name: 'a Windows program', starts: [0x4d, 0x5a, 0x90] },
  { name: 'a Linux program', starts: [0x7f, 0x45, 0x4c, 0x46] },
  { name: 'a PDF', starts: [0x25, 0x50, 0x44, 0x46] },
  { name: 'a Parquet file', starts: [0x50, 0x41, 0x52, 0x31] },
  { name: 'a PNG image', starts: [0x89, 0x50, 0x4e, 0x47] },
];

/** The bytes of a text file in chunks, gzip undone when its content (not its name) says so. Throws `DatasetError`. */
export async function* readText(path: string): AsyncGenerator<Buffer> {
  const file = basename(path);
  const source = createReadStream(path, { highWaterMark: CHUNK_BYTES });
  const bytes = (await startsLikeGzip(path)) ? pipeline(source, createGunzip({ chunkSize: CHUNK_BYTES }), () => undefined) : source;
  let isFirst = true;
  try {
    for await (const chunk of bytes as AsyncIterable<Buffer>) {
      if (isFirst) refuseForeignContent(chunk, file);
      isFirst = false;
      yield chunk;
    }
  } catch (cause) {
    if (isZlibError(cause)) throw new DatasetError('BROKEN_GZIP', 'the gzip data is damaged or cut off', { file, cause });
    throw cause;
  } finally {
    source.destroy();
  }
  if (isFirst) throw new DatasetError('NO_DATA', 'the file is empty', { file });
}

async function startsLikeGzip(path: string): Promise<boolean> {
  const handle = await open(path, 'r').catch((cause: unknown) => {
    throw new DatasetError('FILE_NOT_FOUND', 'cannot be opened: does it exist and may it be read?', {
      file: basename(path),
      cause,
    });
  });
  try {
    if (!(await handle.stat()).isFile()) throw new DatasetError('FILE_NOT_FOUND', 'is not a file', { file: basename(path) });
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(2), 0, 2, 0);
    return bytesRead === 2 && buffer[0] === 0x1f && buffer[1] === 0x8b;
  } finally {
    await handle.close();
  }
}

function refuseForeignContent(head: Buffer, file: string): void {
  if ((head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff)) {
    throw new DatasetError('WRONG_ENCODING', 'is UTF-16; save it as "CSV UTF-8" and try again', { file });
  }
  const foreign = FOREIGN_CONTENT.find(({ starts }) => starts.every((byte, at) => head[at] === byte));
  if (foreign) throw new DatasetError('NOT_TEXT', `is ${foreign.name}, not a text file`, { file });
  const start = head.subarray(0, 1_024);
  if (/^(\uFEFF)?\s*(<!doctype html|<html|<head|<\?xml|<script)/i.test(start.toString('utf8'))) {
    throw new DatasetError('NOT_TEXT', 'is a web page or XML, not a data file', { file });
  }
  if (start.includes(0)) {
    throw new DatasetError('NOT_TEXT', 'holds binary data or UTF-16 text; save it as "CSV UTF-8"', { file });
  }
}

function isZlibError(cause: unknown): boolean {
  return cause instanceof Error && 'code' in cause && typeof cause.code === 'string' && cause.code.startsWith('Z_');
}
