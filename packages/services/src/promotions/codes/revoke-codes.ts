import { runSql } from '@promolift/db';
import { accept, COUNTER_LIMIT, CounterRange, newId, type Refusal, refuse, type Result } from '@promolift/domain';
import { managerIdOf } from '../../shared/actor.ts';
import { appendAudit } from '../../shared/audit.ts';
import type { Deps } from '../../shared/deps.ts';
import { type CodeBatchRecord, findCodeBatch } from './code-batches.ts';
import { CODE_LOCK } from './keep-code-rows.ts';
import { findGeneratedCodes } from './resolve-codes.ts';

/** One code, a range of an open batch's counters (ends included), or all of a batch. */
export type RevokeTarget =
  | { kind: 'code'; text: string }
  | { kind: 'range'; batchId: string; first: number; last: number }
  | { kind: 'batch'; batchId: string };
export type RevokeRefusal = Refusal & { kind: 'CODE_UNKNOWN' | 'BATCH_UNKNOWN' | 'INVALID_RANGE' };

/** From the next statement on these codes reserve nothing, neither those used before nor those nobody has used yet. For ever; twice is harmless. */
export async function revokeCodes(deps: Deps, target: RevokeTarget): Promise<Result<{ batchId: string }, RevokeRefusal>> {
  const found = target.kind === 'code' ? await ofCode(deps, target.text) : await ofBatch(deps, target);
  if (!found.ok) return found;
  const { batch, first, last } = found.value;
  await deps.em.transactional(async (em) => {
    const at = deps.clock.now();
    await runSql(em, 'select pg_advisory_xact_lock($1::int, $2::int)', [CODE_LOCK, batch.number]);
    await runSql(
      em,
      'insert into code_revocations (id, batch_number, first, last, revoked_by, revoked_at) values ($1, $2, $3, $4, $5, $6)',
      [newId(), batch.number, first, last, managerIdOf(deps.actor), at],
    );
    await runSql(
      em,
      'update codes set revoked_at = $4 where batch_number = $1 and counter between $2::bigint and $3::bigint and revoked_at is null',
      [batch.number, first, last, at],
    );
    const details = { batchId: batch.id, first, last };
    await appendAudit(
      { em, actor: deps.actor },
      { action: 'codes.revoked', subjectKind: 'campaign', subjectId: batch.campaignId, details },
    );
  });
  return accept({ batchId: batch.id });
}

type Range = { batch: CodeBatchRecord; first: number; last: number };

async function ofCode(deps: Deps, text: string): Promise<Result<Range, RevokeRefusal>> {
  const row = (await findGeneratedCodes(deps, [text])).get(text);
  const batch = row && (await findCodeBatch(deps, row.batchId));
  if (!row || !batch) return refuse({ kind: 'CODE_UNKNOWN', message: 'This is no code of any batch.', field: ['code'] });
  return accept({ batch, first: row.counter, last: row.counter });
}

async function ofBatch(deps: Deps, target: Exclude<RevokeTarget, { kind: 'code' }>): Promise<Result<Range, RevokeRefusal>> {
  const batch = await findCodeBatch(deps, target.batchId);
  if (!batch) return refuse({ kind: 'BATCH_UNKNOWN', message: 'There is no such batch.', field: ['batchId'] });
  if (target.kind === 'batch') return accept({ batch, first: 0, last: (batch.size ?? COUNTER_LIMIT) - 1 });
  const range = CounterRange.safeParse(target);
  if (batch.size === null || !range.success || range.data.last >= batch.size) {
    const message =
      batch.size === null ? 'Codes of users have no order; revoke them one by one.' : `It must lie within 0 and ${batch.size - 1}.`;
    return refuse({ kind: 'INVALID_RANGE', message, field: ['last'] });
  }
  return accept({ batch, first: range.data.first, last: range.data.last });
}
