import { z } from 'zod';

const Belief = z.object({ mean: z.number(), standardDeviation: z.number().min(0) });
const Share = z.number().min(0).max(1);

/** Products of one category that a promotion covers, as one product of average price. */
export const DemandPart = z.object({
  categoryKey: z.string(),
  /** Units a day of the whole shop if nothing is done. */
  unitsPerDay: z.number().min(0),
  /** Relative standard deviation of that over the window. */
  relativeError: z.number().min(0),
  priceMinor: z.number().min(0),
  costMinor: z.number().min(0),
  elasticity: Belief,
  /** Of the extra units: taken from products outside the promotion, and only bought earlier. */
  cannibalisationShare: Share,
  pullForwardShare: Share,
  otherPriceMinor: z.number().min(0),
  otherMarginMinor: z.number(),
  /** Segment key → share of these units that its members buy. */
  segmentShares: z.record(z.string(), Share),
});
export type DemandPart = z.infer<typeof DemandPart>;

/** Rewards from a minimum spend on: which carts get them, and which are close. */
export const ThresholdBasis = z.object({
  minimumMinor: z.number().min(1),
  /** What a shopper feels to get, and what it costs the shop, per reward at the proposal's depth. */
  rewardWorthMinor: z.number().min(0),
  rewardCostMinor: z.number().min(0),
  /** Share of the spending that lies in carts at or above the minimum, and their mean worth. */
  reachedShare: Share,
  reachedCartMinor: z.number().min(0),
  /** Carts a day within reach below the minimum, what they lack on average, and the chance that they add it. */
  nearCartsPerDay: z.number().min(0),
  nearGapMinor: z.number().min(0),
  topUpChance: Belief,
  /** Margin share of what is added. */
  marginShare: z.number(),
});
export type ThresholdBasis = z.infer<typeof ThresholdBasis>;

/** Orders that an offer calls into the shop: of shoppers who come anyway, more often; of shoppers who stay away, again. */
export const TrafficBasis = z.object({
  /** Orders a day of the shop, and segment key → share of them. */
  ordersPerDay: z.number().min(0),
  segmentShares: z.record(z.string(), Share),
  /** Segment key → orders a day that its members used to place and no longer do. */
  missingPerDay: z.record(z.string(), z.number().min(0)),
  /** The same of everybody; null in evidence older than this field: the largest segment's stands for it. */
  missingOfAllPerDay: z.number().min(0).nullable().default(null),
  /** Part of what is bought that the offer covers. */
  coveredShare: Share,
  /** A cart with covered goods: its margin, its covered worth, and the chance that it reaches a minimum. */
  cartMarginMinor: z.number(),
  cartCoveredMinor: z.number().min(0),
  reachedShare: Share,
  /** Relative rise of orders, and share of the missing orders that return, per whole of what is bought given away. */
  lift: Belief,
  comeback: Belief,
});
export type TrafficBasis = z.infer<typeof TrafficBasis>;

/** What a promotion's effect is computed from; plain numbers, so that the same basis and seed give the same answer for ever. */
export const EffectBasis = z.object({
  parts: z.array(DemandPart),
  /** Relative demand of each coming day, mean 1. */
  dayShape: z.array(z.number().min(0)),
  depthBasisPoints: z.int().min(0).max(10_000),
  days: z.number().min(0),
  segmentKeys: z.union([z.literal('all'), z.array(z.string())]),
  /** Share of the nominal depth that is left after the rule's own cap. */
  depthFactor: Share,
  /** Share of the purchases that use the offer: 1 for automatic ones, less for codes. */
  redemption: Belief,
  /** ln units gained by being addressed. */
  visibility: Belief,
  /** Demand of the whole window ÷ what is forecast; its deviation is what all parts are wrong by together. */
  level: Belief.default({ mean: 1, standardDeviation: 0 }),
  /** What was measured ÷ what was predicted, learned from earlier campaigns. */
  response: Belief,
  threshold: ThresholdBasis.nullable(),
  traffic: TrafficBasis.nullable().default(null),
  /** Units that may be sold at the price; null = no cap. */
  unitCap: z.number().nullable(),
  holdoutBasisPoints: z.int().min(0).max(10_000),
  /** Shoppers: everybody, and per segment. */
  users: z.object({ all: z.int(), bySegment: z.record(z.string(), z.int()) }),
  draws: z.int().min(1),
  seed: z.int(),
});
export type EffectBasis = z.infer<typeof EffectBasis>;
