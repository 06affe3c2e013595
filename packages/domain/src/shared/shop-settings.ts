import { z } from 'zod';
import { CurrencyCode } from './currencies.ts';
import { AmountMinor, BasisPoints, Rounding } from './money.ts';
import { PercentBase, PromotionGroups, SeparateGroups } from './stacking.ts';

/** An IANA zone name that this runtime knows. */
export const TimeZone = z.string().refine(isTimeZone, { error: 'not an IANA time zone' });

/** Asking costs a tenth of a millisecond, and ten thousand campaigns name a handful of zones. */
const knownZones = new Set<string>();

function isTimeZone(name: string): boolean {
  if (knownZones.has(name)) return true;
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    knownZones.add(name);
    return true;
  } catch {
    return false;
  }
}

/** `warn`: said beside the campaign; `refuse`: it can neither be approved nor scheduled. */
export const PRICE_LAWS = ['off', 'warn', 'refuse'] as const;
export type PriceLaw = (typeof PRICE_LAWS)[number];

/** What one shop decides for itself. `ShopSettings.parse({})` gives the defaults. */
export const ShopSettings = z.object({
  currency: CurrencyCode.default('USD'),
  timeZone: TimeZone.default('UTC'),
  /** Least share of the price that must stay as margin after every discount. */
  marginFloorBasisPoints: z.int().min(0).max(9_500).default(500),
  /** Most that all promotions together may take off a line. */
  maxDepthBasisPoints: BasisPoints.default(3_000),
  /** Most that all promotions together may take off the lines of an order, as a share of their sum. */
  maxOrderDiscountBasisPoints: BasisPoints.default(10_000),
  /** What a percentage is of. */
  percentBase: PercentBase.default('remaining'),
  /** A group that a campaign names and that is not listed has the mode `all`. */
  promotionGroups: PromotionGroups.default([]),
  /** Pairs of groups of which a cart gets one. */
  separateGroups: SeparateGroups.default([]),
  holdoutBasisPoints: BasisPoints.default(1_000),
  /** Campaign budgets above this need two approvers. */
  twoApproverBudgetMinor: AmountMinor.default(500_000),
  defaultBudgetMinor: AmountMinor.default(200_000),
  rounding: Rounding.default('half-even'),
  /** k of k-anonymity for audiences. */
  minimumSegmentSize: z.int().min(1).default(50),
  maxWindowDays: z.int().min(1).max(366).default(60),
  /** A proposal must earn something with at least this probability. */
  minimumGainProbabilityBasisPoints: BasisPoints.default(8_000),
  /** Unreviewed proposals expire after this. */
  proposalTtlDays: z.int().min(1).max(366).default(14),
  /** What happens to a campaign that would announce a reduction which is none against the lowest price of 30 days. */
  priceLaw: z.enum(PRICE_LAWS).default('warn'),
  /** May a product on sale for less than 30 days announce a reduction against the days it has? */
  announcesNewProducts: z.boolean().default(true),
  /** Points that pay one minor unit (a cent), by currency. A currency that is not listed neither gives nor takes points. */
  pointsPerMinor: z.record(CurrencyCode, z.int().min(1).max(10_000)).default({}),
  /** Points and rewards are promised for as long as their order may come back, and can be spent after. */
  returnWindowDays: z.int().min(0).max(366).default(14),
  /** Points are forfeited so long after the account last got, gave or spent some; null = never. */
  pointsExpireDays: z.int().min(1).max(3_660).nullable().default(null),
  /** No promotion is served while this is on. */
  killSwitch: z.boolean().default(false),
});
export type ShopSettings = z.infer<typeof ShopSettings>;
