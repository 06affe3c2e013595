import type { OrderLineRecord, OrderRecord } from '@promolift/services';
import { Field, Int, ObjectType } from 'type-graphql';
import { enumType } from '../shared/enum-type.ts';
import { NodeType } from '../shared/node.type.ts';
import { DateTime } from '../shared/scalars.ts';

export const OrderStatusEnum = enumType('OrderStatus', 'Does an order stand?', {
  placed: 'It stands.',
  cancelled: 'It was undone; its discounts went back to their campaigns.',
});

@ObjectType('Order', { implements: NodeType, description: 'Something a shopper bought.' })
export class OrderType extends NodeType implements OrderRecord {
  @Field(() => String, { description: "The shop's own number of it." })
  externalId!: string;

  @Field(() => DateTime, { description: 'When it was placed.' })
  placedAt!: Date;

  @Field(() => OrderStatusEnum, { description: 'Does it stand?' })
  status!: keyof typeof OrderStatusEnum;

  @Field(() => String, { nullable: true, description: 'Where it was placed, for example web.' })
  channel!: string | null;

  @Field(() => String, { nullable: true, description: 'ISO 3166 code of the country.' })
  country!: string | null;

  userId!: string | null;
  currency!: string;
  subtotalMinor!: number;
  discountMinor!: number;
  shippingMinor!: number;
  addedTaxMinor!: number;
  totalMinor!: number;
}

@ObjectType('OrderLine', { description: 'One product of an order.' })
export class OrderLineType implements OrderLineRecord {
  @Field(() => Int, { description: 'Its place in the order, from 1; returnItems wants it.' })
  lineNumber!: number;

  @Field(() => Int, { description: 'Units.' })
  quantity!: number;

  @Field(() => Boolean, { description: 'Was it given for free by a promotion?' })
  isGift!: boolean;

  @Field(() => Int, { description: 'Units that came back so far.' })
  returnedQuantity!: number;

  orderId!: string;
  currency!: string;
  productId!: string;
  unitPriceMinor!: number;
  discountMinor!: number;
}
