import { appendAudit as appendEntry, AuditEntry, patientPool } from '@promolift/db';
import { actorId } from './actor.ts';
import type { Actor, Deps } from './deps.ts';
import { decodeCursor, type Page, pageSize, toPage } from './page.ts';

/** `details` holds ids, versions and numbers, never personal data. */
export type AuditFact = { action: string; subjectKind: string; subjectId: string; details?: Record<string, unknown> };

/** Adds an entry to the hash chain in the name of `actor`; call it last inside the transaction that makes the change (`em` is in it). */
export async function appendAudit({ em, actor }: Pick<Deps, 'em' | 'actor'>, fact: AuditFact): Promise<void> {
  await appendEntry(em, { ...fact, at: new Date(), actorKind: actorKind(actor), actorId: actorId(actor) });
}

function actorKind(actor: Actor): 'manager' | 'system' | 'api_key' {
  switch (actor.kind) {
    case 'manager':
      return 'manager';
    case 'key':
      return 'api_key';
    case 'system':
      return 'system';
    case 'anonymous':
      throw new Error('nobody may do what is audited');
  }
}

export type AuditFilter = { subjectKind?: string | null; subjectId?: string | null; action?: string | null };

/** Newest first. */
export async function listAuditEntries(
  { em }: Deps,
  input: { first?: number | null; after?: string | null; filter?: AuditFilter | null },
): Promise<Page<AuditEntry>> {
  const size = pageSize(input.first);
  const { subjectKind, subjectId, action } = input.filter ?? {};
  const where = { ...(subjectKind && { subjectKind }), ...(subjectId && { subjectId }), ...(action && { action }) };
  const before = input.after ? Number(decodeCursor(input.after, 1)[0]) : null;
  const [rows, totalCount] = await Promise.all([
    em.find(AuditEntry, before === null ? where : { ...where, seq: { $lt: before } }, { orderBy: { seq: 'desc' }, limit: size + 1 }),
    em.count(AuditEntry, where),
  ]);
  return toPage(
    rows,
    size,
    totalCount,
    (row) => row,
    (row) => [row.seq],
  );
}

type Verified = { seq: number; isValid: boolean; fullAtMs: number };
/** How long a change of an entry that was already checked can go unseen. */
const FULL_CHECK_MS = 60_000;
const verified = new WeakMap<object, Verified>();

/**
 * Is every entry's hash its own and its predecessor's? Checks all at most once a minute (or when `isFull`), in
 * between only what is new, so that paging through the log stays cheap.
 */
export async function isAuditChainValid({ sql }: Pick<Deps, 'sql'>, isFull = false): Promise<boolean> {
  const known = verified.get(sql);
  const isDue = isFull || !known || performance.now() - known.fullAtMs > FULL_CHECK_MS;
  const before = isDue ? { seq: 0, isValid: true, fullAtMs: performance.now() } : known;
  if (!before.isValid) return false;
  const { rows } = await patientPool(sql).query<{ last: number | null; is_valid: boolean | null }>(
    `select max(seq) as last, bool_and(is_whole) as is_valid from (
       select e.seq, e.hash = audit_hash(e) and (e.seq = $1 or e.previous_hash = coalesce(lag(e.hash) over (order by e.seq), '')) as is_whole
       from audit_entries e where e.seq >= $1) checked`,
    [before.seq],
  );
  const state = { fullAtMs: before.fullAtMs, seq: rows[0]?.last ?? before.seq, isValid: rows[0]?.is_valid ?? before.seq === 0 };
  verified.set(sql, state);
  return state.isValid;
}
