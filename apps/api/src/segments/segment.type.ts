import type { SegmentRecord } from '@promolift/services';
import { Field, Float, Int, ObjectType } from 'type-graphql';
import { MoneyType } from '../shared/money.type.ts';
import { NodeType } from '../shared/node.type.ts';
import { DateTime } from '../shared/scalars.ts';
import { LocalisedTextType } from '../shared/text.type.ts';

@ObjectType('InterestTag', { description: 'A category that a shopper or a segment likes.' })
export class InterestTagType {
  @Field(() => String, { description: 'Key of the category.' })
  categoryKey!: string;

  @Field(() => String, { description: 'Name of the category.' })
  categoryName!: string;

  @Field(() => Float, { description: 'Of a shopper: times more than usual; of a segment: share of its members.' })
  strength!: number;
}

@ObjectType('CategoryPropensity', { description: 'How likely a shopper buys in a category soon.' })
export class CategoryPropensityType {
  @Field(() => String, { description: 'Key of the category.' })
  categoryKey!: string;

  @Field(() => String, { description: 'Name of the category.' })
  categoryName!: string;

  @Field(() => Float, { description: 'Chance within 28 days, 0 to 1.' })
  probability!: number;
}

@ObjectType('UserProfile', { description: 'What models make of a shopper.' })
export class UserProfileType {
  @Field(() => DateTime, { description: 'The instant it speaks of.' })
  asOf!: Date;

  @Field(() => Int, { nullable: true, description: 'Days since the last order; null without one.' })
  recencyDays!: number | null;

  @Field(() => Int, { description: 'Number of orders.' })
  frequency!: number;

  @Field(() => MoneyType, { description: 'Sum of the orders.' })
  monetary!: MoneyType;

  @Field(() => Float, { nullable: true, description: 'Chance that they do not come back, 0 to 1.' })
  churnRisk!: number | null;

  @Field(() => [InterestTagType], { description: 'Categories they like, strongest first.' })
  interestTags!: InterestTagType[];

  @Field(() => [CategoryPropensityType], { description: 'Categories they will likely buy in, likeliest first.' })
  propensities!: CategoryPropensityType[];
}

@ObjectType('SegmentPortrait', { description: 'The middle member of a segment.' })
export class SegmentPortraitType {
  @Field(() => Float, { nullable: true, description: 'Median days since the last order.' })
  medianRecencyDays!: number | null;

  @Field(() => Float, { nullable: true, description: 'Orders a member.' })
  averageOrders!: number | null;

  @Field(() => MoneyType, { nullable: true, description: 'Revenue a member.' })
  averageRevenue!: MoneyType | null;

  @Field(() => [InterestTagType], { description: 'What most members like.' })
  topInterests!: InterestTagType[];

  @Field(() => LocalisedTextType, { description: 'The segment in one sentence.' })
  sentence!: LocalisedTextType;
}

@ObjectType('Segment', { implements: NodeType, description: 'Shoppers who are alike.' })
export class SegmentType extends NodeType implements Omit<SegmentRecord, 'name' | 'portrait'> {
  @Field(() => String, { description: 'Stable key; campaigns name segments by it.' })
  key!: string;

  @Field(() => String, { description: 'model or rule: what decides who belongs to it.' })
  kind!: 'model' | 'rule';

  @Field(() => Int, { description: 'Members now.' })
  size!: number;

  @Field(() => Float, { description: 'Share of all revenue, 0 to 1.' })
  valueShare!: number;

  @Field(() => DateTime, { description: 'When it was first made.' })
  createdAt!: Date;

  definition!: Record<string, unknown>;
  modelId!: string | null;
}
