import type { PriceNotice } from '@promolift/services';
import { Field, ID, Int, ObjectType } from 'type-graphql';
import { CartPaymentsType } from './account.type.ts';
import { MoneyType } from '../shared/money.type.ts';
import { DateTime } from '../shared/scalars.ts';
import { type SimpleUserErrorType, UserErrorType } from '../shared/user-error.type.ts';
import { AppliedPromotionType, CodeOutcomeType, NearMissType, RejectedPromotionType } from './promotion-outcome.type.ts';

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

  @Field(() => [RejectedPromotionType], {
    description:
      'Candidates it does not get, each with its one reason. A candidate is about something in the cart and for this shopper, or its code was typed.',
  })
  rejected!: RejectedPromotionType[];

  @Field(() => [CodeOutcomeType], { description: 'Every code of the cart, each once, in alphabetical order.' })
  codes!: CodeOutcomeType[];

  @Field(() => [NearMissType], { description: 'Promotions just out of reach, nearest first, at most 3.' })
  nearMisses!: NearMissType[];

  @Field(() => Boolean, {
    nullable: true,
    description: 'Is this shopper held out of a candidate, to measure it? Null for a publishable key: shoppers must not know.',
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
