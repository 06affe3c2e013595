import { AppError } from '@promolift/domain';
import type { NextFunction, Request, Response } from 'express';
import { Kind, parse } from 'graphql';
import { MAX_TOKENS } from '../guards/operation-limits.ts';

const MAX_BODY_BYTES = 100 * 1_024;
const MAX_TRACK_BODY_BYTES = 1_024 * 1_024;
const BODY_TIMEOUT_MS = 10_000;

/** Reads the JSON body of POST /graphql: type and charset first, size while it arrives, patience for 10 s. */
export function readGraphqlBody(request: Request, response: Response, next: NextFunction): void {
  if (request.method !== 'POST') {
    request.body = {};
    if (request.headers['content-type'] !== undefined && !isJson(request.headers['content-type']))
      refuseBody(request, response, new BodyRefused(415, 'Send application/json.'));
    else next();
    return;
  }
  receive(request).then(
    (body) => {
      request.body = body;
      next();
    },
    (error: unknown) => refuseBody(request, response, error),
  );
}

async function receive(request: Request): Promise<unknown> {
  requireJson(request.headers['content-type']);
  if (request.headers['content-encoding'] && request.headers['content-encoding'] !== 'identity')
    throw new BodyRefused(415, 'Send the body without content-encoding.');
  const bytes = await readBytes(request);
  const text = new TextDecoder('utf-8', { fatal: false }).decode(bytes);
  const body = parseJson(text);
  if (Array.isArray(body)) throw new BodyRefused(400, 'Operation batching disabled.');
  if (typeof body !== 'object' || body === null) throw new BodyRefused(400, 'The body must be a JSON object.');
  if (bytes.length > MAX_BODY_BYTES && !isOnlyTracking(body)) throw new BodyRefused(413, 'The body is larger than 100 KB.');
  return body;
}

class BodyRefused extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

const mediaType = (contentType: string): string[] =>
  contentType
    .toLowerCase()
    .split(';')
    .map((part) => part.trim());
const isJson = (contentType: string): boolean => mediaType(contentType)[0] === 'application/json';

function requireJson(contentType = ''): void {
  const parameters = mediaType(contentType).slice(1);
  if (!isJson(contentType)) throw new BodyRefused(415, 'Send application/json.');
  for (const parameter of parameters) {
    if (parameter.startsWith('charset=') && !/^charset="?utf-?8"?$/.test(parameter)) throw new BodyRefused(415, 'Send UTF-8.');
  }
}

function readBytes(request: Request): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let length = 0;
    const timer = setTimeout(() => reject(new BodyRefused(408, 'The body took too long.')), BODY_TIMEOUT_MS);
    request.on('data', (chunk: Buffer) => {
      length += chunk.length;
      if (length > MAX_TRACK_BODY_BYTES) reject(new BodyRefused(413, 'The body is larger than 1 MB.'));
      else chunks.push(chunk);
    });
    request.on('end', () => resolve(Buffer.concat(chunks)));
    request.on('error', reject);
    request.on('close', () => clearTimeout(timer));
  });
}

function parseJson(text: string): unknown {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    throw new BodyRefused(400, 'The body is not JSON.');
  }
  // PostgreSQL text cannot hold it, and nobody means it.
  if (/\\u0000/.test(text) && holdsNul(body)) throw new AppError('BAD_USER_INPUT', 'Text may not contain the NUL character.');
  return body;
}

function holdsNul(value: unknown): boolean {
  if (typeof value === 'string') return value.includes('\0');
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(value).some(([key, member]) => key.includes('\0') || holdsNul(member));
}

function isOnlyTracking(body: object): boolean {
  if (!('query' in body) || typeof body.query !== 'string' || body.query.length > MAX_BODY_BYTES) return false;
  try {
    const { definitions } = parse(body.query, { maxTokens: MAX_TOKENS, noLocation: true });
    return definitions.every(
      (node) =>
        node.kind === Kind.OPERATION_DEFINITION &&
        node.selectionSet.selections.every((field) => field.kind === Kind.FIELD && field.name.value === 'trackEvents'),
    );
  } catch {
    return false;
  }
}

function refuseBody(request: Request, response: Response, error: unknown): void {
  const refused =
    error instanceof BodyRefused
      ? error
      : error instanceof AppError
        ? new BodyRefused(400, error.message)
        : new BodyRefused(400, 'The body could not be read.');
  const code = error instanceof AppError ? error.code : refused.status === 413 ? 'PAYLOAD_TOO_LARGE' : 'BAD_REQUEST';
  if (response.headersSent) return;
  response
    .status(refused.status)
    .set('connection', 'close')
    .json({ errors: [{ message: refused.message, extensions: { code } }] });
  // The rest of a body that nobody reads would keep the connection.
  response.on('finish', () => request.destroy());
}
