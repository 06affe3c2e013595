import { Field, Float, ID, Int, ObjectType } from 'type-graphql';
import { EstimateType, MoneyEstimateType } from '../shared/estimate.type.ts';
import { MoneyType } from '../shared/money.type.ts';
import { DateTime } from '../shared/scalars.ts';
import { LocalisedTextType } from '../shared/text.type.ts';

@ObjectType('PlainReason', { description: 'A reason or an assumption in words.' })
export class PlainReasonType {
  @Field(() => LocalisedTextType, { description: 'One sentence.' })
  text!: LocalisedTextType;
}

@ObjectType('SeriesPoint', { description: 'Units of the promoted products on one day, without and with the offer.' })
export class SeriesPointType {
  @Field(() => String, { description: "YYYY-MM-DD in the shop's time zone." })
  day!: string;

  @Field(() => Float, { description: 'Expected units without the offer.' })
  without!: number;

  @Field(() => Float, { description: 'Expected units with the offer.' })
  withOffer!: number;

  @Field(() => [Float], { description: '80% interval without the offer: lower, upper.' })
  without80!: number[];

  @Field(() => [Float], { description: '80% interval with the offer: lower, upper.' })
  withOffer80!: number[];
}

@ObjectType('BacktestRow', { description: 'The campaign on the orders of the last weeks, as if nobody had bought differently.' })
export class BacktestRowType {
  @Field(() => Int, { description: 'Orders that were priced again.' })
  orderCount!: number;

  @Field(() => Int, { description: 'Orders that would have got it.' })
  touchedCount!: number;

  @Field(() => MoneyType, { description: 'What it would have taken off.' })
  discount!: MoneyType;

  @Field(() => MoneyType, { description: 'Margin that would have been left of all these orders.' })
  margin!: MoneyType;

  @Field(() => String, { description: 'First and last day.' })
  window!: string;
}

@ObjectType('ModelReference', { description: 'A model that had a say, as it was then.' })
export class ModelReferenceType {
  @Field(() => String, { description: 'What it predicts.' })
  kind!: string;

  @Field(() => Int, { description: 'Its version.' })
  version!: number;

  @Field(() => String, { description: 'Name of the algorithm.' })
  algorithm!: string;

  @Field(() => String, { nullable: true, description: 'Name of its headline metric.' })
  metric!: string | null;

  @Field(() => Float, { nullable: true, description: 'That metric on the held-back weeks.' })
  value!: number | null;

  @Field(() => Float, { nullable: true, description: 'The same of the simple baseline.' })
  baseline!: number | null;
}

@ObjectType('DepthCurvePoint', { description: 'The same campaign with another depth.' })
export class DepthCurvePointType {
  @Field(() => Int, { description: 'Discount in basis points.' })
  depthBasisPoints!: number;

  @Field(() => MoneyEstimateType, { description: 'Margin it would add.' })
  incrementalMargin!: MoneyEstimateType;

  @Field(() => MoneyType, { description: 'Expected cost of its discounts.' })
  discountCost!: MoneyType;
}

@ObjectType('SimilarCampaign', { description: 'An earlier campaign of the same kind, as the proposal knew it.' })
export class SimilarCampaignType {
  @Field(() => MoneyType, { nullable: true, description: 'Margin it promised.' })
  promised!: MoneyType | null;

  @Field(() => MoneyType, { nullable: true, description: 'Margin it was measured to add.' })
  measured!: MoneyType | null;

  campaignId!: string;
}

@ObjectType('Evidence', {
  description:
    "What a manager sees before deciding; the approval's hash covers it. Intervals are the 10th and 90th percentile of simulated outcomes.",
})
export class EvidenceType {
  @Field(() => ID, { description: 'UUID of the evidence.' })
  id!: string;

  @Field(() => DateTime, { description: 'When it was computed.' })
  createdAt!: Date;

  @Field(() => String, { description: 'SHA-256 of it.' })
  hash!: string;

  @Field(() => MoneyEstimateType, { description: 'Margin it adds, after discounts and what its products take from others.' })
  incrementalMargin!: MoneyEstimateType;

  @Field(() => MoneyEstimateType, { description: 'Revenue it adds.' })
  incrementalRevenue!: MoneyEstimateType;

  @Field(() => EstimateType, { description: 'Units it adds.' })
  incrementalUnits!: EstimateType;

  @Field(() => MoneyEstimateType, { description: 'What its discounts cost, also on purchases that would have been made anyway.' })
  discountCost!: MoneyEstimateType;

  @Field(() => MoneyEstimateType, { description: 'Margin that its products take from others.' })
  cannibalisedMargin!: MoneyEstimateType;

  @Field(() => Float, { description: 'Chance that it loses money, 0 to 1.' })
  probabilityOfLoss!: number;

  @Field(() => [SeriesPointType], { description: 'Units a day without and with the offer.' })
  series!: SeriesPointType[];

  @Field(() => [PlainReasonType], { description: 'What the numbers take for granted.' })
  assumptions!: PlainReasonType[];

  @Field(() => [PlainReasonType], { description: 'Why it is proposed.' })
  reasons!: PlainReasonType[];

  @Field(() => DateTime, { nullable: true, description: 'First day of the history it rests on.' })
  dataFrom!: Date | null;

  @Field(() => DateTime, { nullable: true, description: 'Last day of the history it rests on.' })
  dataTo!: Date | null;

  @Field(() => BacktestRowType, { nullable: true, description: 'The campaign on past orders.' })
  backtest!: BacktestRowType | null;

  @Field(() => [ModelReferenceType], { description: 'Models that had a say.' })
  models!: ModelReferenceType[];

  @Field(() => [DepthCurvePointType], { description: 'The same campaign with other depths, shallowest first.' })
  depthCurve!: DepthCurvePointType[];

  @Field(() => [SimilarCampaignType], { description: 'Earlier campaigns of the same kind.' })
  similarCampaigns!: SimilarCampaignType[];
}
