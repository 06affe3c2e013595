import type { Rounding } from '../shared/money.ts';
import type { LocalizedText } from '../shared/text.ts';
import type { Gift, GiftSupply } from './promotion-kind.ts';
import type { PromotionRule } from './promotion-rule.ts';
import type { RejectionReason } from './rejection-reason.ts';
import type { Names, Scope } from './scope.ts';

export type Audience = { readonly kind: 'all' } | { readonly kind: 'segments'; readonly segmentKeys: readonly string[] };

/** One approved promotion as the engine serves it: the rule of one campaign version with what is left of its limits. */
export interface LivePromotion {
  readonly campaignId: string;
  readonly campaignVersion: number;
  readonly promotionId: string;
  readonly rule: PromotionRule;
  /** Higher first; equal priorities go by promotion id. */
  readonly priority: number;
  /** Applies only if no other campaign applied, and then stops all later ones. */
  readonly exclusive: boolean;
  readonly audience: Audience;
  readonly startsAt: Date;
  /** First instant at which it no longer applies. */
  readonly endsAt: Date;
  readonly timeZone: string;
  readonly holdout: { readonly salt: string; readonly basisPoints: number };
  /** Of the budget; carts in other currencies do not get the promotion. */
  readonly currency: string;
  /** Most per cart; null = no limit. */
  readonly maxDiscountMinor: number | null;
  /** Left of the campaign's budget, shared by its promotions; null = no limit. */
  readonly remainingBudgetMinor: number | null;
  /** What happens if less budget is left than the cart would get. */
  readonly onBudgetShort: 'partial' | 'refuse';
  /** Left of the campaign's redemptions; null = no limit. */
  readonly remainingUses: number | null;
  /** Left for this user; null = no limit. */
  readonly remainingUserUses: number | null;
  /** Left of a flash sale's units; null = as many as the rule says. */
  readonly remainingUnits: number | null;
  /** Any one of these unlocks the promotion; null = the rule's own code if it has one, else none needed. */
  readonly requiredCodes: readonly string[] | null;
  /** What the shop has of a free gift; null if the rule gives none. */
  readonly gift: GiftSupply | null;
  readonly isKilled: boolean;
  /** Left of a budget that several campaigns draw on; absent = none. */
  readonly sharedBudget?: { readonly key: string; readonly remainingMinor: number } | undefined;
  /** A limit counts guests by e-mail or phone, and this one told neither. */
  readonly isGuestKeyMissing?: boolean | undefined;
}

export interface EvaluationContext {
  readonly now: Date;
  readonly user: {
    /** Pseudonymous id or anonymous id; null = nobody known, who is outside every holdout. */
    readonly key: string | null;
    readonly segmentKeys: readonly string[];
    /** Campaigns whose holdout the user was put into by an earlier decision. */
    readonly heldOutOfCampaignIds?: readonly string[];
  };
  readonly settings: EngineSettings;
  /** What keys and skus are called in messages. */
  readonly names?: Names;
}

export interface EngineSettings {
  readonly maxDepthBasisPoints: number;
  readonly marginFloorBasisPoints: number;
  readonly rounding: Rounding;
  readonly killSwitch?: boolean;
}

export interface LineAllocation {
  readonly promotionId: string;
  readonly campaignId: string;
  readonly amountMinor: number;
}

export interface EvaluatedLine {
  readonly id: string;
  readonly sku: string;
  readonly quantity: number;
  readonly originalMinor: number;
  readonly discountMinor: number;
  readonly finalMinor: number;
  /** Least the whole line may cost; null where the cost is unknown. */
  readonly floorMinor: number | null;
  readonly allocations: readonly LineAllocation[];
}

export interface AppliedPromotion {
  readonly promotionId: string;
  readonly campaignId: string;
  readonly campaignVersion: number;
  readonly kind: PromotionRule['kind'];
  /** What the shopper saves: lines plus shipping. Gifts save nothing. */
  readonly amountMinor: number;
  /** What the rule itself would have given this cart; more than `amountMinor` where something held it down. */
  readonly desiredMinor: number;
  /** What the campaign's budget pays: the amount plus the gift's cost. */
  readonly budgetMinor: number;
  readonly shippingDiscountMinor: number;
  readonly lineShares: readonly { readonly lineId: string; readonly amountMinor: number }[];
  /** What held the amount below the rule's own wish; null = nothing. */
  readonly limitedBy: 'FLOOR' | 'DEPTH' | 'BUDGET' | 'MAX_DISCOUNT' | null;
  readonly code: string | null;
  /** Units taken from a flash sale's cap. */
  readonly cappedUnits: number;
  readonly message: LocalizedText;
}

export interface RejectedPromotion {
  readonly promotionId: string;
  readonly campaignId: string;
  readonly campaignVersion: number;
  readonly kind: PromotionRule['kind'];
  readonly reason: RejectionReason;
  readonly required: number | string | null;
  readonly actual: number | string | null;
  /** The code of the cart that it would have answered to; null where it needs none or none was entered. */
  readonly code: string | null;
  readonly message: LocalizedText;
}

/** Exactly one of `missingMinor` and `missingQuantity` is set. */
export interface NearMiss {
  readonly promotionId: string;
  readonly campaignId: string;
  readonly missingMinor: number | null;
  readonly missingQuantity: number | null;
  /** Named where only one product will do. */
  readonly sku: string | null;
  readonly scope: Scope;
  /** What is reached already, for a progress bar. */
  readonly actual: number;
  readonly required: number;
  readonly message: LocalizedText;
}

export interface CodeOutcome {
  readonly code: string;
  readonly status: 'APPLIED' | 'REJECTED' | 'UNKNOWN';
  readonly promotionId: string | null;
  /** Of a rejected code. */
  readonly reason: RejectionReason | null;
  readonly message: LocalizedText;
}

export interface Deposit {
  readonly lineId: string;
  readonly promotionId: string;
  readonly depositMinor: number;
  readonly balanceMinor: number;
}

export interface GivenGift extends Gift {
  readonly promotionId: string;
  readonly campaignId: string;
}

export interface CartEvaluation {
  readonly currency: string;
  /** In the order of the cart. */
  readonly lines: readonly EvaluatedLine[];
  readonly applied: readonly AppliedPromotion[];
  readonly rejected: readonly RejectedPromotion[];
  readonly nearMisses: readonly NearMiss[];
  readonly codes: readonly CodeOutcome[];
  readonly gifts: readonly GivenGift[];
  readonly deposits: readonly Deposit[];
  readonly totals: {
    readonly subtotalMinor: number;
    readonly discountMinor: number;
    readonly shippingMinor: number;
    readonly shippingDiscountMinor: number;
    /** Subtotal − discount + shipping − shipping discount. */
    readonly totalMinor: number;
    /** A cost, never revenue. */
    readonly giftCostMinor: number;
    /** Due now: deposits for pre-sale lines, everything else in full. */
    readonly dueNowMinor: number;
  };
}
