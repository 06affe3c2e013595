import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { OrderType } from '../activity/order.type.ts';
import { MoneyType } from '../shared/money.type.ts';
import { MinorUnits } from '../shared/scalars.ts';
import { type SimpleUserErrorType, UserErrorType } from '../shared/user-error.type.ts';
import { RefundType } from './account.type.ts';
import { CartInput } from './cart.inputs.ts';
import { CartEvaluationType } from './cart.type.ts';
import { RedemptionType } from './redemption.type.ts';

const KEY = { description: 'Your own key for this request; sent again, it gives the same answer again.' };

@InputType('PlaceOrderInput', {
  description: 'A cart to take as an order. Prices and promotions are decided here, now; gifts are added by us.',
})
export class PlaceOrderInput extends CartInput {
  @Field(() => String, KEY)
  idempotencyKey!: string;

  @Field(() => String, { description: "The shop's own number of the order; unique." })
  externalId!: string;

  @Field(() => MinorUnits, {
    nullable: true,
    description: 'Refuse the order with PAYMENT_CHANGED when what is due now besides points and gift cards differs.',
  })
  expectedDueNowMinor?: number | null;

  @Field(() => [String], { nullable: true, description: 'Tokens of the recommendations and offers that led here.' })
  trackingTokens?: string[] | null;

  @Field(() => [ID], { nullable: true, description: 'Reservations to spend on it.' })
  reservationIds?: string[] | null;

  @Field(() => MinorUnits, { nullable: true, description: 'Refuse the order with PRICE_CHANGED when the total differs.' })
  expectedTotalMinor?: number | null;
}

@ObjectType('PlaceOrderPayload', { description: 'Answer of placeOrder.' })
export class PlaceOrderPayloadType {
  @Field(() => OrderType, { nullable: true, description: 'The order; null when it was refused.' })
  order!: OrderType | null;

  @Field(() => CartEvaluationType, { nullable: true, description: 'How it was priced; null when the same request was answered before.' })
  evaluation!: CartEvaluationType | null;

  @Field(() => [RedemptionType], { description: 'Promotions that were used on it.' })
  redemptions!: RedemptionType[];

  @Field(() => [UserErrorType], { description: 'Why it was refused; empty when it was not.' })
  userErrors!: SimpleUserErrorType[];
}

@InputType('CancelOrderInput', { description: 'An order to undo.' })
export class CancelOrderInput {
  @Field(() => String, KEY)
  idempotencyKey!: string;

  @Field(() => String, { description: "The shop's own number of the order." })
  externalId!: string;
}

@ObjectType('CancelOrderPayload', { description: 'Answer of cancelOrder.' })
export class CancelOrderPayloadType {
  @Field(() => OrderType, { nullable: true, description: 'The order; null when it was refused.' })
  order!: OrderType | null;

  @Field(() => [RedemptionType], { description: 'Uses whose amount and count went back to their campaigns.' })
  released!: RedemptionType[];

  @Field(() => RefundType, { nullable: true, description: 'Where the money goes; null when it was refused.' })
  refunded!: RefundType | null;

  @Field(() => [UserErrorType], { description: 'Why it was refused; empty when it was not.' })
  userErrors!: SimpleUserErrorType[];
}

@InputType('ReturnLineInput', { description: 'Units of one line that come back.' })
export class ReturnLineInput {
  @Field(() => Int, { description: 'Place of the line in the order, from 1.' })
  lineNumber!: number;

  @Field(() => Int, { description: 'Units that come back now.' })
  quantity!: number;
}

@InputType('ReturnItemsInput', { description: 'Items that come back.' })
export class ReturnItemsInput {
  @Field(() => String, KEY)
  idempotencyKey!: string;

  @Field(() => String, { description: "The shop's own number of the order." })
  orderExternalId!: string;

  @Field(() => [ReturnLineInput], { description: 'Which units.' })
  lines!: ReturnLineInput[];
}

@ObjectType('ReturnItemsPayload', { description: 'Answer of returnItems.' })
export class ReturnItemsPayloadType {
  @Field(() => OrderType, { nullable: true, description: 'The order; null when it was refused.' })
  order!: OrderType | null;

  @Field(() => MoneyType, { nullable: true, description: 'What the shopper gets back: exactly what was paid for these units.' })
  refund!: MoneyType | null;

  @Field(() => MoneyType, { nullable: true, description: 'Share of the discount that went back to the campaigns.' })
  discountGivenBack!: MoneyType | null;

  @Field(() => RefundType, { nullable: true, description: 'Where the refund goes; null when it was refused.' })
  refunded!: RefundType | null;

  @Field(() => [UserErrorType], { description: 'Why it was refused; empty when it was not.' })
  userErrors!: SimpleUserErrorType[];
}
