import type { PriceLaw } from '@promolift/domain';
import { Field, InputType, Int, ObjectType } from 'type-graphql';
import { enumType } from './enum-type.ts';
import { MoneyType } from './money.type.ts';
import { DateTime, MinorUnits } from './scalars.ts';
import { type SimpleUserErrorType, UserErrorType } from './user-error.type.ts';

@ObjectType('PromotionGroup', { description: 'A group that campaigns name.' })
export class PromotionGroupType {
  @Field(() => String, { description: 'What campaigns name it by.' })
  key!: string;

  @Field(() => String, { description: 'all, first, best_for_shopper or best_for_margin.' })
  mode!: string;
}

@InputType('PromotionGroupInput', { description: 'A group that campaigns name.' })
export class PromotionGroupInput {
  @Field(() => String, { description: 'Lower-case letters, digits, "-" and "_".' })
  key!: string;

  @Field(() => String, { description: 'all, first, best_for_shopper or best_for_margin.' })
  mode!: string;
}

@ObjectType('PointsRate', { description: 'What points are worth in one currency.' })
export class PointsRateType {
  @Field(() => String, { description: 'ISO 4217 code.' })
  currency!: string;

  @Field(() => Int, { description: 'Points that pay one minor unit (a cent), 1 to 10,000.' })
  pointsPerMinor!: number;
}

@InputType('PointsRateInput', { description: 'What points are worth in one currency.' })
export class PointsRateInput {
  @Field(() => String, { description: 'ISO 4217 code.' })
  currency!: string;

  @Field(() => Int, { description: 'Points that pay one minor unit (a cent), 1 to 10,000.' })
  pointsPerMinor!: number;
}

const PriceLawEnum = enumType('PriceLaw', 'What happens to campaigns that would announce a reduction which is none.', {
  off: 'Nobody looks.',
  warn: 'It is said beside the campaign.',
  refuse: 'The campaign can neither be approved nor scheduled; recommended for shops that sell in the EU.',
});

@ObjectType('Settings', { description: 'What this shop decides for itself.' })
export class SettingsType {
  @Field(() => String, { description: 'ISO 4217 code of every price.' })
  currency!: string;

  @Field(() => String, { description: "IANA zone of the shop's days." })
  timeZone!: string;

  @Field(() => Int, { description: 'Least share of the price that stays as margin after every discount.' })
  marginFloorBasisPoints!: number;

  @Field(() => Int, { description: 'Most that all promotions together may take off a line.' })
  maxDepthBasisPoints!: number;

  @Field(() => Int, { description: 'Share of users that get no offers, so that effect can be measured.' })
  holdoutBasisPoints!: number;

  @Field(() => MoneyType, { description: 'Campaign budgets above this need two approvers.' })
  twoApproverBudget!: MoneyType;

  @Field(() => MoneyType, { description: 'Budget of a proposed campaign.' })
  proposalBudget!: MoneyType;

  @Field(() => String, { description: 'half-even, half-up or half-down.' })
  rounding!: string;

  @Field(() => Int, { description: 'Most that all promotions together may take off the lines of an order, as a share of their sum.' })
  maxOrderDiscountBasisPoints!: number;

  @Field(() => String, { description: 'What a percentage is of: the remaining or the initial price.' })
  percentBase!: string;

  @Field(() => [PromotionGroupType], { description: 'How the campaigns of each group share a cart.' })
  promotionGroups!: PromotionGroupType[];

  @Field(() => [[String]], { description: 'Pairs of groups of which a cart gets one.' })
  separateGroups!: string[][];
  @Field(() => PriceLawEnum, { description: 'What happens to campaigns that would announce a reduction which is none.' })
  priceLaw!: PriceLaw;

  @Field(() => Boolean, { description: 'May a product on sale for less than 30 days announce a reduction against the days it has?' })
  announcesNewProducts!: boolean;

  @Field(() => [PointsRateType], { description: 'Currencies in which points are earned and spent, and their worth.' })
  pointsRates!: PointsRateType[];

  @Field(() => Int, { description: 'Days after an order until the points it promised can be spent.' })
  returnWindowDays!: number;

  @Field(() => Int, { description: 'Days without any use after which points are forfeited; 0 = never.' })
  pointsExpireDays!: number;

  @Field(() => Int, { description: 'Fewest users a segment must have to be offered anything.' })
  minimumSegmentSize!: number;

  @Field(() => Int, { description: 'Longest window of a campaign, in days.' })
  maxWindowDays!: number;

