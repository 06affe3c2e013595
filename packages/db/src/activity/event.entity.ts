import { defineEntity, p } from '@mikro-orm/core';

const EventSchema = defineEntity({
  name: 'Event',
  tableName: 'events',
  properties: {
    occurredAt: p.datetime().primary(),
    id: p.uuid().primary(),
    type: p.string(),
    userId: p.uuid().nullable(),
    anonymousId: p.string().nullable(),
    productId: p.uuid().nullable(),
    orderExternalId: p.string().nullable(),
    quantity: p.integer().nullable(),
    valueMinor: p.bigint('number').nullable(),
    currency: p.string().nullable(),
    rating: p.float().nullable(),
    query: p.string().nullable(),
    trackingToken: p.string().nullable(),
    source: p.string(),
    receivedAt: p.datetime().defaultRaw('now()'),
  },
});
export class Event extends EventSchema.class {}
EventSchema.setClass(Event);
