import type pg from 'pg';
import { z } from 'zod';

const OfJobRun = z.object({ jobRunId: z.uuid() });

/** A job whose process crashed could not record its own end: its row would say "running" for ever. */
export async function recordGivenUp(pool: Pick<pg.Pool, 'query'>, payload: unknown, fault: Error): Promise<void> {
  const parsed = OfJobRun.safeParse(payload);
  if (!parsed.success) return;
  await pool.query(
    `update job_runs set status = 'failed', finished_at = now(), fence = fence + 1, error = $2 where id = $1 and status in ('requested', 'running')`,
    [parsed.data.jobRunId, JSON.stringify({ message: fault.message, code: 'INTERNAL' })],
  );
}