  @Field(() => Int, { description: 'Least probability that a proposal earns something.' })
  minimumGainProbabilityBasisPoints!: number;

  @Field(() => Int, { description: 'Days after which a proposal that nobody decided on expires.' })
  proposalTtlDays!: number;

  @Field(() => Boolean, { description: 'Is this a simulated shop, whose clock may be moved?' })
  isDemo!: boolean;

  @Field(() => Boolean, { description: 'Is the kill switch on? No promotion is served while it is.' })
  isEverythingKilled!: boolean;

  @Field(() => DateTime, { description: "The shop's time now; ahead of the wall clock in a demo whose days were simulated." })
  shopNow!: Date;

  @Field(() => Int, { description: 'Number of changes; give it as `expectedVersion`.' })
  version!: number;
}

@ObjectType('SettingsPayload', { description: 'Answer of mutations that change settings.' })
export class SettingsPayloadType {
  @Field(() => SettingsType, { nullable: true, description: 'The settings now; null when the change was refused.' })
  settings?: SettingsType | null;

  @Field(() => [UserErrorType], { description: 'Why it was refused; empty when it was not.' })
  userErrors!: SimpleUserErrorType[];
}

@InputType('UpdateSettingsInput', { description: 'Settings to change; what is left out stays.' })
export class UpdateSettingsInput {
  @Field(() => Int, { description: 'The version you saw; another one is refused with CONFLICT.' })
  expectedVersion!: number;

  @Field(() => String, { nullable: true, description: 'ISO 4217 code; fixed once there are products or orders.' })
  currency?: string | null;

  @Field(() => String, { nullable: true, description: 'IANA zone.' })
  timeZone?: string | null;

  @Field(() => Int, { nullable: true, description: 'Least margin, 0 to 9,500.' })
  marginFloorBasisPoints?: number | null;

  @Field(() => Int, { nullable: true, description: 'Greatest depth, 0 to 10,000.' })
  maxDepthBasisPoints?: number | null;

  @Field(() => Int, { nullable: true, description: 'Share of users held out, 0 to 10,000.' })
  holdoutBasisPoints?: number | null;

  @Field(() => MinorUnits, { nullable: true, description: 'Budgets above this need two approvers.' })
  twoApproverBudgetMinor?: number | null;

  @Field(() => MinorUnits, { nullable: true, description: 'Budget of a proposed campaign.' })
  proposalBudgetMinor?: number | null;

  @Field(() => PriceLawEnum, { nullable: true, description: 'What happens to campaigns that would announce a reduction which is none.' })
  priceLaw?: PriceLaw | null;

  @Field(() => Boolean, { nullable: true, description: 'May new products announce reductions against the days they have?' })
  announcesNewProducts?: boolean | null;

  @Field(() => String, { nullable: true, description: 'half-even, half-up or half-down.' })
  rounding?: string | null;

  @Field(() => Int, { nullable: true, description: 'Most of an order, 0 to 10,000.' })
  maxOrderDiscountBasisPoints?: number | null;

  @Field(() => String, { nullable: true, description: 'remaining or initial.' })
  percentBase?: string | null;

  @Field(() => [PromotionGroupInput], { nullable: true, description: 'All groups; a group that is not listed has the mode all.' })
  promotionGroups?: PromotionGroupInput[] | null;

  @Field(() => [[String]], { nullable: true, description: 'All pairs of groups of which a cart gets one.' })
  separateGroups?: string[][] | null;

  @Field(() => [PointsRateInput], { nullable: true, description: 'All currencies in which points are earned and spent.' })
  pointsRates?: PointsRateInput[] | null;

  @Field(() => Int, { nullable: true, description: 'Days until promised points can be spent, 0 to 366.' })
  returnWindowDays?: number | null;

  @Field(() => Int, { nullable: true, description: 'Days without any use after which points are forfeited; 0 = never.' })
  pointsExpireDays?: number | null;

  @Field(() => Int, { nullable: true, description: 'Fewest users of a segment, 1 or more.' })
  minimumSegmentSize?: number | null;

  @Field(() => Int, { nullable: true, description: 'Longest window of a campaign in days, 1 to 366.' })
  maxWindowDays?: number | null;

  @Field(() => Int, { nullable: true, description: 'Least probability of a gain, 0 to 10,000.' })
  minimumGainProbabilityBasisPoints?: number | null;

  @Field(() => Int, { nullable: true, description: 'Days until an undecided proposal expires, 1 to 366.' })
  proposalTtlDays?: number | null;
}
