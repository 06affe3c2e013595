import { ExportUserQuery } from '@/features/users/users.queries.ts';
import { query } from '@/lib/query.ts';
import { findViewer } from '@/lib/viewer.ts';

/** Everything kept about one user, as a file. */
export async function GET(_request: Request, { params }: { params: Promise<{ externalId: string }> }): Promise<Response> {
  if (!(await findViewer())) return new Response(null, { status: 401 });
  const externalId = decodeURIComponent((await params).externalId);
  const { exportUser } = await query(ExportUserQuery, { externalId });
  if (exportUser === null) return new Response(null, { status: 404 });
  return new Response(JSON.stringify(exportUser, null, 2), {
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'content-disposition': `attachment; filename="user-${encodeURIComponent(externalId)}.json"`,
    },
  });
}
