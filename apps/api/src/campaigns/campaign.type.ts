import {
  CAMPAIGN_STATUSES,
  type CampaignContent,
  type CampaignStatus,
  type Occasion,
  OCCASION_NAMES,
  OCCASIONS,
  type RevisionState,
} from '@promolift/domain';
import type { CampaignView } from '@promolift/services';
import { Field, InputType, Int, ObjectType } from 'type-graphql';
import { enumType } from '../shared/enum-type.ts';
import { MoneyType } from '../shared/money.type.ts';
import { NodeType } from '../shared/node.type.ts';
import { connectionType } from '../shared/page.type.ts';
import { CampaignLimitType, OnBudgetShortEnum } from './limit.type.ts';
import { DateTime } from '../shared/scalars.ts';
import { LocalisedTextType } from '../shared/text.type.ts';
import { type SimpleUserErrorType, UserErrorType } from '../shared/user-error.type.ts';

const STATUS_WORDS: Readonly<Record<CampaignStatus, string>> = {
  draft: 'Being written.',
  in_review: 'Waits for an approver.',
  changes_requested: 'An approver wants it changed.',
  rejected: 'An approver said no.',
  approved: 'Signed by as many approvers as it needs.',
  scheduled: 'Starts when its window opens.',
  live: 'Served.',
  paused: 'Stopped for now.',
  ended: 'Over; waits to be measured.',
  measured: 'Over, with its result.',
  expired: 'Nobody decided in time.',
};
const CampaignStatusEnum = enumType(
  'CampaignStatus',
  'Where a campaign stands.',
  Object.fromEntries(CAMPAIGN_STATUSES.map((name) => [name, STATUS_WORDS[name]])) as Record<CampaignStatus, string>,
);
export const RevisionStateEnum = enumType<RevisionState>(
  'RevisionState',
  'What a newer version of a scheduled, live or paused campaign waits for.',
  {
    none: 'The served version is the newest.',
    in_review: 'An approver; the approved version is served until then.',
    changes_requested: 'Its author: an approver wants it changed. The approved version is served on.',
  },
);
const CampaignOriginEnum = enumType('CampaignOrigin', 'Who thought of a campaign.', { ai: 'The proposer.', manager: 'A manager.' });
const OccasionEnum = enumType(
  'Occasion',
  'Why now: what a proposal answers to.',
  Object.fromEntries(OCCASIONS.map((name) => [name, `${OCCASION_NAMES[name].en}.`])) as Record<Occasion, string>,
);

@ObjectType('Campaign', {
  implements: NodeType,
  description:
    'Promotions for an audience in a window, with a budget. Nothing is served before a manager who did not write it approved this exact version.',
})
export class CampaignType extends NodeType implements CampaignView {
  @Field(() => String, { description: 'Name for managers.' })
  name!: string;

  @Field(() => CampaignStatusEnum, { description: 'Where it stands.' })
  status!: CampaignStatus;

  @Field(() => CampaignOriginEnum, { description: 'Who thought of it.' })
  origin!: 'ai' | 'manager';

  @Field(() => OccasionEnum, { nullable: true, description: 'What it answers to, if it was proposed.' })
  occasion!: Occasion | null;

  @Field(() => Int, { description: 'Version of its content; every change makes a new one. `expectedVersion` of the inputs means this.' })
  version!: number;

  @Field(() => Int, {
    nullable: true,
    description: 'Version that is served, was, or will be from the start on; null before it was scheduled.',
  })
  liveVersion!: number | null;

  @Field(() => Int, { description: 'Counts every change, of its status too.' })
  lockVersion!: number;

  @Field(() => String, {
    description: 'SHA-256 over rules, audience, schedule, budget, model versions and evidence: what an approval signs.',
  })
  contentHash!: string;

  @Field(() => Boolean, { description: 'Was it stopped by hand, for good?' })
  isKilled!: boolean;

  @Field(() => DateTime, { description: 'When it was first written.' })
  createdAt!: Date;

  areChangesRequested!: boolean;
  authorId!: string | null;
  startsAt!: Date;
  endsAt!: Date;
  content!: CampaignContent;
  evidenceId!: string | null;
  budgetMinor!: number;
  maxRedemptions!: number | null;
  reservedMinor!: number;
  spentMinor!: number;
  redemptionCount!: number;
}

@ObjectType('Schedule', { description: 'When a campaign runs.' })
export class ScheduleType {
  @Field(() => DateTime, { description: 'First instant; of a live campaign the one at which it went live.' })
  startsAt!: Date;

