import { AuditEntry } from '@promolift/db';
import type { Deps } from './deps.ts';

/** The newest audit entries about each of these things, newest first. */
export async function auditEntriesOf(
  { em, sql }: Pick<Deps, 'em' | 'sql'>,
  subjectKind: string,
  subjectIds: readonly string[],
  first: number,
): Promise<AuditEntry[]> {
  const { rows } = await sql.query<{ seq: number }>(
    `select found.seq from unnest($2::text[]) wanted(id)
     cross join lateral (select e.seq from audit_entries e where e.subject_kind = $1 and e.subject_id = wanted.id order by e.seq desc limit $3) found`,
    [subjectKind, subjectIds, first],
  );
  return em.find(AuditEntry, { seq: { $in: rows.map(({ seq }) => seq) } }, { orderBy: { seq: 'desc' } });
}
