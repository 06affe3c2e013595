import { Field, Float, ID, Int, ObjectType } from 'type-graphql';
import { MoneyEstimateType } from '../shared/estimate.type.ts';
import { MoneyType } from '../shared/money.type.ts';
import { DateTime } from '../shared/scalars.ts';
import { LocalisedTextType } from '../shared/text.type.ts';

@ObjectType('Estimate95', { description: 'A number with its 95% confidence interval.' })
export class Estimate95Type {
  @Field(() => Float, { description: 'Best estimate.' })
  mean!: number;

  @Field(() => Float, { description: 'Lower end of the 95% interval.' })
  lower95!: number;

  @Field(() => Float, { description: 'Upper end of the 95% interval.' })
  upper95!: number;
}

@ObjectType('Effect', { description: 'What a campaign changed: the offered against the held out.' })
export class EffectType {
  @Field(() => Estimate95Type, { description: 'For 1,000 shoppers of the audience.' })
  perThousandUsers!: Estimate95Type;

  @Field(() => Estimate95Type, { description: 'For all who were offered it.' })
  total!: Estimate95Type;

  @Field(() => String, { description: 'units, or minor units of a currency.' })
  unit!: string;
}

@ObjectType('GroupMean', { description: 'One side of the comparison.' })
export class GroupMeanType {
  @Field(() => String, { description: 'offered or held_out.' })
  group!: string;

  @Field(() => Int, { description: 'Shoppers in it.' })
  userCount!: number;

  @Field(() => Float, { description: 'Margin a shopper, in minor units.' })
  meanMarginMinor!: number;

  @Field(() => Float, { description: 'Lower end of its 95% interval.' })
  lower95!: number;

  @Field(() => Float, { description: 'Upper end of its 95% interval.' })
  upper95!: number;
}

@ObjectType('CumulativePoint', { description: 'Margin added from the start to the end of one day.' })
export class CumulativePointType {
  @Field(() => String, { description: "YYYY-MM-DD in the shop's time zone." })
  day!: string;

  @Field(() => Float, { description: 'Best estimate, in minor units.' })
  marginMinor!: number;

  @Field(() => Float, { description: 'Lower end of the 95% interval.' })
  lower95!: number;

  @Field(() => Float, { description: 'Upper end of the 95% interval.' })
  upper95!: number;
}

@ObjectType('Measurement', { description: 'What a campaign really changed, by comparing the offered with the held out.' })
export class MeasurementType {
  @Field(() => ID, { description: 'UUID of the measurement.' })
  id!: string;

  @Field(() => DateTime, { description: 'When it was computed.' })
  computedAt!: Date;

  @Field(() => Boolean, { description: 'Was the campaign over?' })
  isFinal!: boolean;

  @Field(() => String, { description: 'gain, loss, unclear, sample_ratio_failed, holdout_leaked or too_early.' })
  verdict!: string;

  @Field(() => LocalisedTextType, { description: 'The verdict, one sentence.' })
  sentence!: LocalisedTextType;

  @Field(() => Float, { description: 'Chance of a split this far from the plan if nothing is broken.' })
  sampleRatioPValue!: number;

  @Field(() => Boolean, { description: 'Are the groups split as planned? If not, no number below means anything.' })
  isSampleRatioOk!: boolean;

  @Field(() => Boolean, {
    nullable: true,
    description:
      'Were the held out left alone? If not, no number below means anything. Null where it was measured before this was counted.',
  })
  isHoldoutKept!: boolean | null;

  @Field(() => Int, { nullable: true, description: 'Held-out shoppers who redeemed it all the same; null as above.' })
  heldOutRedeemedCount!: number | null;

  @Field(() => Int, {
    nullable: true,
    description: 'Held-out shoppers to whom a cart or offer list showed it all the same; null as above.',
  })
  heldOutExposedCount!: number | null;

  @Field(() => Int, { description: 'Shoppers who were offered it.' })
  offeredCount!: number;

  @Field(() => Int, { description: 'Shoppers who were held out.' })
  heldOutCount!: number;

  @Field(() => EffectType, { nullable: true, description: 'Units it added; null where there is nothing to compare.' })
  incrementalUnits!: EffectType | null;

  @Field(() => EffectType, { nullable: true, description: 'Revenue it added; null where there is nothing to compare.' })
  incrementalRevenue!: EffectType | null;

  @Field(() => EffectType, { nullable: true, description: 'Margin it added after its discounts; null where there is nothing to compare.' })
  incrementalMargin!: EffectType | null;

  @Field(() => MoneyType, { description: 'All revenue of orders that used it: what other tools would claim.' })
  influencedRevenue!: MoneyType;

  @Field(() => MoneyType, { description: 'Budget spent, less what returns gave back.' })
  discountCost!: MoneyType;

  @Field(() => MoneyEstimateType, { nullable: true, description: 'Margin the evidence promised for the measured time.' })
  promisedMargin!: MoneyEstimateType | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Does the measured interval meet the promised one? Null without promise or verdict.',
  })
  isPromiseKept!: boolean | null;

  @Field(() => [GroupMeanType], { description: 'Both sides of the comparison.' })
  groups!: GroupMeanType[];

  @Field(() => [CumulativePointType], { description: 'Margin added up to each day.' })
  cumulative!: CumulativePointType[];
}
