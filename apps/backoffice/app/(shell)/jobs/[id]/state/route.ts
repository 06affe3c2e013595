import { JobQuery } from '@/features/models/models.queries.ts';
import { query } from '@/lib/query.ts';
import { findViewer } from '@/lib/viewer.ts';

/** One job as JSON, for progress bars. */
export async function GET(_request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  if (!(await findViewer())) return new Response(null, { status: 401 });
  const { job } = await query(JobQuery, { id: (await params).id });
  return job ? Response.json(job) : new Response(null, { status: 404 });
}
