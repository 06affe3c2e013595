import { ImportsQuery } from '@/features/models/models.queries.ts';
import { env } from '@/lib/env.ts';
import { query, sessionToken } from '@/lib/query.ts';
import { findViewer } from '@/lib/viewer.ts';

/** The rejected rows as the API keeps them: row number, column, reason. */
export async function GET(_request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  if (!(await findViewer())) return new Response(null, { status: 401 });
  const { id } = await params;
  const { imports } = await query(ImportsQuery, {});
  const path = imports.find((one) => one.id === id)?.rejectsUrl;
  const url = path ? new URL(path, env.API_URL) : null;
  // The session goes to our API only, wherever the row points.
  if (!url || url.origin !== new URL(env.API_URL).origin) return new Response(null, { status: 404 });
  const answer = await fetch(url, { headers: { authorization: `Bearer ${await sessionToken()}` }, cache: 'no-store' }).catch(() => null);
  if (!answer?.ok) return new Response(null, { status: answer?.status ?? 502 });
  return new Response(answer.body, {
    headers: { 'content-type': 'text/csv; charset=utf-8', 'content-disposition': `attachment; filename="rejects-${id}.csv"` },
  });
}
