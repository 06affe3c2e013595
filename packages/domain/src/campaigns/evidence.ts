import { z } from 'zod';
import { Occasion } from '../recommendations/occasion.ts';
import { LocalizedText } from '../shared/text.ts';
import { EffectBasis } from './effect-basis.ts';

/** Expected value with its 80% interval: the 10th and 90th percentile of the simulated outcomes. */
export const Interval80 = z.object({ mean: z.number(), low: z.number(), high: z.number() });
export type Interval80 = z.infer<typeof Interval80>;

export const GuardrailCheck = z.object({
  code: z.enum(['MARGIN_FLOOR', 'MAXIMUM_DEPTH', 'BUDGET', 'MISSING_COST', 'STOCK', 'AUDIENCE_SIZE', 'WINDOW_LENGTH', 'PRICE_LAW']),
  /** null = could not be computed, which never passes. */
  value: z.number().nullable(),
  limit: z.number(),
  comparison: z.enum(['at_least', 'at_most']),
  unit: z.enum(['basisPoints', 'amountMinor', 'count', 'days']),
  passed: z.boolean(),
  message: LocalizedText,
});
export type GuardrailCheck = z.infer<typeof GuardrailCheck>;

export const ForecastDay = z.object({ day: z.iso.date(), without: Interval80, with: Interval80 });
export type ForecastDay = z.infer<typeof ForecastDay>;

export const BacktestSummary = z.object({
  carts: z.int(),
  cartsWithPromotion: z.int(),
  discountMinor: z.number(),
  marginBeforeMinor: z.number(),
  marginAfterMinor: z.number(),
  fromDay: z.iso.date(),
  toDay: z.iso.date(),
});
export type BacktestSummary = z.infer<typeof BacktestSummary>;

export const DepthCurvePoint = z.object({ depthBasisPoints: z.int(), incrementalMarginMinor: Interval80, discountCostMinor: z.number() });
export type DepthCurvePoint = z.infer<typeof DepthCurvePoint>;

/** A model that had a say; `value` and `baseline` of its headline `metric`. */
export const EvidenceModel = z.object({
  kind: z.string(),
  version: z.int(),
  algorithm: z.string(),
  metric: z.string().nullable(),
  value: z.number().nullable(),
  baseline: z.number().nullable(),
});
export type EvidenceModel = z.infer<typeof EvidenceModel>;

/** An earlier campaign of the same kind: what it promised and what was measured, as the proposal knew it. */
export const SimilarCampaign = z.object({
  campaignId: z.string(),
  name: z.string(),
  promisedMarginMinor: z.number().nullable(),
  measuredMarginMinor: z.number().nullable(),
});
export type SimilarCampaign = z.infer<typeof SimilarCampaign>;

/** What a manager sees before deciding, and what the approval's hash covers. Amounts in minor units of `currency`. */
export const Evidence = z.object({
  /** The campaign's name in both languages. */
  title: LocalizedText,
  occasion: Occasion.nullable(),
  currency: z.string(),
  audienceSize: z.int(),
  incrementalUnits: Interval80,
  incrementalRevenueMinor: Interval80,
  /** After discount cost and cannibalisation. */
  incrementalMarginMinor: Interval80,
  discountCostMinor: Interval80,
  cannibalisedMarginMinor: Interval80,
  probabilityOfGain: z.number().min(0).max(1),
  forecast: z.array(ForecastDay),
  backtest: BacktestSummary.nullable(),
  guardrails: z.array(GuardrailCheck),
  reasons: z.array(LocalizedText),
  assumptions: z.array(LocalizedText),
  history: z.object({ fromDay: z.iso.date().nullable(), toDay: z.iso.date().nullable(), orders: z.int(), pastPromotions: z.int() }),
  depthCurve: z.array(DepthCurvePoint),
  models: z.array(EvidenceModel),
  similarCampaigns: z.array(SimilarCampaign),
  /** Everything the numbers were drawn from, so that what-if answers come from the same world. */
  basis: EffectBasis,
  seed: z.int(),
});
export type Evidence = z.infer<typeof Evidence>;
