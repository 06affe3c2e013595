import type pg from 'pg';
import type { JsonObject } from './json.ts';
import { runSql, type SqlRunner } from './sql.ts';

export type OutboxEntry = { id: string; jobName: string; payload: JsonObject; attempts: number };

/** Asks for a job in the same transaction as the change that needs it. Returns the entry's id, which is the job's too. */
export async function appendOutbox(runner: SqlRunner, entry: { jobName: string; payload: JsonObject }): Promise<string> {
  const [row] = await runSql<{ id: string }>(
    runner,
    'insert into outbox (id, job_name, payload) values (uuid_v7(), $1::text, $2::jsonb) returning id',
    [entry.jobName, JSON.stringify(entry.payload)],
  );
  if (!row) throw new Error('the outbox entry was not written');
  return row.id;
}

/**
 * Hands waiting entries to `dispatch`, oldest first, and marks those it took; several dispatchers share the work. An entry whose
 * dispatch throws waits for the next call behind the others. At least once: use the entry's id as the job's id.
 */
export async function takeOutbox(
  pool: pg.Pool,
  limit: number,
  dispatch: (entry: OutboxEntry) => Promise<void>,
): Promise<{ dispatched: number; failed: number }> {
  const client = await pool.connect();
  try {
    await client.query('begin');
    const { rows } = await client.query<OutboxEntry>(
      `
      select id, job_name as "jobName", payload, attempts from outbox where dispatched_at is null
      order by attempts, id limit $1 for update skip locked`,
      [limit],
    );
    const done: string[] = [];
    for (const entry of rows) {
      await dispatch(entry).then(
        () => done.push(entry.id),
        () => undefined,
      );
    }
    await client.query(
      `update outbox set attempts = attempts + 1, dispatched_at = case when id = any($2::uuid[]) then now() end where id = any($1::uuid[])`,
      [rows.map((entry) => entry.id), done],
    );
    await client.query('commit');
    return { dispatched: done.length, failed: rows.length - done.length };
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    throw error;
  } finally {
    client.release();
  }
}
