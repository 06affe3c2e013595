import type { Rounding } from '../shared/money.ts';
import type { LocalizedText } from '../shared/text.ts';
import type { UnitRun } from '../shared/unit-shares.ts';
import type { CodeReason } from './codes/code-reason.ts';
import type { Condition } from './conditions/condition.ts';
import type { ConditionFailure, ShopperFacts } from './conditions/condition-kind.ts';
import type { Earned } from './earned-points.ts';
import type { Gift, GiftSupply, ReferralRefusal } from './promotion-kind.ts';
import type { PromotionRule } from './promotion-rule.ts';
import type { RejectionReason } from './rejection-reason.ts';
import type { Names, Scope } from './scope.ts';
import type { PercentBase, PromotionGroup } from '../shared/stacking.ts';

export type Audience = { readonly kind: 'all' } | { readonly kind: 'segments'; readonly segmentKeys: readonly string[] };

/** One approved promotion as the engine serves it: the rule of one campaign version with what is left of its limits. */
export interface LivePromotion {
  readonly campaignId: string;
  readonly campaignVersion: number;
  readonly promotionId: string;
  readonly rule: PromotionRule;
  /** When it applies, beside the rule's own demands; absent = always. */
  readonly condition?: Condition;
  /** Higher first; equal priorities go by promotion id. */
  readonly priority: number;
  /** Applies only if no other campaign applied, and then stops all later ones. */
  readonly exclusive: boolean;
  /** Key of the group whose mode the settings say; absent = on its own. */
  readonly group?: string;
  readonly audience: Audience;
  readonly startsAt: Date;
  /** First instant at which it no longer applies. */
  readonly endsAt: Date;
  readonly timeZone: string;
  readonly holdout: { readonly salt: string; readonly basisPoints: number };
  /** Of the budget; carts in other currencies do not get the promotion. */
  readonly currency: string;
  /** Most that the campaign takes off one cart; null = no limit. */
  readonly maxDiscountMinor: number | null;
  /** Most that the campaign takes off one line; absent = no limit. */
  readonly maxLineDiscountMinor?: number;
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
  /** What the shop has of each gift that the rule may give, in the rule's order. */
  readonly gifts: readonly GiftSupply[];
  readonly isKilled: boolean;
  /** Left of a budget that several campaigns draw on; absent = none. */
  readonly sharedBudget?: { readonly key: string; readonly remainingMinor: number } | undefined;
  /** A limit counts guests by e-mail or phone, and this one told neither. */
  readonly isGuestKeyMissing?: boolean | undefined;
  /** A limit counts shoppers, and nothing is known that tells this one from any other. */
  readonly isShopperMissing?: boolean | undefined;
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
  /** What conditions may ask of the shopper; absent = nothing is known. */
  readonly facts?: ShopperFacts;
  /** The referrer's code that the cart came with; absent = none, or none that exists. */
  readonly referral?: Referral;
  readonly settings: EngineSettings;
  /** What keys and skus are called in messages. */
  readonly names?: Names;
  /** Typed codes that are known but unlock nothing now, in normal form, with the one reason. */
  readonly refusedCodes?: Readonly<Record<string, { readonly promotionId: string | null; readonly reason: CodeReason }>>;
}

/** What stands against a friend's code, and what its owner has been given already, by campaign. */
export interface Referral {
  readonly refusal: ReferralRefusal | null;
  readonly rewardsByCampaign: Readonly<Record<string, number>>;
}

export interface EngineSettings {
  /** Most that all promotions together may take off a line, as a share of it. */
  readonly maxDepthBasisPoints: number;
  /** Most that all promotions together may take off the lines of an order, as a share of their sum; absent = all. */
  readonly maxOrderDiscountBasisPoints?: number;
  readonly marginFloorBasisPoints: number;
  readonly rounding: Rounding;
  /** Points that pay one minor unit, by currency; a currency that is not listed knows no points. */
  readonly pointsPerMinor?: Readonly<Record<string, number>>;
  readonly killSwitch?: boolean;
  /** What a percentage is of; absent = the remaining price. */
  readonly percentBase?: PercentBase;
  /** A group that is not listed has the mode `all`. */
  readonly promotionGroups?: readonly PromotionGroup[];
  /** Pairs of groups of which a cart gets one; the order within a pair means nothing. */
  readonly separateGroups?: readonly (readonly [string, string])[];
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
  /** Tax in the final price, or on top of it where prices are without tax. */
  readonly taxMinor: number;
  /** In the order in which the promotions applied. */
  readonly allocations: readonly LineAllocation[];
  /** What each unit costs, without tax on top; sums to `finalMinor`. */
  readonly unitPrices: readonly UnitRun[];
}

/** Shipping is a line of its own kind: one unit, nothing below 0, no cost and no margin. */
export interface EvaluatedShipping {
  readonly originalMinor: number;
  readonly discountMinor: number;
  readonly finalMinor: number;
  readonly taxMinor: number;
  readonly allocations: readonly LineAllocation[];
}

export interface LineShare {
  readonly lineId: string;
  readonly amountMinor: number;
  /** What comes off each unit; sums to `amountMinor`. */
  readonly perUnit: readonly UnitRun[];
}

export interface AppliedPromotion {
  readonly promotionId: string;
  readonly campaignId: string;
  readonly campaignVersion: number;
  readonly kind: PromotionRule['kind'];
  /** What the shopper saves: lines plus shipping. Gifts save nothing. */
  readonly amountMinor: number;
  /** What it would have been without floor, depth, caps and budget; never below the amount. */
  readonly desiredMinor: number;
  /** What the campaign's budget pays: the amount plus the gift's cost. */
  readonly budgetMinor: number;
  readonly shippingDiscountMinor: number;
  readonly lineShares: readonly LineShare[];
  /** What held the amount below the rule's own wish; null = nothing. */
  readonly limitedBy: 'FLOOR' | 'DEPTH' | 'BUDGET' | 'MAX_DISCOUNT' | 'LINE_CAP' | 'ORDER_CAP' | null;
  readonly code: string | null;
  /** Units taken from a flash sale's cap. */
  readonly cappedUnits: number;
  /** Points promised, which change no price; absent = it gives none. */
  readonly earned?: Earned;
  readonly message: LocalizedText;
}

export interface RejectedPromotion {
  readonly promotionId: string;
  readonly campaignId: string;
  readonly campaignVersion: number;
  readonly kind: PromotionRule['kind'];
  readonly reason: RejectionReason;
  /** What failed, for example `minimumSpend`; with the value it needed and the value it had. */
  readonly failing: string;
  readonly required: number | string;
  readonly actual: number | string;
  /** Of CONDITION_NOT_MET. */
  readonly condition?: ConditionFailure;
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
  /** Of a rejected code: what the code itself lacks, or why its promotion did not apply. */
  readonly reason: RejectionReason | CodeReason | null;
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
  readonly pricesIncludeTax: boolean;
  /** In the order of the cart. */
  readonly lines: readonly EvaluatedLine[];
  readonly shipping: EvaluatedShipping;
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
    /** Of lines and shipping, after discounts. */
    readonly taxMinor: number;
    /** Subtotal − discount + shipping − shipping discount, and the tax where prices are without it. */
    readonly totalMinor: number;
    /** A cost, never revenue. */
    readonly giftCostMinor: number;
    /** Due now: deposits for pre-sale lines, everything else in full. */
    readonly dueNowMinor: number;
  };
}
