import { Readable, type Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { AppError, isAllowed } from '@promolift/domain';
import {
  type CodeBatchRecord,
  type CodeExport,
  type CodeLines,
  type Deps,
  depsFor,
  exportCodes,
  findCodeBatch,
  type Installation,
  linesOf,
} from '@promolift/services';
import { type Request, type Response, Router } from 'express';
import { statusOf } from '../errors.ts';
import { requireUuid } from '../ids.ts';
import { callerOf } from './caller.ts';

/**
 * `GET /code-batches/:id/codes.csv?after=`: the codes of a batch, for managers who may export them. As fast as the reader reads, and
 * no further. The file of an open batch can be gone on with (`Range`, `If-Range`).
 */
export function codeDownloadRoutes(installation: Installation): Router {
  const router = Router();
  router.get('/code-batches/:id/codes.csv', async (request, response) => {
    try {
      await sendCodes(installation, request, response);
    } catch (error) {
      // The reader has gone, or the rest cannot be made: a cut connection says that the file is not whole.
      if (response.headersSent || response.destroyed) return void response.destroy();
      if (error instanceof AppError)
        return void response.status(statusOf(error.code)).json({ error: { code: error.code, message: error.message } });
      installation.log.error({ error }, 'code download failed');
      response.status(500).json({ error: { code: 'INTERNAL', message: 'Something went wrong on our side.' } });
    }
  });
  return router;
}

async function sendCodes(installation: Installation, request: Request, response: Response): Promise<void> {
  const { actor } = await callerOf(request, installation.database.pool);
  if (actor.kind === 'anonymous') throw new AppError('UNAUTHENTICATED', 'Sign in first.');
  if (actor.kind !== 'manager' || !isAllowed(actor.principal, 'exportCodes')) throw new AppError('FORBIDDEN', 'You may not export codes.');
  const after = afterOf(request.query['after']);
  const deps = depsFor(installation, actor);
  const batch = await findCodeBatch(deps, requireUuid(String(request.params['id'])));
  if (!batch) throw new AppError('NOT_FOUND', 'There is no such batch.');
  response.type('text/csv').attachment(`codes-${batch.number}.csv`).set({ 'cache-control': 'no-store' });
  const lines = batch.size !== null && after === null ? linesOf({ ...batch, size: batch.size }) : null;
  const firstByte = lines && firstByteOf(request, lines);
  if (lines) response.set({ 'accept-ranges': 'bytes', etag: lines.etag });
  if (lines && firstByte !== null && firstByte >= lines.totalBytes)
    return void response.status(416).set('content-range', `bytes */${lines.totalBytes}`).end();
  if (lines && firstByte !== null) return sendRest(deps, batch, lines, firstByte, response);
  const { header, total, lengthBytes, chunks } = await exportCodes(deps, batch, after ?? -1);
  response.set('x-total-codes', String(total));
  // A browser shows how far a download of known length is, and one that was cut off is not taken for whole.
  if (lengthBytes !== null) response.set('content-length', String(lengthBytes + (after === null ? header.length : 0)));
  await sendChunks(after === null ? header : null, chunks, response);
}

/** The rest of a file from a byte on, without making what comes before it: a counter gives its code. */
async function sendRest(deps: Deps, batch: CodeBatchRecord, lines: CodeLines, firstByte: number, response: Response): Promise<void> {
  const { header, after, skipBytes } = lines.from(firstByte);
  const { chunks } = await exportCodes(deps, batch, after);
  response.status(206).set({
    'content-range': `bytes ${firstByte}-${lines.totalBytes - 1}/${lines.totalBytes}`,
    'content-length': String(lines.totalBytes - firstByte),
  });
  await sendChunks(header, chunks, response, skipBytes);
}

/**
 * The first byte of `Range: bytes=n-` (RFC 9110, 14.2), if the file is still the one that was begun; null = the whole file, which also
 * answers other forms of ranges.
 */
function firstByteOf({ headers }: Request, { etag }: CodeLines): number | null {
  const begun = headers['if-range'];
  const first = /^bytes=(\d{1,15})-$/.exec(headers.range ?? '')?.[1];
  return first === undefined || (begun !== undefined && begun !== etag) ? null : Number(first);
}

/** Makes no more than its reader takes; rejects when the reader leaves, and then nothing more is made. `skipBytes` of the first chunk are left out. */
export async function sendChunks(header: string | null, chunks: CodeExport['chunks'], to: Writable, skipBytes = 0): Promise<void> {
  async function* body() {
    if (header) yield Buffer.from(header);
    let skip = skipBytes;
    for await (const { bytes } of chunks) {
      yield bytes.subarray(skip);
      skip = 0;
    }
  }
  await pipeline(Readable.from(body(), { objectMode: true, highWaterMark: 1 }), to);
}

function afterOf(value: unknown): number | null {
  if (value === undefined) return null;
  const after = typeof value === 'string' && /^\d{1,11}$/.test(value) ? Number(value) : Number.NaN;
  if (Number.isNaN(after)) throw new AppError('BAD_USER_INPUT', 'after must be a whole number from 0.');
  return after;
}
