import type { PriceNotice } from '@promolift/services';
import { Field, Float, ID, Int, ObjectType } from 'type-graphql';
import { enumType } from '../shared/enum-type.ts';
import { CartPaymentsType, EarnedPointsType } from './account.type.ts';
import { MoneyType } from '../shared/money.type.ts';
import { DateTime } from '../shared/scalars.ts';
import { LocalisedTextType } from '../shared/text.type.ts';
import { type SimpleUserErrorType, UserErrorType } from '../shared/user-error.type.ts';

@ObjectType('UnitAmount', { description: 'The same amount for each of some units of a line.' })
export class UnitAmountType {
  @Field(() => Int, { description: 'How many neighbouring units.' })
  units!: number;

  @Field(() => MoneyType, { description: 'Amount of each of them.' })
  amount!: MoneyType;
}

@ObjectType('LineDiscount', { description: 'What one promotion took off a line.' })
export class LineDiscountType {
  @Field(() => ID, { description: 'Id of the promotion.' })
  promotionId!: string;

  @Field(() => ID, { description: 'Id of its campaign.' })
  campaignId!: string;

  @Field(() => MoneyType, { description: 'Amount taken off.' })
  amount!: MoneyType;

  @Field(() => [UnitAmountType], { description: 'What of it comes off each unit, first units first.' })
  perUnit!: UnitAmountType[];
}

@ObjectType('EvaluatedLine', { description: 'A line of a cart with its price now; gifts are lines too.' })
export class EvaluatedLineType {
  @Field(() => String, { description: 'Place of the line in the cart, from 1; gifts follow as gift-1, gift-2.' })
  lineId!: string;

  @Field(() => Int, { description: 'Units.' })
  quantity!: number;

  @Field(() => MoneyType, { description: 'Price of one unit before promotions.' })
  unitPrice!: MoneyType;

  @Field(() => MoneyType, { description: 'The line before promotions; 0 for gifts.' })
  original!: MoneyType;

  @Field(() => MoneyType, { description: 'What promotions take off the line.' })
  discount!: MoneyType;

  @Field(() => MoneyType, { description: 'What the line costs.' })
  final!: MoneyType;

  @Field(() => MoneyType, { description: 'Tax of the line after its discount: in the price, or on top where prices are without tax.' })
  tax!: MoneyType;

  @Field(() => [UnitAmountType], {
    description: 'What each unit costs, first units first; a return of the first units refunds exactly these.',
  })
  unitPrices!: UnitAmountType[];

  @Field(() => Boolean, { description: 'Is it given for free?' })
  isGift!: boolean;

  @Field(() => [String], { description: 'Of a gift: skus that may be had instead, with chosenGiftSkus.' })
  giftChoices!: readonly string[];

  @Field(() => [LineDiscountType], { description: 'Which promotion took off how much.' })
  discounts!: LineDiscountType[];

  sku!: string;
  /** Read only if somebody asks. */
  loadNotice!: () => Promise<PriceNotice | null>;
}

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

@ObjectType('CartEvaluation', { description: 'What a cart costs now and why.' })
export class CartEvaluationType {
  @Field(() => ID, { description: 'Id of the decision; explainDecision shows it again, unless it was a dry run.' })
  decisionId!: string;

  @Field(() => [EvaluatedLineType], { description: 'The lines of the cart, then the gifts.' })
  lines!: EvaluatedLineType[];

  @Field(() => MoneyType, { description: 'Sum of the lines before promotions.' })
  subtotal!: MoneyType;

  @Field(() => MoneyType, { description: 'What promotions take off the lines.' })
  discount!: MoneyType;

  @Field(() => MoneyType, { description: 'Shipping after its own discount.' })
  shipping!: MoneyType;

  @Field(() => [LineDiscountType], { description: 'Which promotion took how much off shipping.' })
  shippingDiscounts!: LineDiscountType[];

  @Field(() => MoneyType, { description: 'Tax of lines and shipping after discounts.' })
  tax!: MoneyType;

  @Field(() => Boolean, { description: 'Do the amounts include the tax?' })
  pricesIncludeTax!: boolean;

  @Field(() => MoneyType, { description: 'What is to pay: subtotal - discount + shipping, and the tax where prices are without it.' })
  total!: MoneyType;

  @Field(() => CartPaymentsType, { description: 'How it is paid.' })
  payments!: CartPaymentsType;

  @Field(() => [AppliedPromotionType], { description: 'Promotions the cart gets, in the order they applied.' })
  applied!: AppliedPromotionType[];

  @Field(() => [RejectedPromotionType], { description: 'Live promotions it does not get, each with its one reason.' })
  rejected!: RejectedPromotionType[];

  @Field(() => [CodeOutcomeType], { description: 'Every code of the cart, each once, in alphabetical order.' })
  codes!: CodeOutcomeType[];

  @Field(() => [NearMissType], { description: 'Promotions just out of reach, nearest first, at most 3.' })
  nearMisses!: NearMissType[];

  @Field(() => Boolean, {
    nullable: true,
    description: 'Is this shopper held out of a live campaign, to measure it? Null for a publishable key: shoppers must not know.',
  })
  isHeldOut!: boolean | null;

  @Field(() => DateTime, { description: 'The instant it was decided for.' })
  evaluatedAt!: Date;
}

@ObjectType('EvaluateCartPayload', { description: 'Answer of evaluateCart.' })
export class EvaluateCartPayloadType {
  @Field(() => CartEvaluationType, { nullable: true, description: 'The answer; null when the cart was refused.' })
  evaluation!: CartEvaluationType | null;

  @Field(() => [UserErrorType], { description: 'Why it was refused; empty when it was not.' })
  userErrors!: SimpleUserErrorType[];
}
