import { open, rename, stat } from 'node:fs/promises';
import { type CodeBatchRecord, counterOfLine, type Deps, exportCodes } from '@promolift/services';
import { codeOf, CommandStop } from '../shared/command-stop.ts';

/** Enough for many lines, so that one of them is whole. */
const TAIL_BYTES = 65_536;
const LINE_END = '\r\n';

export type CodesFileProgress = { counter: number; total: number; bytes: number };
export type WrittenCodesFile = { codes: number; isComplete: boolean; path: string };

/**
 * Writes the codes of a batch to `path`, readable by its owner only. Until it is whole it is called `path.part`; a part that is
 * there already is gone on with after its last whole line, so a run that was stopped or killed loses nothing and writes nothing twice.
 */
export async function writeCodesFile(
  deps: Deps,
  batch: CodeBatchRecord,
  path: string,
  { onProgress, signal }: { onProgress?: (progress: CodesFileProgress) => void; signal?: AbortSignal } = {},
): Promise<WrittenCodesFile> {
  if (await sizeOf(path)) throw new CommandStop(`${path} is there already; move it away or choose another name.`);
  const part = `${path}.part`;
  const file = await open(part, 'a+', 0o600);
  let codes = 0;
  try {
    const resumed = await lastWholeLine(deps, batch, file);
    await file.truncate(resumed?.end ?? 0);
    const { header, total, chunks } = await exportCodes(deps, batch, resumed?.counter ?? -1);
    let bytes = resumed?.end ?? 0;
    if (!resumed) bytes += (await file.write(Buffer.from(header))).bytesWritten;
    for await (const chunk of chunks) {
      if (signal?.aborted) return { codes, isComplete: false, path: part };
      await file.appendFile(chunk.bytes);
      codes += chunk.codes;
      bytes += chunk.bytes.length;
      onProgress?.({ counter: chunk.counter, total, bytes });
    }
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(part, path);
  return { codes, isComplete: true, path };
}

async function sizeOf(path: string): Promise<number> {
  try {
    return (await stat(path)).size;
  } catch (fault) {
    if (codeOf(fault) === 'ENOENT') return 0;
    throw fault;
  }
}

type Handle = Awaited<ReturnType<typeof open>>;

/** Where the last line ends that holds a code of this batch, and which code that is; null in a file without one. */
async function lastWholeLine(deps: Deps, batch: CodeBatchRecord, file: Handle): Promise<{ end: number; counter: number } | null> {
  const { size } = await file.stat();
  const from = Math.max(0, size - TAIL_BYTES);
  const tail = Buffer.alloc(size - from);
  await file.read(tail, 0, tail.length, from);
  for (let end = tail.lastIndexOf(LINE_END); end > 0; end = tail.lastIndexOf(LINE_END, end - 1)) {
    const start = tail.lastIndexOf(LINE_END, end - 1);
    const counter = counterOfLine(deps, batch, tail.toString('utf8', start < 0 ? 0 : start + LINE_END.length, end));
    if (counter !== null) return { end: from + end + LINE_END.length, counter };
  }
  if (size > TAIL_BYTES) throw new CommandStop('The .part file is not of this batch; move it away and start again.');
  return null;
}
