import { env } from '@/lib/env.ts';
import { isSameOrigin } from '@/lib/same-origin.ts';
import { sessionToken } from '@/lib/query.ts';
import { findViewer } from '@/lib/viewer.ts';

/** Passes one file on to the API as a stream; nothing is kept here. */
export async function POST(request: Request): Promise<Response> {
  const { headers } = request;
  if (!isSameOrigin(headers.get('origin'), headers.get('x-forwarded-host') ?? headers.get('host')))
    return new Response(null, { status: 403 });
  const viewer = await findViewer();
  if (!viewer?.may('importData')) return new Response(null, { status: viewer ? 403 : 401 });
  if (!request.body) return new Response(null, { status: 400 });
  const init: RequestInit & { duplex: 'half' } = {
    method: 'POST',
    headers: {
      authorization: `Bearer ${await sessionToken()}`,
      'content-type': 'application/octet-stream',
      'x-file-name': headers.get('x-file-name') ?? 'upload',
      ...(headers.has('content-length') ? { 'content-length': headers.get('content-length') ?? '' } : {}),
    },
    body: request.body,
    duplex: 'half',
    signal: request.signal,
  };
  const answer = await fetch(new URL('/uploads', env.API_URL), init).catch(() => null);
  if (!answer) return new Response(null, { status: 502 });
  return new Response(answer.body, {
    status: answer.status,
    headers: { 'content-type': answer.headers.get('content-type') ?? 'application/json' },
  });
}
