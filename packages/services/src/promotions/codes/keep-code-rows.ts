import { runSql } from '@promolift/db';
import type { AppliedPromotion } from '@promolift/domain';
import type { Deps } from '../../shared/deps.ts';
import { findGeneratedCodes } from './resolve-codes.ts';

/** First argument of the advisory locks that order the first use of a code and its revocation. */
export const CODE_LOCK = 0x636f6465;

/**
 * Gives generated codes the row that RESERVE guards, in the transaction that is about to reserve. All rows come before any counter
 * is locked, in one order: no deadlock. Whoever revokes holds the batch's lock exclusively, so a row is either there to be marked by
 * the revocation or is made after it and is born revoked; the lock is a statement of its own because a statement that waits keeps
 * the snapshot from before.
 */
export async function keepCodeRows(
  deps: Deps,
  applied: readonly Pick<AppliedPromotion, 'campaignId' | 'promotionId' | 'code'>[],
): Promise<void> {
  const coded = applied.flatMap(({ promotionId, code }) => (code === null ? [] : [{ promotionId, code }]));
  const found = await findGeneratedCodes(
    deps,
    coded.map(({ code }) => code),
  );
  const rows = coded
    .flatMap(({ promotionId, code }) => {
      const row = found.get(code);
      return row && row.codeId === null ? [{ promotionId, code, row }] : [];
    })
    .sort((a, b) => a.row.number - b.row.number || a.row.counter - b.row.counter);
  for (const { promotionId, code, row } of rows) {
    await runSql(deps.em, 'select pg_advisory_xact_lock_shared($1::int, $2::int)', [CODE_LOCK, row.number]);
    await runSql(
      deps.em,
      `insert into codes (id, campaign_id, promotion_id, code, use_limit, assigned_user_id, batch_number, counter, revoked_at)
       select uuid_v7(), b.campaign_id, $3::uuid, $4, b.use_limit, case when b.variant = 'assigned' then (select u.id from users u where u.number = $2::bigint) end,
         b.number, $2::bigint, (select min(r.revoked_at) from code_revocations r where r.batch_number = b.number and $2::bigint between r.first and r.last)
       from code_batches b where b.number = $1::int on conflict do nothing`,
      [row.number, row.counter, promotionId, code],
    );
  }
}
