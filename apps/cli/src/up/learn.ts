import type { JobContract } from '@promolift/jobs';
import { requestJob } from '@promolift/services';
import { followJob, newsLine } from '../shared/follow-job.ts';
import type { OpenInstallation } from '../shared/open-installation.ts';

/** Makes sure a job of this kind has run to its end once; an unfinished one from an earlier start is followed, not doubled. */
export async function ensureJobDone(
  installation: OpenInstallation,
  contract: JobContract,
  onNews: (line: string) => void,
  signal: AbortSignal,
): Promise<'done before' | 'done now'> {
  const deps = installation.deps();
  const { rows } = await deps.sql.query<{ id: string; status: string }>(
    "select id, status from job_runs where name = $1 and status in ('succeeded', 'requested', 'running') order by (status = 'succeeded') desc, created_at desc limit 1",
    [contract.name],
  );
  const found = rows[0];
  if (found?.status === 'succeeded') return 'done before';
  const id = found?.id ?? (await requestJob(deps, contract)).id;
  await followJob(deps, id, (news) => onNews(newsLine(news)), signal);
  return 'done now';
}

/** Versions of the models that serve now, for the checklist. */
export async function describeModels({ database }: OpenInstallation): Promise<string> {
  const { rows } = await database.pool.query<{ kind: string; algorithm: string }>(
    "select kind, algorithm from models where status = 'champion' order by kind",
  );
  return rows.length === 0
    ? 'no model beat its baseline yet; the baselines serve'
    : rows.map(({ kind, algorithm }) => `${kind}: ${algorithm}`).join(', ');
}

export async function describeInbox({ database }: OpenInstallation): Promise<string> {
  const { rows } = await database.pool.query<{ count: number }>("select count(*) as count from campaigns where status = 'in_review'");
  const count = rows[0]?.count ?? 0;
  return count === 0 ? 'nothing worth doing now; the inbox says why' : `${count} in the inbox`;
}
