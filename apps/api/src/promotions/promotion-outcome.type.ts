import { Field, Float, ID, Int, ObjectType } from 'type-graphql';
import { EarnedPointsType } from './account.type.ts';
import { enumType } from '../shared/enum-type.ts';
import { MoneyType } from '../shared/money.type.ts';
import { LocalisedTextType } from '../shared/text.type.ts';

@ObjectType('AppliedPromotion', { description: 'A promotion that this cart gets.' })
export class AppliedPromotionType {
  @Field(() => ID, { description: 'Id of the promotion.' })
  promotionId!: string;

  @Field(() => ID, { description: 'Id of its campaign.' })
  campaignId!: string;

  @Field(() => String, { description: 'Kind of rule, for example percent_off.' })
  kind!: string;

  @Field(() => MoneyType, { description: 'What the shopper saves, shipping included; gifts save nothing.' })
  amount!: MoneyType;

  @Field(() => MoneyType, { nullable: true, description: 'What it would be without floors, caps and budget; null for publishable keys.' })
  desired!: MoneyType | null;

  @Field(() => String, {
    nullable: true,
    description:
      'What held it down: FLOOR, DEPTH, BUDGET, MAX_DISCOUNT, LINE_CAP or ORDER_CAP; null where it is as desired, and for publishable keys.',
  })
  limitedBy!: string | null;

  @Field(() => String, { nullable: true, description: 'The code that unlocked it.' })
  code!: string | null;

  @Field(() => EarnedPointsType, { nullable: true, description: 'Points that it earns; null where it earns none.' })
  earned!: EarnedPointsType | null;

  @Field(() => LocalisedTextType, { description: 'What it does, one sentence.' })
  message!: LocalisedTextType;
}

@ObjectType('AgentReason', { description: 'A reason in the words of the protocols that shopping agents speak.' })
export class AgentReasonType {
  @Field(() => String, { description: 'Universal Commerce Protocol, for example discount_code_expired.' })
  ucp!: string;

  @Field(() => String, { description: 'Agentic Commerce Protocol, for example discount_code_minimum_not_met.' })
  acp!: string;
}

@ObjectType('ConditionFailure', { description: 'The one condition that decided against a promotion.' })
export class ConditionFailureType {
  @Field(() => String, { description: 'Where it stands in the tree, for example conditions.1.condition; empty for the root.' })
  path!: string;

  @Field(() => String, { description: 'Kind of condition; see conditionKinds.' })
  kind!: string;

  @Field(() => String, { nullable: true, description: 'What it needs.' })
  required!: string | null;

  @Field(() => String, { nullable: true, description: 'What there is of it; null where it is not known or not told.' })
  actual!: string | null;

  @Field(() => Boolean, { description: 'Is it unknown, so that it neither holds nor fails?' })
  isUnknown!: boolean;

  @Field(() => Boolean, { description: 'Does it stand under an odd number of "not", so that it would have had to fail?' })
  isNegated!: boolean;
}

@ObjectType('RejectedPromotion', { description: 'A live promotion that this cart does not get.' })
export class RejectedPromotionType {
  @Field(() => ID, { description: 'Id of the promotion.' })
  promotionId!: string;

  @Field(() => ID, { description: 'Id of its campaign.' })
  campaignId!: string;

  @Field(() => String, { description: 'Kind of rule.' })
  kind!: string;

  @Field(() => String, {
    description:
      'Stable code of the one reason, for example BELOW_THRESHOLD. Publishable keys read NOT_AVAILABLE for HELD_OUT, NOT_IN_AUDIENCE, conditions about the shopper and what is known of a friend’s code.',
  })
  reason!: string;

  @Field(() => String, { nullable: true, description: 'The code of the cart that it would have answered to.' })
  code!: string | null;

  @Field(() => String, { nullable: true, description: 'What failed, for example minimumSpend; null where a publishable key may not know.' })
  failing!: string | null;

  @Field(() => String, { nullable: true, description: 'The value it needs; null where a publishable key may not know.' })
  required!: string | null;

  @Field(() => String, { nullable: true, description: 'The value it has; null where a publishable key may not know.' })
  actual!: string | null;

  @Field(() => AgentReasonType, { description: 'The reason for shopping agents.' })
  agentReason!: AgentReasonType;
  @Field(() => ConditionFailureType, { nullable: true, description: 'Of CONDITION_NOT_MET: which condition.' })
  condition!: ConditionFailureType | null;

  @Field(() => LocalisedTextType, { description: 'The reason, one sentence.' })
  message!: LocalisedTextType;
}

export const CodeStatusEnum = enumType('CodeStatus', 'What became of a code that the shopper typed.', {
  APPLIED: 'It gives its promotion.',
  REJECTED: 'It is known, but this cart does not get its promotion.',
  UNKNOWN: 'No live promotion answers to it.',
});

@ObjectType('CodeOutcome', { description: 'What became of a code that the shopper typed.' })
export class CodeOutcomeType {
  @Field(() => String, { description: 'The code as it is written, whatever the shopper typed.' })
  code!: string;

  @Field(() => CodeStatusEnum, { description: 'What became of it.' })
  status!: keyof typeof CodeStatusEnum;

  @Field(() => String, {
    nullable: true,
    description:
      'Stable code of the one reason why it gives nothing, for example CODE_USED_UP. Publishable keys read of codes that were withdrawn or are somebody else’s that they are UNKNOWN.',
  })
  reason!: string | null;

  @Field(() => ID, { nullable: true, description: 'Id of the promotion that answers to it; null when none does.' })
  promotionId!: string | null;

  @Field(() => LocalisedTextType, { description: 'What it gives, or why it does not, one sentence.' })
  message!: LocalisedTextType;

  @Field(() => AgentReasonType, { nullable: true, description: 'Why not, for shopping agents; null when it is applied.' })
  agentReason!: AgentReasonType | null;
}

@ObjectType('NearMiss', { description: 'A promotion just out of reach. Shown only if adding what is missing truly gives it.' })
export class NearMissType {
  @Field(() => ID, { description: 'Id of the promotion.' })
  promotionId!: string;

  @Field(() => ID, { description: 'Id of its campaign.' })
  campaignId!: string;

  @Field(() => MoneyType, { nullable: true, description: 'Amount still missing, for thresholds.' })
  missing!: MoneyType | null;

  @Field(() => Int, { nullable: true, description: 'Units still missing, for counts.' })
  missingQuantity!: number | null;

  @Field(() => LocalisedTextType, { description: 'What to add, one sentence.' })
  message!: LocalisedTextType;

  @Field(() => Float, { description: 'Share that is reached, 0 to 1.' })
  progress!: number;
}
