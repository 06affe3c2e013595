import { EVENT_TYPES, type EventType as DomainEventType } from '@promolift/domain';
import { Field, Float, ID, InputType, Int, ObjectType } from 'type-graphql';
import { enumType } from '../shared/enum-type.ts';
import { DateTime } from '../shared/scalars.ts';
import { type SimpleUserErrorType, UserErrorType } from '../shared/user-error.type.ts';

const EVENT_WORDS: Readonly<Record<DomainEventType, string>> = {
  view_item: 'Looked at a product.',
  search: 'Searched.',
  add_to_cart: 'Put a product into the cart.',
  begin_checkout: 'Went to the till.',
  purchase: 'Bought; secret key only.',
  refund: 'Gave back; secret key only.',
  rate_item: 'Rated a product.',
};
const EventTypeEnum = enumType(
  'EventType',
  'What a shopper did, by its GA4 name.',
  Object.fromEntries(EVENT_TYPES.map((type) => [type, EVENT_WORDS[type]])) as Record<DomainEventType, string>,
);

@ObjectType('Event', { description: 'Something a shopper did.' })
export class EventType {
  @Field(() => ID, { description: 'UUID of the event.' })
  id!: string;

  @Field(() => EventTypeEnum, { description: 'What was done.' })
  type!: DomainEventType;

  @Field(() => DateTime, { description: 'When it was done.' })
  occurredAt!: Date;

  @Field(() => Int, { nullable: true, description: 'Units, where it is about units.' })
  quantity!: number | null;

  @Field(() => Float, { nullable: true, description: 'Rating, 0 to 5.' })
  rating!: number | null;

  @Field(() => String, { nullable: true, description: 'Words of a search.' })
  query!: string | null;

  productId!: string | null;
  valueMinor!: number | null;
  currency!: string | null;
}

@InputType('EventItemInput', { description: 'One product of an event (GA4 item).' })
export class EventItemInput {
  @Field(() => String, { description: 'Sku of the product.' })
  item_id!: string;

  @Field(() => Int, { nullable: true, description: 'Units.' })
  quantity?: number | null;

  @Field(() => Float, { nullable: true, description: 'Price of one unit in major units, as GA4 has it.' })
  price?: number | null;
}

@InputType('EventParamsInput', { description: 'GA4 e-commerce parameters.' })
export class EventParamsInput {
  @Field(() => String, { nullable: true, description: 'ISO 4217 code of the amounts.' })
  currency?: string | null;

  @Field(() => Float, { nullable: true, description: 'Amount of the whole event in major units, as GA4 has it.' })
  value?: number | null;

  @Field(() => String, { nullable: true, description: "The shop's number of the order; needed for purchase and refund." })
  transaction_id?: string | null;

  @Field(() => String, { nullable: true, description: 'Words of a search.' })
  search_term?: string | null;

  @Field(() => Float, { nullable: true, description: 'Rating, 0 to 5.' })
  rating?: number | null;

  @Field(() => [EventItemInput], { nullable: true, description: 'Products it is about.' })
  items?: EventItemInput[] | null;
}

@InputType('EventInput', { description: 'Something a shopper did. Name them by userId or anonymousId.' })
export class EventInput {
  @Field(() => String, { description: 'Your own id of the event; sent again, it changes nothing.' })
  eventId!: string;

  @Field(() => EventTypeEnum, { description: 'What was done.' })
  name!: DomainEventType;

  @Field(() => DateTime, { description: 'When; within the last 30 days and at most 5 minutes ahead.' })
  occurredAt!: Date;

  @Field(() => String, { nullable: true, description: "The shop's own id of the shopper." })
  userId?: string | null;

  @Field(() => String, { nullable: true, description: "The browser's id, while nobody is signed in." })
  anonymousId?: string | null;

  @Field(() => EventParamsInput, { nullable: true, description: 'GA4 e-commerce parameters.' })
  params?: EventParamsInput | null;

  @Field(() => String, { nullable: true, description: 'Token of the recommendation or offer that led here.' })
  trackingToken?: string | null;
}

@ObjectType('RejectedEvent', { description: 'An event of a batch that was not kept.' })
export class RejectedEventType {
  @Field(() => Int, { description: 'Its place in the batch, from 0.' })
  index!: number;

  @Field(() => String, { nullable: true, description: 'Its own id.' })
  eventId!: string | null;

  @Field(() => String, { description: 'Stable code, for example UNKNOWN_PRODUCT.' })
  code!: string;

  @Field(() => String, { description: 'What is wrong, one sentence.' })
  message!: string;
}

@ObjectType('TrackEventsPayload', { description: 'Answer of trackEvents, given after the events are kept.' })
export class TrackEventsPayloadType {
  @Field(() => Int, { description: 'Events that were new.' })
  acceptedCount!: number;

  @Field(() => Int, { description: 'Events that we had already.' })
  duplicateCount!: number;

  @Field(() => [RejectedEventType], { description: 'Events that were not kept; the others were.' })
  rejected!: RejectedEventType[];

  @Field(() => [UserErrorType], { description: 'Why the whole batch was refused; empty when it was not.' })
  userErrors!: SimpleUserErrorType[];
}
