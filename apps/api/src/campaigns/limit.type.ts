import type { SharedBudgetRow } from '@promolift/db';
import type { CampaignLimit, LimitDimension, LimitPeriod } from '@promolift/domain';
import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { enumType } from '../shared/enum-type.ts';
import { MinorUnits } from '../shared/scalars.ts';
import { type SimpleUserErrorType, UserErrorType } from '../shared/user-error.type.ts';

const LimitDimensionEnum = enumType<LimitDimension>('LimitDimension', 'What a limit is counted for each of.', {
  user: 'Each shopper: signed in, by cookie, and by guest key.',
  guest: 'Each signed-in shopper or guest key; a cookie is refused.',
  code: 'Each code.',
  segment: 'Each segment of the shopper that the campaign is for.',
});
const LimitPeriodEnum = enumType<LimitPeriod>('LimitPeriod', "Span of the campaign's zone that a limit starts anew with.", {
  none: 'The whole life of the campaign.',
  hour: 'Each hour.',
  day: 'Each calendar day, also one of 23 or 25 hours.',
  week: 'Each ISO week, from Monday.',
  month: 'Each calendar month.',
  year: 'Each calendar year.',
});
export const OnBudgetShortEnum = enumType('OnBudgetShort', 'What happens when less budget is left than a cart would get.', {
  partial: 'The cart gets what is left.',
  refuse: 'The cart gets nothing of it.',
});

@InputType('CampaignLimitInput', { description: 'At most so many uses or so much discount for each of `per` in each `period`.' })
export class CampaignLimitInput {
  @Field(() => [LimitDimensionEnum], { description: 'Counted for each combination of these; empty is the whole campaign.' })
  per!: LimitDimension[];

  @Field(() => LimitPeriodEnum, { defaultValue: 'none', description: 'Starts anew with each of these.' })
  period!: LimitPeriod;

  @Field(() => Int, { nullable: true, description: 'Most uses.' })
  maxUses?: number | null;

  @Field(() => MinorUnits, { nullable: true, description: "Most discount, in minor units of the shop's currency." })
  maxMinor?: number | null;
}

@ObjectType('CampaignLimit', { description: 'At most so many uses or so much discount for each of `per` in each `period`.' })
export class CampaignLimitType implements CampaignLimit {
  @Field(() => [LimitDimensionEnum], { description: 'Counted for each combination of these; empty is the whole campaign.' })
  per!: LimitDimension[];

  @Field(() => LimitPeriodEnum, { description: 'Starts anew with each of these.' })
  period!: LimitPeriod;

  @Field(() => Int, { nullable: true, description: 'Most uses; null is no limit of uses.' })
  maxUses!: number | null;

  @Field(() => MinorUnits, { nullable: true, description: 'Most discount; null is no limit of money.' })
  maxMinor!: number | null;
}

@ObjectType('SharedBudget', { description: 'A budget that several campaigns draw on. reserved + spent never exceeds budget.' })
export class SharedBudgetType implements SharedBudgetRow {
  @Field(() => ID, { description: 'Its id.' })
  id!: string;

  @Field(() => String, { description: 'What campaigns name it by.' })
  key!: string;

  @Field(() => String, { description: 'Name for managers.' })
  name!: string;

  currency!: string;
  budgetMinor!: number;
  reservedMinor!: number;
  spentMinor!: number;
}

@InputType('SaveSharedBudgetInput', { description: 'A shared budget, new or changed.' })
export class SaveSharedBudgetInput {
  @Field(() => String, { description: 'Your own key for this request; sent again, it gives the same answer again.' })
  idempotencyKey!: string;

  @Field(() => String, { description: 'Lower case letters, digits and dashes; names an existing one to change it.' })
  key!: string;

  @Field(() => String, { description: 'Name for managers, at most 200 characters.' })
  name!: string;

  @Field(() => MinorUnits, { description: "Most that its campaigns may cost together, in minor units of the shop's currency." })
  budgetMinor!: number;
}

@ObjectType('SharedBudgetPayload', { description: 'Answer of saveSharedBudget.' })
export class SharedBudgetPayloadType {
  @Field(() => SharedBudgetType, { nullable: true, description: 'The budget as it is now; null when it was refused.' })
  sharedBudget!: SharedBudgetType | null;

  @Field(() => [UserErrorType], { description: 'Why it was refused; empty when it was not.' })
  userErrors!: SimpleUserErrorType[];
}

@InputType('LowerCampaignLimitsInput', { description: 'Less of what was approved.' })
export class LowerCampaignLimitsInput {
  @Field(() => String, { description: 'Your own key for this request; sent again, it gives the same answer again.' })
  idempotencyKey!: string;

  @Field(() => ID, { description: 'Id of the campaign.' })
  id!: string;

  @Field(() => Int, { description: '`version` of the campaign as you read it; refused with STALE_VERSION if it is another now.' })
  expectedVersion!: number;

  @Field(() => MinorUnits, { nullable: true, description: 'Most it may cost from now on, at least what is used; absent is as it is.' })
  budgetMinor?: number | null;

  @Field(() => Int, { nullable: true, description: 'Most uses from now on, at least those used; absent is as it is.' })
  maxRedemptions?: number | null;
}
