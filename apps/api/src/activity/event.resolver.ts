import { type EventRecord, trackEvents } from '@promolift/services';
import { Arg, Ctx, FieldResolver, Int, Mutation, Resolver, Root } from 'type-graphql';
import { ProductType } from '../products/product.type.ts';
import type { ApiContext } from '../shared/context.ts';
import { MoneyType, moneyOrNull } from '../shared/money.type.ts';
import { UserType } from '../users/user.type.ts';
import { EventInput, EventType, TrackEventsPayloadType } from './event.type.ts';

@Resolver(() => EventType)
export class EventResolver {
  @Mutation(() => TrackEventsPayloadType, {
    description: 'Keeps up to 1,000 events; good ones are kept, bad ones listed. GA4 names and parameters.',
  })
  async trackEvents(
    @Arg('events', () => [EventInput], { description: 'The events, in any order.' }) events: EventInput[],
    @Ctx() { deps }: ApiContext,
  ): Promise<TrackEventsPayloadType> {
    return { ...(await trackEvents(deps, events)), userErrors: [] };
  }

  @FieldResolver(() => ProductType, { nullable: true, description: 'The product it is about.' })
  product(@Root() { productId }: EventRecord, @Ctx() { loaders }: ApiContext): Promise<ProductType | null> | null {
    return productId ? loaders.product.load(productId) : null;
  }

  @FieldResolver(() => MoneyType, { nullable: true, description: 'Its amount.' })
  value(@Root() { valueMinor, currency }: EventRecord): MoneyType | null {
    return currency ? moneyOrNull(valueMinor, currency) : null;
  }
}

@Resolver(() => UserType)
export class UserEventsResolver {
  @FieldResolver(() => [EventType], { description: 'What they did, newest first.' })
  events(
    @Root() { id }: UserType,
    @Arg('first', () => Int, { defaultValue: 50, description: 'How many, 1 to 100.' }) first: number,
    @Ctx() { loaders }: ApiContext,
  ): Promise<EventType[]> {
    return loaders.eventsOfUser.load({ id, count: first });
  }
}
