import { runSql } from '@promolift/db';
import { accept, AppError, MAX_OPEN_CODES, NewCodeBatch, newId, type Refusal, refuse, type Result } from '@promolift/domain';
import { managerIdOf } from '../../shared/actor.ts';
import { appendAudit } from '../../shared/audit.ts';
import type { Deps } from '../../shared/deps.ts';
import { withIdempotency } from '../../shared/idempotency.ts';

type CodeBatchRefusal = Refusal & {
  kind: 'INVALID_BATCH' | 'PROMOTION_NEEDS_NO_CODE' | 'CAMPAIGN_OVER' | 'TOO_MANY_CODES';
};
type Outcome = Result<{ batchId: string }, CodeBatchRefusal>;

const OVER = ['rejected', 'ended', 'measured', 'expired'];

/** Makes a batch: one row, however many codes. They work while the campaign is live; nothing about them needs another approval. */
export async function createCodeBatch(
  deps: Deps,
  request: { idempotencyKey: string; campaignId: string; promotionId: string; batch: unknown },
): Promise<Outcome> {
  const { idempotencyKey, campaignId, promotionId } = request;
  const parsed = NewCodeBatch.safeParse(request.batch);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    return refuse({
      kind: 'INVALID_BATCH',
      message: `${issue?.path.join('.') ?? 'batch'}: ${issue?.message ?? 'not valid'}`,
      field: issue?.path.map(String) ?? [],
    });
  }
  const batch = parsed.data;
  const body = {
    campaignId,
    promotionId,
    batch: { ...batch, startsAt: batch.startsAt?.toISOString(), endsAt: batch.endsAt?.toISOString() },
  };
  return withIdempotency<Outcome>(
    deps,
    { operation: 'createCodeBatch', key: idempotencyKey, body },
    async (inside) => {
      const refusal = (await againstPromotion(inside, campaignId, promotionId)) ?? (await againstSize(inside, batch));
      return refusal ? refuse(refusal) : accept({ batchId: await insertBatch(inside, campaignId, promotionId, batch) });
    },
    (answer) => answer.ok,
  );
}

async function againstPromotion({ em }: Deps, campaignId: string, promotionId: string): Promise<CodeBatchRefusal | null> {
  const [found] = await runSql<{ kind: string; status: string; needs_code: boolean | null }>(
    em,
    `select p.kind, k.status, (select bool_or((e.value ->> 'needsCode')::boolean) from campaign_versions v, jsonb_array_elements(v.content -> 'promotions') e
       where v.campaign_id = p.campaign_id and v.version = p.version and e.value ->> 'id' = p.id::text) needs_code
     from campaigns k join promotions p on p.campaign_id = k.id and p.version = k.current_version
     where k.id = $1::uuid and p.id = $2::uuid`,
    [campaignId, promotionId],
  );
  if (!found) throw new AppError('NOT_FOUND', 'This campaign has no such promotion.', { field: ['promotionId'] });
  if (OVER.includes(found.status))
    return { kind: 'CAMPAIGN_OVER', message: `The campaign is ${found.status}; nobody could use its codes.`, field: ['campaignId'] };
  if (found.kind === 'coupon' || found.needs_code) return null;
  const message = 'Everybody gets this promotion without a code; revise the campaign so that it needs one.';
  return { kind: 'PROMOTION_NEEDS_NO_CODE', message, field: ['promotionId'] };
}

/** One batch after the other, so that two cannot both fit below the limit that keeps guesses hopeless. */
async function againstSize({ em }: Deps, { size }: NewCodeBatch): Promise<CodeBatchRefusal | null> {
  if (size === null) return null;
  await runSql(em, "select pg_advisory_xact_lock(hashtext('code_batches'))");
  const [row] = await runSql<{ open: number }>(em, 'select coalesce(sum(size), 0)::bigint open from code_batches');
  const left = MAX_OPEN_CODES - Number(row?.open ?? 0);
  if (size <= left) return null;
  return { kind: 'TOO_MANY_CODES', message: `Only ${left} more codes may be made; beyond that they could be guessed.`, field: ['size'] };
}

async function insertBatch(deps: Deps, campaignId: string, promotionId: string, batch: NewCodeBatch): Promise<string> {
  const id = newId();
  const { variant, size, useLimit, prefix, startsAt, endsAt } = batch;
  await runSql(
    deps.em,
    `insert into code_batches (id, campaign_id, promotion_id, variant, size, use_limit, prefix, starts_at, ends_at, created_by, created_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
    [id, campaignId, promotionId, variant, size, useLimit, prefix, startsAt, endsAt, managerIdOf(deps.actor), deps.clock.now()],
  );
  await appendAudit(deps, {
    action: 'codes.created',
    subjectKind: 'campaign',
    subjectId: campaignId,
    details: { batchId: id, variant, size, useLimit },
  });
  return id;
}
