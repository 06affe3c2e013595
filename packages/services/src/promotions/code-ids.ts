import { runSql } from '@promolift/db';
import type { AppliedPromotion } from '@promolift/domain';
import type { Deps } from '../shared/deps.ts';

/** Promotion id → row of the code that unlocked it, whose own use limit counts; a code that another campaign took first has none. */
export async function codeIdsOf(
  { em }: Pick<Deps, 'em'>,
  applied: readonly Pick<AppliedPromotion, 'campaignId' | 'promotionId' | 'code'>[],
): Promise<Map<string, string>> {
  const coded = applied.filter(({ code }) => code !== null);
  if (coded.length === 0) return new Map();
  const rows = await runSql<{ id: string; promotion_id: string }>(
    em,
    `select c.id, a.value ->> 'promotionId' as promotion_id from jsonb_array_elements($1::jsonb) a
     join codes c on c.campaign_id = (a.value ->> 'campaignId')::uuid and c.code = a.value ->> 'code'`,
    [JSON.stringify(coded.map(({ campaignId, promotionId, code }) => ({ campaignId, promotionId, code })))],
  );
  return new Map(rows.map((row) => [row.promotion_id, row.id]));
}
