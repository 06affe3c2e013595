import { AuditEntry } from '@promolift/db';
import { canonicalHash } from '@promolift/domain';
import type { EntityManager } from '@mikro-orm/postgresql';
import { actorId } from './actor.ts';
import type { Deps } from './deps.ts';
import { decodeCursor, type Page, pageSize, toPage } from './page.ts';

export type AuditFact = { action: string; subjectKind: string; subjectId: string; details?: Record<string, unknown> };

/** Hash before the first entry. */
const GENESIS = '0'.repeat(64);
/** One writer at a time, or two entries would name the same predecessor. */
const AUDIT_LOCK = 4_711_001;

/**
 * Adds an entry to the hash chain; call it inside the transaction that makes the change.
 * The lock lasts until that transaction ends, so call it last.
 */
export async function appendAudit({ em, actor }: Pick<Deps, 'em' | 'actor'>, fact: AuditFact): Promise<void> {
  await em.execute('select pg_advisory_xact_lock(?)', [AUDIT_LOCK]);
  const last = await em.execute<{ hash: string }[]>('select hash from audit_entries order by seq desc limit 1');
  const previousHash = last[0]?.hash ?? GENESIS;
  const entry = {
    at: new Date(),
    actorKind: actor.kind,
    actorId: actorId(actor),
    action: fact.action,
    subjectKind: fact.subjectKind,
    subjectId: fact.subjectId,
    details: JSON.parse(JSON.stringify(fact.details ?? {})) as Record<string, unknown>,
    previousHash,
  };
  await em.execute(
    `insert into audit_entries (at, actor_kind, actor_id, action, subject_kind, subject_id, details, previous_hash, hash)
     values (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    [entry.at, entry.actorKind, entry.actorId, entry.action, entry.subjectKind, entry.subjectId, JSON.stringify(entry.details), previousHash, hashOf(entry)],
  );
}

type Hashed = Pick<AuditEntry, 'at' | 'actorKind' | 'action' | 'details' | 'previousHash'> & { actorId?: string | null; subjectKind?: string | null; subjectId?: string | null };

function hashOf({ at, actorKind, actorId: id, action, subjectKind, subjectId, details, previousHash }: Hashed): string {
  return canonicalHash({ at, actorKind, actorId: id ?? null, action, subjectKind: subjectKind ?? null, subjectId: subjectId ?? null, details, previousHash });
}

export type AuditFilter = { subjectKind?: string | null; subjectId?: string | null; action?: string | null };

/** Newest first. */
export async function listAuditEntries({ em }: Deps, input: { first?: number | null; after?: string | null; filter?: AuditFilter | null }): Promise<Page<AuditEntry>> {
  const size = pageSize(input.first);
  const { subjectKind, subjectId, action } = input.filter ?? {};
  const where = { ...(subjectKind && { subjectKind }), ...(subjectId && { subjectId }), ...(action && { action }) };
  const before = input.after ? Number(decodeCursor(input.after, 1)[0]) : null;
  const [rows, totalCount] = await Promise.all([
    em.find(AuditEntry, before === null ? where : { ...where, seq: { $lt: before } }, { orderBy: { seq: 'desc' }, limit: size + 1 }),
    em.count(AuditEntry, where),
  ]);
  return toPage(rows, size, totalCount, (row) => row, (row) => [row.seq]);
}

type Verified = { seq: number; hash: string; isValid: boolean };
const verified = new WeakMap<object, Verified>();
const BATCH = 2_000;

/** Is every entry's hash its own and its predecessor's? Continues where the last check of this process ended; `isFull` starts anew. */
export async function isAuditChainValid({ em, sql }: Pick<Deps, 'em' | 'sql'>, isFull = false): Promise<boolean> {
  let state = (isFull ? undefined : verified.get(sql)) ?? { seq: 0, hash: GENESIS, isValid: true };
  while (state.isValid) {
    const entries = await readAfter(em, state.seq);
    for (const entry of entries) {
      const isValid = state.isValid && entry.previousHash === state.hash && entry.hash === hashOf(entry);
      state = { seq: entry.seq, hash: entry.hash, isValid };
    }
    if (entries.length < BATCH) break;
  }
  verified.set(sql, state);
  return state.isValid;
}

const readAfter = (em: EntityManager, seq: number): Promise<AuditEntry[]> =>
  em.fork().find(AuditEntry, { seq: { $gt: seq } }, { orderBy: { seq: 'asc' }, limit: BATCH, disableIdentityMap: true });
