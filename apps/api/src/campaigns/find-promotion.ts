import { CampaignVersion, Promotion } from '@promolift/db';
import { CampaignContent, Condition, PromotionRule } from '@promolift/domain';
import type { Deps } from '@promolift/services';
import type { PromotionType } from './campaign-parts.type.ts';

/** One rule of any campaign version. */
export async function findPromotion({ em }: Deps, id: string): Promise<PromotionType | null> {
  const row = await em.findOne(Promotion, { id });
  if (!row) return null;
  const { campaignId, version, kind, rule, condition } = row;
  const { content } = await em.findOneOrFail(CampaignVersion, { campaignId, version });
  const needsCode = CampaignContent.parse(content).promotions.some((promotion) => promotion.id === id && promotion.needsCode);
  return { id, kind, rule: PromotionRule.parse(rule), condition: condition ? Condition.parse(condition) : null, needsCode };
}
