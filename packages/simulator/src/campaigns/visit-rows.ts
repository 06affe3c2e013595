import type { Shop } from '../activity/shop.ts';
import { draw, drawWhole, PURPOSE } from '../shared/draws.ts';
import type { EventRow } from '../shared/rows.ts';
import type { Visit } from './visits.ts';

const SEARCH_RATE = 0.3;
const HALO_VIEW_RATE = 0.5;

/** An event of a visit's user. */
export function eventRow(visit: Visit, eventId: string, type: EventRow['type'], at: Date, parts: Partial<EventRow>): EventRow {
  const anonymousId = visit.channel === 'web' ? `a-${visit.user.index + 1}` : null;
  return {
    kind: 'event',
    eventId,
    type,
    userExternalId: visit.userExternalId,
    anonymousId,
    sku: null,
    at,
    quantity: null,
    valueMinor: null,
    currency: null,
    rating: null,
    query: null,
    orderExternalId: null,
    ...parts,
  };
}

/** What a visit leaves behind before checkout: searches, views and products put into the cart, a few seconds apart. */
export function visitRows(shop: Shop, visit: Visit): EventRow[] {
  const { seed } = shop.config;
  const { user, day } = visit;
  const rows: EventRow[] = [];
  const push = (type: EventRow['type'], parts: Partial<EventRow>) =>
    rows.push(
      eventRow(
        visit,
        `e-${day.index}-${user.index + 1}-${rows.length + 1}`,
        type,
        new Date(visit.at.getTime() + rows.length * 20_000),
        parts,
      ),
    );
  const seen = [...visit.browsed, ...visit.wants.filter((want) => want.anchor < 0).map((want) => want.product)];
  if (seen.length > 0 && draw(seed, user.index, day.index, PURPOSE.search) < SEARCH_RATE) {
    const target = shop.products[seen[drawWhole(seed, user.index, day.index, PURPOSE.search, seen.length, 1)]];
    push('search', {
      query:
        draw(seed, user.index, day.index, PURPOSE.search, 2) < 0.8
          ? target.noun.toLowerCase()
          : `${target.brand} ${target.noun}`.toLowerCase(),
    });
  }
  for (const product of visit.browsed) push('view_item', { sku: shop.products[product].sku });
  for (const want of visit.wants) {
    const { sku } = shop.products[want.product];
    if (want.anchor < 0 || draw(seed, user.index, day.index, PURPOSE.browse, want.product) < HALO_VIEW_RATE) push('view_item', { sku });
    push('add_to_cart', {
      sku,
      quantity: want.quantity,
      valueMinor: day.shelfMinor[want.product] * want.quantity,
      currency: shop.currency,
    });
  }
  return rows;
}
