import { Field, ID, Int, ObjectType } from 'type-graphql';
import type { ApprovalRecord, CampaignVersionRecord, LedgerRecord, ProductRecord } from '@promolift/services';
import type { Condition, PromotionRule } from '@promolift/domain';
import { MoneyType } from '../shared/money.type.ts';
import { NodeType } from '../shared/node.type.ts';
import { enumType } from '../shared/enum-type.ts';
import { DateTime, Json } from '../shared/scalars.ts';
import { LocalisedTextType } from '../shared/text.type.ts';

@ObjectType('Promotion', { implements: NodeType, description: 'One rule of a campaign.' })
export class PromotionType extends NodeType {
  @Field(() => String, { description: 'Kind of rule, for example percent_off.' })
  kind!: string;

  @Field(() => Json, { description: 'Its arguments.' })
  rule!: PromotionRule;

  @Field(() => Json, { nullable: true, description: 'When it applies; null is always.' })
  condition!: Condition | null;

  @Field(() => Boolean, { description: 'Does it need a code of one of its batches?' })
  needsCode!: boolean;
}

@ObjectType('PromotedProduct', { description: 'A product that a rule is about.' })
export class PromotedProductType {
  product!: ProductRecord;

  @Field(() => MoneyType, { description: 'Price before promotions.' })
  price!: MoneyType;

  @Field(() => MoneyType, {
    nullable: true,
    description:
      'Lowest price the rule alone can give, floor and deepest discount kept; null where it gives no lower price or the cost is unknown.',
  })
  promotionPrice!: MoneyType | null;

  @Field(() => MoneyType, { nullable: true, description: 'Lowest price any promotion may reach; null where the cost is unknown.' })
  floor!: MoneyType | null;

  @Field(() => Int, { nullable: true, description: 'Units in stock.' })
  stock!: number | null;
}

@ObjectType('Audience', { description: 'Who a campaign is for.' })
export class AudienceType {
  @Field(() => Boolean, { description: 'Is it for every shopper?' })
  isEverybody!: boolean;

  @Field(() => Int, { description: 'Shoppers in it now.' })
  size!: number;

  @Field(() => Int, { description: 'How many of them are expected to be held out.' })
  heldOutSize!: number;

  segmentKeys!: readonly string[];
}

@ObjectType('Approval', { description: "A manager's decision on one exact version." })
export class ApprovalType implements ApprovalRecord {
  @Field(() => ID, { description: 'UUID of the decision.' })
  id!: string;

  @Field(() => Int, { description: 'Version it speaks of.' })
  version!: number;

  @Field(() => String, { description: 'Hash it speaks of.' })
  contentHash!: string;

  @Field(() => String, { description: 'approve, reject or request_changes.' })
  decision!: 'approve' | 'reject' | 'request_changes';

  @Field(() => String, { nullable: true, description: 'Why, for a no.' })
  reason!: string | null;

  @Field(() => DateTime, { description: 'When it was given.' })
  at!: Date;

  @Field(() => Boolean, { description: 'Does it speak of the campaign as it is now? A change of content voids it.' })
  isValid!: boolean;

  campaignId!: string;
  managerId!: string;
}

@ObjectType('CampaignVersion', { description: 'The content of a campaign at one time; never changed.' })
export class CampaignVersionType implements CampaignVersionRecord {
  @Field(() => Int, { description: 'Counts up from 1.' })
  version!: number;

  @Field(() => String, { description: 'What an approval of it signs.' })
  contentHash!: string;

  @Field(() => DateTime, { description: 'When it was written.' })
  createdAt!: Date;

  @Field(() => Json, { description: 'Everything that an approval covers.' })
  content!: unknown;

  campaignId!: string;
  createdBy!: string | null;
}

export const LedgerKindEnum = enumType('LedgerKind', 'What happened to a budget.', {
  reserve: 'Set aside.',
  commit: 'Spent.',
  release: 'Given back unspent.',
  refund: 'Given back after it was spent.',
});

@ObjectType('LedgerEntry', { description: "One movement of a campaign's budget; never changed." })
export class LedgerEntryType implements LedgerRecord {
  @Field(() => ID, { description: 'UUID of the entry.' })
  id!: string;

  @Field(() => LedgerKindEnum, { description: 'What happened.' })
  kind!: keyof typeof LedgerKindEnum;

  @Field(() => Int, { description: 'Uses that moved with it.' })
  uses!: number;

  @Field(() => DateTime, { description: 'When it happened.' })
  at!: Date;

  @Field(() => ID, { nullable: true, description: 'The use it belongs to.' })
  redemptionId!: string;

  campaignId!: string;
  amountMinor!: number;
  currency!: string;
}

@ObjectType('TrackRecord', { description: 'What measured campaigns had promised, and what they added.' })
export class TrackRecordType {
  @Field(() => Int, { description: 'Campaigns with a promise and a final result.' })
  campaignCount!: number;

  @Field(() => MoneyType, { nullable: true, description: 'Sum of the promised margins; null before the first.' })
  promised!: MoneyType | null;

  @Field(() => MoneyType, { nullable: true, description: 'Sum of the measured margins; null before the first.' })
  measured!: MoneyType | null;
}

@ObjectType('DroppedIdea', { description: 'Ideas of a run that were not proposed, for one reason.' })
export class DroppedIdeaType {
  @Field(() => String, { description: 'What they were about.' })
  label!: string;

  @Field(() => LocalisedTextType, { description: 'Why they were dropped.' })
  reason!: LocalisedTextType;

  @Field(() => Int, { description: 'How many.' })
  count!: number;
}

@ObjectType('ProposalRun', { description: 'One search for campaigns.' })
export class ProposalRunType {
  @Field(() => DateTime, { description: "The shop's time at which it ran." })
  at!: Date;

  @Field(() => Int, { description: 'Ideas it looked at.' })
  ideaCount!: number;

  @Field(() => Int, { description: 'Campaigns it proposed.' })
  proposedCount!: number;

  @Field(() => LocalisedTextType, { description: 'What came out, one sentence.' })
  sentence!: LocalisedTextType;

  @Field(() => [DroppedIdeaType], { description: 'What was not proposed and why.' })
  dropped!: DroppedIdeaType[];
}
