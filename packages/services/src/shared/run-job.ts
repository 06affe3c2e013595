import { AppError } from '@promolift/domain';
import type { Deps, Progress } from './deps.ts';

/** Thrown by `progress.report` when somebody asked to stop; the job row becomes `cancelled`. */
export class JobCancelled extends Error {
  constructor() {
    super('The job was cancelled.');
    this.name = 'JobCancelled';
  }
}

/** Thrown when a later run of the same job took over: whatever this run still does must not be kept. */
export class JobSuperseded extends Error {
  constructor(jobRunId: string) {
    super(`A later run of job ${jobRunId} has taken over.`);
    this.name = 'JobSuperseded';
  }
}

/** Parts of the work that are finished, by name; kept with the job's row, so that a run after a crash need not do them again. */
type Checkpoint = {
  /** The parts that earlier runs of this job have finished. */
  finished: Readonly<Record<string, unknown>>;
  /** Durable when it resolves. `value` must be small: it is what `finished` gives the next run. */
  finish: (part: string, value: unknown) => Promise<void>;
};

export type JobWork<Result extends object> = (run: {
  progress: Progress;
  payload: Record<string, unknown>;
  checkpoint: Checkpoint;
  assertCurrent: () => Promise<void>;
}) => Promise<Result>;

const LOG_LINES_KEPT = 200;
const REPORT_EVERY_MS = 250;

/**
 * Runs `work` for one job row: at-least-once delivery becomes at most one kept effect, because each start raises the
 * row's fence and every write below asks for that fence. A row already finished is left alone.
 * Faults of the caller (`AppError`) end the job; other faults are thrown on for a retry unless `isLastAttempt`.
 */
export async function runJob<Result extends object>(
  deps: Deps,
  jobRunId: string,
  isLastAttempt: boolean,
  work: JobWork<Result>,
): Promise<void> {
  const started = await deps.sql.query<{ fence: number; payload: Record<string, unknown>; checkpoint: Record<string, unknown> }>(
    `update job_runs set status = 'running', attempt = attempt + 1, fence = fence + 1, started_at = coalesce(started_at, now()), heartbeat_at = now(), error = null
     where id = $1 and status in ('requested', 'running') and cancel_requested_at is null returning fence, payload, checkpoint`,
    [jobRunId],
  );
  const row = started.rows[0];
  if (!row) return finishUnstarted(deps, jobRunId);
  const progress = progressOf(deps, jobRunId, row.fence);
  try {
    const result = await work({
      progress,
      payload: row.payload,
      checkpoint: { finished: row.checkpoint, finish: (part, value) => keepPart(deps, jobRunId, row.fence, part, value) },
      assertCurrent: () => assertCurrent(deps, jobRunId, row.fence),
    });
    await finish(deps, jobRunId, row.fence, 'succeeded', { result });
  } catch (fault) {
    await recordFault(deps, jobRunId, row.fence, fault, isLastAttempt);
  }
}

async function finishUnstarted(deps: Deps, jobRunId: string): Promise<void> {
  await deps.sql.query(
    "update job_runs set status = 'cancelled', finished_at = now() where id = $1 and status = 'requested' and cancel_requested_at is not null",
    [jobRunId],
  );
}

async function recordFault(deps: Deps, jobRunId: string, fence: number, fault: unknown, isLastAttempt: boolean): Promise<void> {
  if (fault instanceof JobSuperseded) return;
  if (fault instanceof JobCancelled) return finish(deps, jobRunId, fence, 'cancelled', {});
  const isFinal = fault instanceof AppError;
  if (!isFinal && !isLastAttempt) throw fault;
  const error = { message: fault instanceof Error ? fault.message : String(fault), code: isFinal ? fault.code : 'INTERNAL' };
  deps.log.error({ jobRunId, fault }, 'job failed');
  await finish(deps, jobRunId, fence, 'failed', { error });
}

async function finish(
  deps: Deps,
  jobRunId: string,
  fence: number,
  status: 'succeeded' | 'failed' | 'cancelled',
  outcome: { result?: object; error?: object },
): Promise<void> {
  await deps.sql.query(
    `update job_runs set status = $3, progress = case when $3 = 'succeeded' then 1 else progress end, finished_at = now(), result = coalesce($4, result), error = $5
     where id = $1 and fence = $2 and status = 'running'`,
    [jobRunId, fence, status, outcome.result ? JSON.stringify(outcome.result) : null, outcome.error ? JSON.stringify(outcome.error) : null],
  );
}

async function keepPart(deps: Deps, jobRunId: string, fence: number, part: string, value: unknown): Promise<void> {
  const kept = await deps.sql.query(
    "update job_runs set checkpoint = checkpoint || jsonb_build_object($3::text, $4::jsonb), heartbeat_at = now() where id = $1 and fence = $2 and status = 'running'",
    [jobRunId, fence, part, JSON.stringify(value)],
  );
  if (kept.rowCount === 0) throw new JobSuperseded(jobRunId);
}

async function assertCurrent(deps: Deps, jobRunId: string, fence: number): Promise<void> {
  const current = await deps.sql.query("select 1 from job_runs where id = $1 and fence = $2 and status = 'running'", [jobRunId, fence]);
  if (current.rowCount === 0) throw new JobSuperseded(jobRunId);
}

/** Writes at most every 250 ms unless the stage changed or a line came; also the heartbeat and the ear for cancellation. */
function progressOf(deps: Deps, jobRunId: string, fence: number): Progress {
  let lastStage = '';
  let lastAt = 0;
  return {
    report: async (fraction, stage, line) => {
      const isDue = line !== undefined || stage !== lastStage || performance.now() - lastAt >= REPORT_EVERY_MS;
      if (!isDue) return;
      lastStage = stage;
      lastAt = performance.now();
      const written = await deps.sql.query<{ cancel_requested_at: Date | null }>(
        `update job_runs set progress = greatest(progress, $3), stage = $4, heartbeat_at = now(),
           log = case when $5::text is null then log when jsonb_array_length(log) >= ${LOG_LINES_KEPT} then (log - 0) || to_jsonb($5::text) else log || to_jsonb($5::text) end
         where id = $1 and fence = $2 and status = 'running' returning cancel_requested_at`,
        [jobRunId, fence, Math.min(1, Math.max(0, fraction)), stage, line ?? null],
      );
      const row = written.rows[0];
      if (!row) throw new JobSuperseded(jobRunId);
      if (row.cancel_requested_at) throw new JobCancelled();
    },
  };
}
