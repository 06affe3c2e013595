import { Promotion } from '@promolift/db';
import { Condition, PromotionRule } from '@promolift/domain';
import type { Deps } from '@promolift/services';
import type { PromotionType } from './campaign-parts.type.ts';

/** One rule of any campaign version. */
export async function findPromotion({ em }: Deps, id: string): Promise<PromotionType | null> {
  const row = await em.findOne(Promotion, { id });
  return (
    row && { id, kind: row.kind, rule: PromotionRule.parse(row.rule), condition: row.condition ? Condition.parse(row.condition) : null }
  );
}
