import { Readable, type Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { AppError, isAllowed } from '@promolift/domain';
import { type CodeExport, depsFor, exportCodes, findCodeBatch, type Installation } from '@promolift/services';
import { type Request, type Response, Router } from 'express';
import { statusOf } from '../errors.ts';
import { requireUuid } from '../ids.ts';
import { callerOf } from './caller.ts';

/** `GET /code-batches/:id/codes.csv?after=`: the codes of a batch, for managers who may export them. As fast as the reader reads, and no further. */
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
  const { header, total, lengthBytes, chunks } = await exportCodes(deps, batch, after ?? -1);
  response
    .type('text/csv')
    .attachment(`codes-${batch.number}.csv`)
    .set({ 'x-total-codes': String(total), 'cache-control': 'no-store' });
  // A browser shows how far a download of known length is, and one that was cut off is not taken for whole.
  if (lengthBytes !== null) response.set('content-length', String(lengthBytes + (after === null ? header.length : 0)));
  await sendChunks(after === null ? header : null, chunks, response);
}

/** Makes no more than its reader takes; rejects when the reader leaves, and then nothing more is made. */
export async function sendChunks(header: string | null, chunks: CodeExport['chunks'], to: Writable): Promise<void> {
  async function* body() {
    if (header !== null) yield Buffer.from(header);
    for await (const { bytes } of chunks) yield bytes;
  }
  await pipeline(Readable.from(body(), { objectMode: true, highWaterMark: 1 }), to);
}

function afterOf(value: unknown): number | null {
  if (value === undefined) return null;
  const after = typeof value === 'string' && /^\d{1,11}$/.test(value) ? Number(value) : Number.NaN;
  if (Number.isNaN(after)) throw new AppError('BAD_USER_INPUT', 'after must be a whole number from 0.');
  return after;
}
