import { runSql } from '@promolift/db';
import type { AppliedPromotion } from '@promolift/domain';
import type { Deps } from '../shared/deps.ts';
import { keepCodeRows } from './codes/keep-code-rows.ts';

/** Promotion id → row of the code that unlocked it, whose own use limit counts; a code that another campaign took first has none. */
export async function codeIdsOf(
  deps: Deps,
  applied: readonly Pick<AppliedPromotion, 'campaignId' | 'promotionId' | 'code'>[],
): Promise<Map<string, string>> {
  const coded = applied.filter(({ code }) => code !== null);
  if (coded.length === 0) return new Map();
  await keepCodeRows(deps, coded);
  const rows = await runSql<{ id: string; promotion_id: string }>(
    deps.em,
    `select c.id, a.value ->> 'promotionId' as promotion_id from jsonb_array_elements($1::jsonb) a
     join codes c on c.campaign_id = (a.value ->> 'campaignId')::uuid and c.code = a.value ->> 'code'`,
    [JSON.stringify(coded.map(({ campaignId, promotionId, code }) => ({ campaignId, promotionId, code })))],
  );
  return new Map(rows.map((row) => [row.promotion_id, row.id]));
}