  @Field(() => DateTime, { description: 'First instant at which it is over.' })
  endsAt!: Date;

  @Field(() => String, { description: 'IANA zone that the two were chosen in.' })
  timeZone!: string;
}

@ObjectType('CampaignBudget', { description: 'What a campaign may spend and has spent. reserved + spent never exceeds budget.' })
export class CampaignBudgetType {
  @Field(() => MoneyType, { description: 'Most it may cost; less than was approved if it was lowered since.' })
  budget!: MoneyType;

  @Field(() => MoneyType, { description: 'Set aside for reservations.' })
  reserved!: MoneyType;

  @Field(() => MoneyType, { description: 'Spent, returns given back.' })
  spent!: MoneyType;

  @Field(() => Int, { nullable: true, description: 'Most uses, likewise; null is no limit.' })
  maxRedemptions!: number | null;

  @Field(() => Int, { nullable: true, description: 'Most uses of one shopper; null is no limit.' })
  maxPerUser!: number | null;

  @Field(() => [CampaignLimitType], { description: 'Limits per user, guest, code, segment and period.' })
  limits!: CampaignLimitType[];

  @Field(() => String, { nullable: true, description: 'Key of the budget it shares with other campaigns.' })
  sharedBudgetKey!: string | null;

  @Field(() => OnBudgetShortEnum, { description: 'When less budget is left than a cart would get.' })
  onBudgetShort!: keyof typeof OnBudgetShortEnum;

  @Field(() => Int, { description: 'Uses so far, reserved ones included.' })
  redemptionCount!: number;
}

@ObjectType('Guardrail', { description: 'Something a campaign may not do, with how it stands.' })
export class GuardrailType {
  @Field(() => String, { description: 'Stable code, for example MARGIN_FLOOR.' })
  key!: string;

  @Field(() => LocalisedTextType, { description: 'What is checked.' })
  label!: LocalisedTextType;

  @Field(() => String, { description: 'Its value, with its unit.' })
  value!: string;

  @Field(() => String, { description: 'What it must keep, with its unit.' })
  limit!: string;

  @Field(() => Boolean, { description: 'Is it kept? What could not be computed is not.' })
  passed!: boolean;
}

@ObjectType('CampaignCode', { description: 'A code of a campaign.' })
export class CampaignCodeType {
  @Field(() => String, { description: 'The code, upper case.' })
  code!: string;

  @Field(() => Int, { description: 'Uses so far, reserved ones included.' })
  used!: number;

  @Field(() => Int, { nullable: true, description: 'Most uses; null is no limit of its own.' })
  useLimit!: number | null;

  @Field(() => Boolean, { description: 'Does it no longer work?' })
  isRevoked!: boolean;
}

@ObjectType('CampaignPayload', { description: 'Answer of mutations on one campaign.' })
export class CampaignPayloadType {
  @Field(() => CampaignType, { nullable: true, description: 'The campaign as it is now; null when it was refused.' })
  campaign!: CampaignType | null;

  @Field(() => [UserErrorType], { description: 'Why it was refused; empty when it was not.' })
  userErrors!: SimpleUserErrorType[];
}

export const CampaignSortEnum = enumType('CampaignSort', 'Order of a list of campaigns.', {
  NEWEST: 'Newest first.',
  STARTS_AT_ASC: 'Earliest start first.',
  STARTS_AT_DESC: 'Latest start first.',
  NAME_ASC: 'By name.',
  EXPECTED_MARGIN_DESC: 'Largest promised margin first; those without evidence last.',
});

@InputType('CampaignFilter', { description: 'Which campaigns; all conditions must hold.' })
export class CampaignFilterInput {
  @Field(() => [CampaignStatusEnum], { nullable: true, description: 'Any of these statuses.' })
  statuses?: CampaignStatus[] | null;

  @Field(() => CampaignOriginEnum, { nullable: true, description: 'Who thought of it.' })
  origin?: 'ai' | 'manager' | null;

  @Field(() => OccasionEnum, { nullable: true, description: 'What it answers to.' })
  occasion?: Occasion | null;

  @Field(() => String, { nullable: true, description: 'Part of the name.' })
  search?: string | null;
}

const ConnectionType = connectionType('Campaign', () => CampaignType);
export const CampaignConnectionType = ConnectionType;
export type CampaignConnectionType = InstanceType<typeof ConnectionType>;
