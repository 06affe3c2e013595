import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { enumType } from '../shared/enum-type.ts';
import { MoneyType } from '../shared/money.type.ts';
import { DateTime, MinorUnits } from '../shared/scalars.ts';
import { type SimpleUserErrorType, UserErrorType } from '../shared/user-error.type.ts';

const KEY = { description: 'Your own key for this request; sent again, it gives the same answer again.' };
const ERRORS = { description: 'Why it was refused; empty when it was not.' };

export const AccountKindEnum = enumType('AccountKind', 'What the shop owes to a shopper.', {
  points: 'Loyalty points, one account a shopper.',
  gift_card: 'A gift card in one currency; whoever has its code can pay with it.',
});

@ObjectType('Account', { description: 'Points or a gift card. It changes only with an entry, and never goes below zero.' })
export class AccountType {
  @Field(() => ID, { description: 'Id of the account.' })
  id!: string;

  @Field(() => AccountKindEnum, { description: 'What it holds.' })
  kind!: keyof typeof AccountKindEnum;

  @Field(() => String, { nullable: true, description: 'ISO 4217 code of a gift card; null for points.' })
  currency!: string | null;

  @Field(() => MinorUnits, { description: 'What can be spent: points, or minor units of the currency.' })
  balance!: number;

  @Field(() => MinorUnits, { description: 'Points that are promised until the return window of their order has passed.' })
  pending!: number;

  @Field(() => String, { nullable: true, description: 'Last symbols of the code; null where there is none.' })
  codeEnding!: string | null;

  @Field(() => DateTime, {
    nullable: true,
    description: 'When the balance is forfeited; null = never. For points it moves on with every use.',
  })
  expiresAt!: Date | null;

  @Field(() => DateTime, { description: 'When it was opened.' })
  createdAt!: Date;
}

@ObjectType('AccountEntry', { description: 'One change of an account; the balance is the sum of all.' })
export class AccountEntryType {
  @Field(() => ID, { description: 'Id of the entry.' })
  id!: string;

  @Field(() => String, {
    description:
      'issue, adjust, earn, refer (for the referrer), referred (for the friend), release, take_back, spend, give_back or expire.',
  })
  kind!: string;

  @Field(() => MinorUnits, { description: 'Change of the balance.' })
  available!: number;

  @Field(() => MinorUnits, { description: 'Change of what is promised.' })
  pending!: number;

  @Field(() => String, { nullable: true, description: "The shop's own number of the order it belongs to." })
  orderExternalId!: string | null;

  @Field(() => DateTime, { description: 'When.' })
  at!: Date;

  @Field(() => DateTime, { nullable: true, description: 'Of a promise: when it can be spent.' })
  availableAt!: Date | null;
}

@ObjectType('EarnedPoints', { description: 'Points that a cart earns: promised with the order, spendable after the return window.' })
export class EarnedPointsType {
  @Field(() => MinorUnits, { description: 'Points for the shopper.' })
  points!: number;

  @Field(() => MinorUnits, { description: 'Points for whoever brought the shopper.' })
  referrerPoints!: number;
}

@ObjectType('AccountPayment', { description: 'What an account pays, or gets back.' })
export class AccountPaymentType {
  @Field(() => ID, { description: 'Id of the account.' })
  accountId!: string;

  @Field(() => AccountKindEnum, { description: 'What it holds.' })
  kind!: keyof typeof AccountKindEnum;

  @Field(() => MoneyType, { description: 'The amount.' })
  amount!: MoneyType;

  @Field(() => MinorUnits, { description: 'The same in points, or in minor units of a gift card.' })
  units!: number;
}

@ObjectType('CartPayments', { description: 'How a cart is paid. Points and gift cards pay the price and never change it.' })
export class CartPaymentsType {
  @Field(() => [AccountPaymentType], { description: 'Points, then gift cards in the order given.' })
  accounts!: AccountPaymentType[];

