import type { LivePromotion } from '../promotions/live-promotion.ts';
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

/** The promotions of one campaign version as the engine takes them. */
export function livePromotionsOf(content: CampaignContent, identity: CampaignIdentity, remains: CampaignRemains): LivePromotion[] {
  const { audience, schedule, budget } = content;
  return content.promotions.map(({ id, rule }) => ({
    campaignId: identity.campaignId,
    campaignVersion: identity.version,
    promotionId: id,
    rule,
    priority: content.priority,
    exclusive: content.exclusive,
    audience: audience.segmentKeys === 'all' ? { kind: 'all' } : { kind: 'segments', segmentKeys: audience.segmentKeys },
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
    requiredCodes: null,
    gift: rule.kind === 'free_gift' ? (remains.giftBySku.get(rule.giftSku) ?? null) : null,
    isKilled: remains.isKilled,
    ...(remains.sharedBudget && { sharedBudget: remains.sharedBudget }),
  }));
}
