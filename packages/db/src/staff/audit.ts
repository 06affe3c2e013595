import type { JsonObject } from '../shared/json.ts';
import { runSql, type SqlRunner } from '../shared/sql.ts';

export type AuditEvent = {
  at: Date;
  actorKind: 'manager' | 'system' | 'api_key';
  actorId?: string | null;
  action: string;
  subjectKind?: string | null;
  subjectId?: string | null;
  /** No personal data: entries are never erased. */
  details?: JsonObject;
};

/** Appends to the hash chain, which the database computes. Other writers wait until this transaction ends: append last. */
export async function appendAudit(runner: SqlRunner, event: AuditEvent): Promise<{ seq: number; hash: string }> {
  const [row] = await runSql<{ seq: string | number; hash: string }>(
    runner,
    `
    insert into audit_entries (at, actor_kind, actor_id, action, subject_kind, subject_id, details, previous_hash, hash)
    values ($1::timestamptz, $2::text, $3::text, $4::text, $5::text, $6::text, $7::jsonb, '', '') returning seq, hash`,
    [
      event.at,
      event.actorKind,
      event.actorId ?? null,
      event.action,
      event.subjectKind ?? null,
      event.subjectId ?? null,
      JSON.stringify(event.details ?? {}),
    ],
  );
  if (!row) throw new Error('the audit entry was not written');
  return { seq: Number(row.seq), hash: row.hash };
}

/** Recomputes the chain. `brokenSeq`: the first entry that was changed, or that follows a removed one. */
export async function verifyAudit(runner: SqlRunner): Promise<{ entries: number; brokenSeq: number | null }> {
  const [row] = await runSql<{ entries: string | number; broken: string | number | null }>(
    runner,
    `
    select count(*) as entries, min(seq) filter (where not is_whole) as broken from (
      select e.seq, e.hash = audit_hash(e) and e.previous_hash = coalesce(lag(e.hash) over (order by e.seq), '') as is_whole from audit_entries e
    ) checked`,
  );
  return { entries: Number(row?.entries ?? 0), brokenSeq: row?.broken == null ? null : Number(row.broken) };
}
