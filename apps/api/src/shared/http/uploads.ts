import { createWriteStream } from 'node:fs';
import { mkdir, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { AppError, isAllowed, newId } from '@promolift/domain';
import { depsFor, findImport, type Installation, uploadPath } from '@promolift/services';
import { type Request, type Response, Router } from 'express';
import { requireUuid } from '../ids.ts';
import { statusOf } from '../errors.ts';
import { callerOf } from './caller.ts';

const MAX_UPLOAD_BYTES = 512 * 1_024 * 1_024;

/** `POST /uploads`: one file as the raw body, for managers who may import; answers `{ uploadId }`. And the rejected rows of an import. */
export function uploadRoutes(installation: Installation): Router {
  const router = Router();
  router.post('/uploads', (request, response) => answer(installation, response, () => receiveUpload(installation, request)));
  router.get('/imports/:id/rejects.csv', (request, response) =>
    answer(installation, response, () => sendRejects(installation, request, response)),
  );
  return router;
}

async function answer(installation: Installation, response: Response, work: () => Promise<object | undefined>): Promise<void> {
  try {
    const body = await work();
    if (body) response.status(201).json(body);
  } catch (error) {
    if (response.headersSent) return void response.destroy();
    if (error instanceof AppError)
      return void response.status(statusOf(error.code)).json({ error: { code: error.code, message: error.message } });
    installation.log.error({ error }, 'upload failed');
    response.status(500).json({ error: { code: 'INTERNAL', message: 'Something went wrong on our side.' } });
  }
}

async function requireImporter({ database }: Installation, request: Request): Promise<Awaited<ReturnType<typeof callerOf>>> {
  const caller = await callerOf(request, database.pool);
  if (caller.actor.kind === 'anonymous') throw new AppError('UNAUTHENTICATED', 'Sign in first.');
  if (caller.actor.kind !== 'manager' || !isAllowed(caller.actor.principal, 'importData'))
    throw new AppError('FORBIDDEN', 'You may not import data.');
  return caller;
}

async function receiveUpload(installation: Installation, request: Request): Promise<object> {
  await requireImporter(installation, request);
  if (Number(request.headers['content-length'] ?? 0) > MAX_UPLOAD_BYTES) throw tooLarge();
  const uploadId = newId();
  const path = uploadPath(installation.homeDirectory, uploadId);
  await mkdir(dirname(path), { recursive: true });
  try {
    await pipeline(request, capped(), createWriteStream(`${path}.part`, { mode: 0o600 }));
    if ((await stat(`${path}.part`)).size === 0) throw new AppError('BAD_USER_INPUT', 'The file is empty.');
    await rename(`${path}.part`, path);
  } catch (error) {
    await rm(`${path}.part`, { force: true });
    throw error;
  }
  return { uploadId };
}

const tooLarge = () => new AppError('PAYLOAD_TOO_LARGE', 'The file is larger than 512 MB.');

function capped(): Transform {
  let length = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      length += chunk.length;
      if (length > MAX_UPLOAD_BYTES) done(tooLarge());
      else done(null, chunk);
    },
  });
}

async function sendRejects(installation: Installation, request: Request, response: Response): Promise<undefined> {
  const { actor } = await requireImporter(installation, request);
  const found = await findImport(depsFor(installation, actor), requireUuid(String(request.params['id'])));
  if (!found?.rejectsPath) throw new AppError('NOT_FOUND', 'There are no rejected rows.');
  await new Promise<void>((resolve, reject) =>
    response
      .type('text/csv')
      .attachment('rejects.csv')
      .sendFile(found.rejectsPath ?? '', { dotfiles: 'allow' }, (error) => (error ? reject(error) : resolve())),
  );
}
