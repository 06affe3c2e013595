import { Field, ID, InputType, Int } from 'type-graphql';
import { CampaignLimitInput, OnBudgetShortEnum } from './limit.type.ts';
import { DateTime, Json, MinorUnits } from '../shared/scalars.ts';

const ID_OF_CAMPAIGN = { description: 'Id of the campaign.' };
const EXPECTED_VERSION = { description: '`version` of the campaign as you read it; refused with STALE_VERSION if it is another now.' };

@InputType('PromotionInput', { description: 'One rule of a campaign.' })
export class PromotionInput {
  @Field(() => String, { description: 'Kind of rule; see promotionKinds.' })
  kind!: string;

  @Field(() => Json, { description: 'Its arguments; see promotionKinds.' })
  rule!: unknown;

  @Field(() => Json, {
    nullable: true,
    description:
      'When it applies: a tree of {kind: "and" | "or", conditions}, {kind: "not", condition} and conditionKinds; none is always.',
  })
  condition?: unknown;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Only with a code of one of its batches; default false. A coupon needs its code anyway.',
  })
  needsCode?: boolean | null;
}

@InputType('CampaignContentInput', { description: 'Everything about a campaign that an approval covers.' })
export class CampaignContentInput {
  @Field(() => String, { description: 'Name for managers, at most 200 characters.' })
  name!: string;

  @Field(() => [PromotionInput], { description: '1 to 20 rules.' })
  promotions!: PromotionInput[];

  @Field(() => [String], { nullable: true, description: 'Keys of the segments it is for; none is everybody.' })
  segmentKeys?: string[] | null;

  @Field(() => DateTime, { description: 'First instant.' })
  startsAt!: Date;

  @Field(() => DateTime, { description: 'First instant at which it is over.' })
  endsAt!: Date;

  @Field(() => String, { description: 'IANA zone that the two were chosen in.' })
  timeZone!: string;

  @Field(() => MinorUnits, { description: "Most it may cost, in minor units of the shop's currency." })
  budgetMinor!: number;

  @Field(() => Int, { nullable: true, description: 'Most uses; none is no limit.' })
  maxRedemptions?: number | null;

  @Field(() => Int, { nullable: true, description: 'Most uses of one shopper; none is no limit.' })
  maxPerUser?: number | null;

  @Field(() => [CampaignLimitInput], {
    nullable: true,
    description: 'Limits per user, guest, code, segment and period; absent is none, on a revision as before.',
  })
  limits?: CampaignLimitInput[] | null;

  @Field(() => String, {
    nullable: true,
    description: 'Key of a budget shared with other campaigns; null is none, absent on a revision as before.',
  })
  sharedBudgetKey?: string | null;

  @Field(() => OnBudgetShortEnum, {
    nullable: true,
    description: 'When less budget is left than a cart would get; default partial, on a revision as before.',
  })
  onBudgetShort?: keyof typeof OnBudgetShortEnum | null;

  @Field(() => Int, {
    nullable: true,
    description: "Share of the audience that gets no offer, in basis points; default of the shop's settings.",
  })
  holdoutBasisPoints?: number | null;

  @Field(() => Int, { nullable: true, description: 'Higher applies first; default 0.' })
  priority?: number | null;

  @Field(() => Boolean, { nullable: true, description: 'Applies only alone; default false.' })
  isExclusive?: boolean | null;

  @Field(() => String, { nullable: true, description: "Key of its group; the shop's settings say how a group shares a cart." })
  group?: string | null;

  @Field(() => MinorUnits, { nullable: true, description: 'Most it takes off one line of a cart; none is no limit.' })
  maxPerLineMinor?: number | null;

  @Field(() => MinorUnits, { nullable: true, description: 'Most it takes off one cart; null is no limit, absent on a revision as before.' })
  maxPerCartMinor?: number | null;
}

@InputType('CreateCampaignInput', { description: 'A new campaign.' })
export class CreateCampaignInput {
  @Field(() => String, { description: 'Your own key for this request; sent again, it gives the same answer again.' })
  idempotencyKey!: string;

  @Field(() => CampaignContentInput, { description: 'What it says.' })
  content!: CampaignContentInput;
}

@InputType('ReviseCampaignInput', { description: 'A new version of a campaign; every approval of the old one is void.' })
export class ReviseCampaignInput {
  @Field(() => ID, ID_OF_CAMPAIGN)
  id!: string;

  @Field(() => Int, EXPECTED_VERSION)
  expectedVersion!: number;

  @Field(() => CampaignContentInput, { description: 'What it says now, whole.' })
  content!: CampaignContentInput;
}

@InputType('CampaignActionInput', { description: 'Which campaign, as you read it.' })
export class CampaignActionInput {
  @Field(() => ID, ID_OF_CAMPAIGN)
  id!: string;

  @Field(() => Int, EXPECTED_VERSION)
  expectedVersion!: number;
}

@InputType('ApproveCampaignInput', { description: 'A yes to one exact version.' })
export class ApproveCampaignInput {
  @Field(() => ID, ID_OF_CAMPAIGN)
  id!: string;

  @Field(() => Int, EXPECTED_VERSION)
  expectedVersion!: number;

  @Field(() => String, { description: '`contentHash` of the campaign as you read it.' })
  contentHash!: string;
}

@InputType('RejectCampaignInput', { description: 'A no, with its reason.' })
export class RejectCampaignInput {
  @Field(() => ID, ID_OF_CAMPAIGN)
  id!: string;

  @Field(() => Int, EXPECTED_VERSION)
  expectedVersion!: number;

  @Field(() => String, {
    description: 'TOO_COSTLY, TOO_UNCERTAIN, WRONG_AUDIENCE, WRONG_PRODUCTS, WRONG_TIME or HURTS_BRAND; proposals learn from it.',
  })
  reasonCode!: string;

  @Field(() => String, { nullable: true, description: 'In your own words.' })
  comment?: string | null;
}

@InputType('RequestChangesInput', { description: 'Back to its author.' })
export class RequestChangesInput {
  @Field(() => ID, ID_OF_CAMPAIGN)
  id!: string;

  @Field(() => Int, EXPECTED_VERSION)
  expectedVersion!: number;

  @Field(() => String, { description: 'What to change.' })
  comment!: string;
}
