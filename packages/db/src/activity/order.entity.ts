import { defineEntity, p } from '@mikro-orm/core';
import type { LineAllocation } from '@promolift/domain';

const orderStatuses = ['placed', 'cancelled'] as const;

const OrderSchema = defineEntity({
  name: 'Order',
  tableName: 'orders',
  properties: {
    id: p.uuid().primary(),
    externalId: p.string(),
    userId: p.uuid().nullable(),
    anonymousId: p.string().nullable(),
    placedAt: p.datetime(),
    currency: p.string(),
    status: p.enum(orderStatuses).default('placed'),
    channel: p.string().nullable(),
    country: p.string().nullable(),
    subtotalMinor: p.bigint('number'),
    discountMinor: p.bigint('number').default(0),
    shippingMinor: p.bigint('number').default(0),
    addedTaxMinor: p.bigint('number').default(0),
    totalMinor: p.bigint('number'),
    source: p.string(),
    createdAt: p.datetime().defaultRaw('now()'),
    cancelledAt: p.datetime().nullable(),
  },
});
export class Order extends OrderSchema.class {}
OrderSchema.setClass(Order);

const OrderLineSchema = defineEntity({
  name: 'OrderLine',
  tableName: 'order_lines',
  properties: {
    orderId: p.uuid().primary(),
    lineNumber: p.integer().primary(),
    productId: p.uuid(),
    quantity: p.integer(),
    unitPriceMinor: p.bigint('number'),
    discountMinor: p.bigint('number').default(0),
    costMinor: p.bigint('number').nullable(),
    isGift: p.boolean().default(false),
    addedTaxMinor: p.bigint('number').default(0),
    allocations: p.json<LineAllocation[]>().defaultRaw("'[]'"),
  },
});
export class OrderLine extends OrderLineSchema.class {}
OrderLineSchema.setClass(OrderLine);

const OrderReturnSchema = defineEntity({
  name: 'OrderReturn',
  tableName: 'returns',
  properties: {
    id: p.uuid().primary(),
    externalId: p.string(),
    orderId: p.uuid().nullable(),
    lineNumber: p.integer().nullable(),
    userId: p.uuid().nullable(),
    productId: p.uuid(),
    quantity: p.integer(),
    refundMinor: p.bigint('number'),
    currency: p.string(),
    returnedAt: p.datetime(),
  },
});
export class OrderReturn extends OrderReturnSchema.class {}
OrderReturnSchema.setClass(OrderReturn);
