import type { JobQueue } from '@promolift/jobs';
import type pg from 'pg';

const BATCH = 100;

/**
 * Moves outbox rows to the queue. Several relays may run: rows are taken with SKIP LOCKED. Killed between enqueue and
 * mark, a row is sent again, and the contract's job id makes that harmless. Returns how many were sent.
 */
export async function relayOutbox(pool: pg.Pool, queue: JobQueue): Promise<number> {
  const client = await pool.connect();
  try {
    await client.query('begin');
    const taken = await client.query<{ id: string; job_name: string; payload: unknown }>(
      'select id, job_name, payload from outbox where dispatched_at is null order by id limit $1 for update skip locked',
      [BATCH],
    );
    for (const row of taken.rows) await queue.enqueueNamed(row.job_name, row.payload);
    await client.query('update outbox set dispatched_at = now(), attempts = attempts + 1 where id = any($1)', [taken.rows.map((row) => row.id)]);
    await client.query('commit');
    return taken.rows.length;
  } catch (fault) {
    await client.query('rollback');
    throw fault;
  } finally {
    client.release();
  }
}
