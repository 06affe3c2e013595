import { z } from 'zod';
import { CurrencyCode } from '../shared/currencies.ts';
import { AmountMinor } from '../shared/money.ts';
import { EVENT_TYPES } from '../shared/shop-rows.ts';
import type { EventType } from '../shared/shop-rows.ts';

export const MAX_EVENTS_PER_BATCH = 1_000;

/** One event as a storefront sends it. Types that name a product need its sku; a search needs its words; a rating its value. */
export const TrackedEvent = z
  .object({
    eventId: z.string().min(1).max(200),
    type: z.enum(EVENT_TYPES),
    userExternalId: z.string().min(1).max(200).nullable().default(null),
    anonymousId: z.string().min(1).max(200).nullable().default(null),
    sku: z.string().min(1).max(200).nullable().default(null),
    at: z.date(),
    quantity: z.int().min(1).max(100_000).nullable().default(null),
    valueMinor: AmountMinor.nullable().default(null),
    currency: CurrencyCode.nullable().default(null),
    rating: z.number().min(0).max(5).nullable().default(null),
    query: z.string().max(500).nullable().default(null),
    orderExternalId: z.string().min(1).max(200).nullable().default(null),
  })
  .superRefine((event, context) => {
    const need = (field: 'sku' | 'query' | 'rating' | 'orderExternalId' | 'currency', isNeeded: boolean) => {
      if (isNeeded && event[field] === null)
        context.addIssue({ code: 'custom', path: [field], message: `a ${event.type} event needs ${field}` });
    };
    if (event.userExternalId === null && event.anonymousId === null)
      context.addIssue({ code: 'custom', path: ['anonymousId'], message: 'an event needs a user or an anonymous id' });
    need('sku', NAMES_PRODUCT.has(event.type));
    need('query', event.type === 'search');
    need('rating', event.type === 'rate_item');
    need('orderExternalId', COUNTS_MONEY.has(event.type));
    need('currency', event.valueMinor !== null);
  });
export type TrackedEvent = z.infer<typeof TrackedEvent>;

const NAMES_PRODUCT: ReadonlySet<EventType> = new Set(['view_item', 'add_to_cart', 'rate_item']);
const COUNTS_MONEY: ReadonlySet<EventType> = new Set(['purchase', 'refund']);

/** Purchases and refunds may be reported only with the secret key: anybody can read the publishable one. */
export const needsSecretKey = (type: EventType): boolean => COUNTS_MONEY.has(type);

/** How strongly an event says "I like this" (implicit feedback); refunds count against. */
export const EVENT_WEIGHTS: Readonly<Record<EventType, number>> = {
  view_item: 1,
  search: 0,
  add_to_cart: 3,
  begin_checkout: 0,
  purchase: 5,
  refund: -3,
  rate_item: 2,
};
