import type { z } from 'zod';
import type { Rounding } from '../shared/money.ts';
import type { LocalizedText } from '../shared/text.ts';
import type { ConditionFailure } from './conditions/condition-kind.ts';
import type { RejectionReason } from './rejection-reason.ts';
import type { Names, Scope } from './scope.ts';

/** A line as a rule sees it: after the promotions applied before it. */
export interface LineView {
  readonly index: number;
  readonly id: string;
  readonly sku: string;
  readonly quantity: number;
  readonly unitPriceMinor: number;
  readonly categoryKeys: readonly string[];
  /** undefined = nobody told them, which is not "has none". */
  readonly attributes?: Readonly<Record<string, string>> | undefined;
  readonly stock: number | null;
  /** What the whole line costs now. */
  readonly currentMinor: number;
  /** What a percentage of the line is of: its first price or, by setting, what it costs now. */
  readonly percentBaseMinor: number;
  /** false where the cost is unknown: such lines count for thresholds but are never discounted. */
  readonly isDiscountable: boolean;
}

export interface RuleView {
  /** Sorted by line id, so that no rule can depend on the order of the cart. */
  readonly lines: readonly LineView[];
  readonly currency: string;
  readonly shippingMinor: number;
  readonly now: Date;
  readonly rounding: Rounding;
  /** Units of a flash sale still to sell; null = no cap. */
  readonly remainingUnits: number | null;
  /** What may still be given of each product that the rule gives, in the rule's order. */
  readonly gifts: readonly GiftSupply[];
  /** Gifts that the shopper chose, where a rule lets them choose. */
  readonly chosenGiftSkus: readonly string[];
  /** Points that pay one minor unit of the cart's currency; null = points are worth nothing in it. */
  readonly pointsPerMinor: number | null;
  /** Has the shopper an account that can hold points? A guest has none. */
  readonly hasAccount: boolean;
  /** What is known of the referrer's code that the cart came with; null = it came with none that exists. */
  readonly referral: ReferralView | null;
}

/** A friend's code as one campaign sees it. */
export interface ReferralView {
  readonly refusal: ReferralRefusal | null;
  /** Rewards that the referrer has from this campaign, pending ones included. */
  readonly rewards: number;
}

export const REFERRAL_REFUSALS = ['SELF_REFERRAL', 'NOT_FIRST_ORDER'] as const;
export type ReferralRefusal = (typeof REFERRAL_REFUSALS)[number];

/** What the shop has of a gift. `stock` null = not counted; `costMinor` null = unknown, then no gift. */
export interface GiftSupply {
  readonly sku: string;
  readonly name: string;
  readonly stock: number | null;
  readonly costMinor: number | null;
}

export interface Gift {
  readonly sku: string;
  readonly name: string;
  readonly quantity: number;
  readonly costMinor: number;
  /** What could be had instead, where the shopper may choose. */
  readonly otherSkus?: readonly string[];
}

/** Points that a rule promises. They are a debt of the shop, never a cut of the price; the campaign's budget pays what they are worth. */
export interface EarnedWish {
  readonly points: number;
  /** For whoever brought the shopper. */
  readonly referrerPoints: number;
  /** Most rewards of a referrer from the campaign; absent where nobody is referred. */
  readonly maxPerReferrer?: number;
  readonly pointsPerMinor: number;
  /** All or nothing when the budget is short. */
  readonly isWhole: boolean;
}

/** What a rule asks for; the engine grants at most this, within floors, depth and budget. */
export interface Wish {
  readonly outcome: 'wish';
  readonly amountMinor: number;
  /** Proportional weights of the lines that may carry the discount; others get nothing. */
  readonly weights: ReadonlyMap<number, number>;
  /** May what one line cannot carry move to the others? True for amounts, false for percentages. */
  readonly isSpread: boolean;
  /** Share of each final line price due now. */
  readonly deposit?: { readonly basisPoints: number; readonly indexes: readonly number[] };
  readonly gift?: Gift;
  readonly earned?: EarnedWish;
  readonly shippingDiscountMinor?: number;
  /** Units that draw on the promotion's cap. */
  readonly cappedUnits?: number;
  /** A better tier just out of reach. */
  readonly next?: Missing;
}

/** What must be added to the cart for the promotion (or its next tier) to apply. Without `scope`: of what the rule is about. */
export type Missing =
  | { readonly unit: 'money'; readonly required: number; readonly actual: number; readonly scope?: Scope }
  | { readonly unit: 'units'; readonly required: number; readonly actual: number; readonly sku: string | null; readonly scope?: Scope };

export interface Miss {
  readonly outcome: 'miss';
  readonly reason: RejectionReason;
  readonly required: number | string | null;
  readonly actual: number | string | null;
  readonly missing?: Missing;
  /** Of CONDITION_NOT_MET. */
  readonly condition?: ConditionFailure;
}

/** One argument of a rule or a condition as a form shows it. */
export interface ArgumentDescription {
  readonly name: string;
  readonly label: LocalizedText;
  readonly unit:
    | 'basisPoints'
    | 'amountMinor'
    | 'amountPerCurrency'
    | 'tiers'
    | 'volumeTiers'
    | 'count'
    | 'text'
    | 'texts'
    | 'choice'
    | 'choices'
    | 'scope'
    | 'sku'
    | 'skus'
    | 'bundle'
    | 'date';
  readonly isRequired: boolean;
  /** Of `choice` (one of them) and `choices` (at least one). */
  readonly choices?: readonly { readonly value: string; readonly label: LocalizedText }[];
}

/** A kind as a form offers it. */
export interface DescribedKind<K extends string> {
  readonly kind: K;
  readonly name: LocalizedText;
  readonly arguments: readonly ArgumentDescription[];
}

export interface PriceBook {
  readonly currency: string;
  /** Unit price now; null where unknown. */
  priceOf(sku: string): number | null;
}

/** One kind of promotion: words, form and rule in one value. */
export interface PromotionKind<R extends { kind: string }> extends DescribedKind<R['kind']> {
  readonly schema: z.ZodType<R>;
  /** Pure: the same rule and view give the same answer. */
  evaluate(rule: R, view: RuleView): Wish | Miss;
  /** "10% off Snacks", for managers and shoppers. */
  sentence(rule: R, names?: Names): LocalizedText;
  /** Deepest cut the rule itself can make on this product, before the engine's caps. */
  depthBasisPoints(rule: R, sku: string, prices: PriceBook): number;
  scopeOf(rule: R): Scope;
  /** It gives points for what is paid in the end: such promotions go after all others, whatever their priority. */
  readonly isEarning?: true;
  /** Products it gives for nothing, in the order in which they are tried. */
  giftSkusOf?(rule: R): readonly string[];
  /** Products that its sentence names besides those of the scope. */
  alsoNames?(rule: R): readonly string[];
}

export const miss = (
  reason: RejectionReason,
  required: number | string | null = null,
  actual: number | string | null = null,
  missing?: Missing,
): Miss => (missing ? { outcome: 'miss', reason, required, actual, missing } : { outcome: 'miss', reason, required, actual });
