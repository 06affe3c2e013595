import type { Audience, LivePromotion } from '../promotions/live-promotion.ts';
import { giftSkusOf } from '../promotions/promotion-rule.ts';
import type { GiftSupply } from '../promotions/promotion-kind.ts';
import type { CampaignContent } from './campaign-content.ts';

/** What the ledger and the stock say is left of a campaign at this moment; null = no limit or not counted. */
export interface CampaignRemains {
  readonly budgetMinor: number;
  readonly uses: number | null;
  readonly userUses: number | null;
  readonly unitsByPromotionId: ReadonlyMap<string, number>;
  readonly giftBySku: ReadonlyMap<string, GiftSupply>;
  readonly isKilled: boolean;
  /** Absent = the campaign draws on no shared budget. */
  readonly sharedBudget?: LivePromotion['sharedBudget'] | undefined;
}

export interface CampaignIdentity {
  readonly campaignId: string;
  readonly version: number;
  readonly holdoutSalt: string;
}

/** A campaign version nobody has used yet: preview, backtest and simulation start from it. */
export function untouchedRemains({ budget }: CampaignContent, giftBySku: ReadonlyMap<string, GiftSupply> = new Map()): CampaignRemains {
  return {
    budgetMinor: budget.budgetMinor,
    uses: budget.maxRedemptions,
    userUses: budget.maxPerUser,
    unitsByPromotionId: new Map(),
    giftBySku,
    isKilled: false,
  };
}

export const audienceOf = ({ audience: { segmentKeys } }: { audience: { segmentKeys: 'all' | readonly string[] } }): Audience =>
  segmentKeys === 'all' ? { kind: 'all' } : { kind: 'segments', segmentKeys };

/** The promotions of one campaign version as the engine takes them. */
export function livePromotionsOf(content: CampaignContent, identity: CampaignIdentity, remains: CampaignRemains): LivePromotion[] {
  const { schedule, budget } = content;
  return content.promotions.map(({ id, rule, condition, needsCode }) => ({
    campaignId: identity.campaignId,
    campaignVersion: identity.version,
    promotionId: id,
    rule,
    ...(condition && { condition }),
    priority: content.priority,
    exclusive: content.exclusive,
    ...(content.group !== undefined && { group: content.group }),
    ...(content.maxPerLineMinor !== undefined && { maxLineDiscountMinor: content.maxPerLineMinor }),
    audience: audienceOf(content),
    startsAt: new Date(schedule.startsAt),
    endsAt: new Date(schedule.endsAt),
    timeZone: schedule.timeZone,
    holdout: { salt: identity.holdoutSalt, basisPoints: content.holdoutBasisPoints },
    currency: budget.currency,
    maxDiscountMinor: budget.maxPerCartMinor,
    remainingBudgetMinor: remains.budgetMinor,
    onBudgetShort: budget.onBudgetShort,
    remainingUses: remains.uses,
    remainingUserUses: remains.userUses,
    remainingUnits: remains.unitsByPromotionId.get(id) ?? null,
    requiredCodes: needsCode && rule.kind !== 'coupon' ? [] : null,
    gifts: giftSkusOf(rule).flatMap((sku) => remains.giftBySku.get(sku) ?? []),
    isKilled: remains.isKilled,
    ...(remains.sharedBudget && { sharedBudget: remains.sharedBudget }),
  }));
}
