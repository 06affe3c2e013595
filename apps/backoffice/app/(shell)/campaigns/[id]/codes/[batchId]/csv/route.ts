import { ExportCodesQuery } from '@/features/campaigns/codes.queries.ts';
import { env } from '@/lib/env.ts';
import { ApiFault, query, sessionToken } from '@/lib/query.ts';
import { findViewer } from '@/lib/viewer.ts';

/** The codes of a batch as the API makes them, as fast as the browser takes them. The API asks for the right once more. */
export async function GET(request: Request, { params }: { params: Promise<{ batchId: string }> }): Promise<Response> {
  const viewer = await findViewer();
  if (!viewer) return new Response(null, { status: 401 });
  if (!viewer.may('exportCodes')) return new Response(null, { status: 403 });
  const path = await query(ExportCodesQuery, { batchId: (await params).batchId }).then(
    ({ exportCodes }) => exportCodes.path,
    (fault: unknown) => {
      if (fault instanceof ApiFault) return null;
      throw fault;
    },
  );
  const url = path === null ? null : new URL(path, env.API_URL);
  // The session goes to our API only, wherever the row points.
  if (!url || url.origin !== new URL(env.API_URL).origin) return new Response(null, { status: 404 });
  const answer = await fetch(url, {
    headers: { authorization: `Bearer ${await sessionToken()}`, 'accept-encoding': 'identity', ...named(request.headers, ASKED) },
    cache: 'no-store',
    signal: request.signal,
  }).catch(() => null);
  if (!answer?.ok) return new Response(null, { status: answer?.status ?? 502 });
  return new Response(answer.body, {
    status: answer.status,
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': answer.headers.get('content-disposition') ?? 'attachment; filename="codes.csv"',
      'cache-control': 'no-store, no-transform',
      ...named(answer.headers, ANSWERED),
    },
  });
}

/** What a download that broke off asks for, and what tells the browser how to go on. */
const ASKED = ['range', 'if-range'];
const ANSWERED = ['content-length', 'content-range', 'accept-ranges', 'etag'];

const named = (headers: Headers, names: readonly string[]): Record<string, string> =>
  Object.fromEntries(names.flatMap((name) => (headers.has(name) ? [[name, headers.get(name) ?? '']] : [])));