  @Field(() => MoneyType, { description: 'What is due now besides them: give it as expectedDueNowMinor.' })
  dueNow!: MoneyType;

  @Field(() => MoneyType, { description: 'What is paid otherwise in all, the balance of pre-sales included.' })
  rest!: MoneyType;

  @Field(() => [String], { description: 'Codes of gift cards that are unknown, have run out or are in another currency.' })
  refusedGiftCards!: readonly string[];
}

@ObjectType('Refund', { description: 'Where a refund goes: to each means in proportion to what it paid.' })
export class RefundType {
  @Field(() => [AccountPaymentType], { description: 'What went back to points and gift cards.' })
  accounts!: AccountPaymentType[];

  @Field(() => MoneyType, { description: 'What you have to give back the way it was paid.' })
  rest!: MoneyType;
}

@InputType('OpenAccountInput', { description: 'A shopper who joins the points.' })
export class OpenAccountInput {
  @Field(() => String, { description: "The shop's own id of them; one we do not know yet is kept, without consent to profiling." })
  userId!: string;

  @Field(() => String, {
    nullable: true,
    description:
      'HMAC-SHA-256 of their e-mail or phone in hexadecimal, so that nobody refers themselves by another account. Never the clear text.',
  })
  guestKey?: string | null;
}

@ObjectType('OpenAccountPayload', { description: 'Answer of openAccount.' })
export class OpenAccountPayloadType {
  @Field(() => AccountType, { nullable: true, description: 'Their points; null when it was refused.' })
  account!: AccountType | null;

  @Field(() => String, { nullable: true, description: 'What friends give as referralCode; always the same.' })
  referralCode!: string | null;

  @Field(() => [UserErrorType], ERRORS)
  userErrors!: SimpleUserErrorType[];
}

@InputType('IssueGiftCardInput', { description: 'A gift card to make.' })
export class IssueGiftCardInput {
  @Field(() => String, KEY)
  idempotencyKey!: string;

  @Field(() => MinorUnits, { description: 'What it holds, above 0.' })
  amountMinor!: number;

  @Field(() => String, { description: 'ISO 4217 code; it pays carts in this currency.' })
  currency!: string;

  @Field(() => DateTime, { nullable: true, description: 'When it runs out; left out is never.' })
  expiresAt?: Date | null;

  @Field(() => String, { nullable: true, description: "The shop's own id of whose page shall show it; anybody with the code can pay." })
  userId?: string | null;
}

@ObjectType('IssueGiftCardPayload', { description: 'Answer of issueGiftCard.' })
export class IssueGiftCardPayloadType {
  @Field(() => AccountType, { nullable: true, description: 'The card; null when it was refused.' })
  account!: AccountType | null;

  @Field(() => String, {
    nullable: true,
    description: 'The code. It is kept nowhere: only this answer, asked again with the same key, has it.',
  })
  code!: string | null;

  @Field(() => [UserErrorType], ERRORS)
  userErrors!: SimpleUserErrorType[];
}

@InputType('AdjustPointsInput', { description: 'Points to give or take by hand.' })
export class AdjustPointsInput {
  @Field(() => String, KEY)
  idempotencyKey!: string;

  @Field(() => String, { description: "The shop's own id of the shopper." })
  userId!: string;

  @Field(() => MinorUnits, { description: 'Points; below 0 takes them, never below a balance of 0.' })
  points!: number;

  @Field(() => String, { description: 'Why; kept in the audit log, so never personal data.' })
  reason!: string;
}

@ObjectType('AdjustPointsPayload', { description: 'Answer of adjustPoints.' })
export class AdjustPointsPayloadType {
  @Field(() => AccountType, { nullable: true, description: 'Their points; null when it was refused.' })
  account!: AccountType | null;

  @Field(() => [UserErrorType], ERRORS)
  userErrors!: SimpleUserErrorType[];
}
