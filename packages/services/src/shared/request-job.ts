import { appendOutbox, JobRun } from '@promolift/db';
import { AppError, accept, canonicalHash, newId, refuse, type Result } from '@promolift/domain';
import type { JobContract } from '@promolift/jobs';
import { z } from 'zod';
import { managerIdOf } from './actor.ts';
import { appendAudit } from './audit.ts';
import type { Deps } from './deps.ts';

const JobMessage = z.record(z.string(), z.unknown());

/**
 * Writes the job's row and its outbox message in one transaction (the caller's, if `deps.em` is in one).
 * `input` stays in the row; the message carries only the row's id, parsed by the contract.
 */
export function requestJob(deps: Deps, contract: JobContract, input: Record<string, unknown> = {}): Promise<JobRun> {
  const id = newId();
  const message = JobMessage.parse(contract.payload.parse({ jobRunId: id }));
  return deps.em.transactional(async (em) => {
    const job = em.create(JobRun, {
      id,
      name: contract.name,
      payload: input,
      inputsHash: canonicalHash(input),
      requestedBy: managerIdOf(deps.actor),
      createdAt: new Date(),
    });
    await em.flush();
    await appendOutbox(em, { jobName: contract.name, payload: { ...message } });
    await appendAudit(
      { em, actor: deps.actor },
      { action: 'job.requested', subjectKind: 'job', subjectId: id, details: { name: contract.name } },
    );
    await em.refresh(job);
    return job;
  });
}

/** Newest first. */
export const listJobs = ({ em }: Deps, limit: number): Promise<JobRun[]> =>
  em.find(JobRun, {}, { orderBy: { createdAt: 'desc', id: 'desc' }, limit });

export const findJob = ({ em }: Deps, id: string): Promise<JobRun | null> => em.findOne(JobRun, { id });

/** A job that has not started is cancelled at once; a running one stops at its next progress report. */
export async function cancelJob(deps: Deps, id: string): Promise<Result<JobRun>> {
  const job = await deps.em.findOne(JobRun, { id });
  if (!job) throw new AppError('NOT_FOUND', 'There is no such job.');
  const isStopped = await deps.em.transactional(async (em) => {
    const rows = await em.execute<unknown[]>(
      `update job_runs set cancel_requested_at = coalesce(cancel_requested_at, now()),
         finished_at = case when status = 'requested' then now() end,
         status = case when status = 'requested' then 'cancelled' else status end
       where id = ? and status in ('requested', 'running') returning id`,
      [id],
    );
    if (rows.length > 0) await appendAudit({ em, actor: deps.actor }, { action: 'job.cancelled', subjectKind: 'job', subjectId: id });
    return rows.length > 0;
  });
  await deps.em.refresh(job);
  return isStopped ? accept(job) : refuse({ kind: 'already-finished', message: `This job has already ${job.status}.`, field: ['id'] });
}
