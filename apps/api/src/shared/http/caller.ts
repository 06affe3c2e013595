import { AppError } from '@promolift/domain';
import { ANONYMOUS, authenticate, type Authenticated } from '@promolift/services';
import type { Request } from 'express';
import type { Pool } from 'pg';

/** Who sends this request. No header is nobody; a header that does not hold is UNAUTHENTICATED, with one text for every reason. */
export async function callerOf(request: Request, sql: Pool): Promise<Authenticated> {
  const header = request.headers.authorization;
  if (header === undefined) return { actor: ANONYMOUS, sessionId: null };
  const token = /^Bearer ([\w-]+)$/i.exec(header)?.[1];
  const caller = token ? await authenticate(sql, token) : null;
  if (!caller) throw new AppError('UNAUTHENTICATED', 'This session or key is not valid; sign in again.');
  return caller;
}
