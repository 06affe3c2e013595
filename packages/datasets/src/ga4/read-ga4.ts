import { createHash } from 'node:crypto';
import { EVENT_TYPES, type EventType } from '@promolift/domain';
import type { FileTally } from '../shared/import-report.ts';
import { type FormatReader, type ReadContext, unstatedConsent } from '../shared/reader.ts';
import { Ga4Event, type Ga4Item, paramOf } from './event-schema.ts';
import { readLines } from './read-lines.ts';
import { GA4_RULES } from './rules.ts';

const TYPE_OF: ReadonlyMap<string, EventType> = new Map<string, EventType>([
  ...EVENT_TYPES.map((type): [string, EventType] => [type, type]),
  ['view_search_results', 'search'],
]);

/** GA4's BigQuery export as JSON lines: one event a line, products inside it. */
export const ga4: FormatReader = {
  format: 'ga4',
  defaults: { currency: 'USD', timeZone: 'UTC' },
  rules: GA4_RULES,
  detect: (headers) => [...headers.values()].some((header) => header.includes('event_name') && header.includes('event_timestamp')),
  async *read(context) {
    const seen: Seen = { users: new Set(), transactions: new Set() };
    for (const path of context.paths) {
      const tally = context.tally(path);
      let row = 0;
      const limit = context.options.limit ?? Number.POSITIVE_INFINITY;
      for await (const lines of readLines(path)) {
        for (const line of lines) {
          row += 1;
          if (line === '' || line === '\r') continue;
          if (tally.counts.rowsRead >= limit) break;
          tally.startRow(row);
          if (line === null) tally.apply('line_too_long');
          else takeLine(line, context, tally, seen);
        }
        yield* context.sink.full();
        if (tally.counts.rowsRead >= limit) break;
      }
    }
    yield* context.sink.rest();
  },
};

interface Seen {
  users: Set<string>;
  transactions: Set<string>;
}

/** What all rows of one event share. */
interface Shared {
  id: string;
  type: EventType;
  userExternalId: string | null;
  anonymousId: string | null;
  at: Date;
  orderExternalId: string | null;
}

function takeLine(line: string, context: ReadContext, tally: FileTally, seen: Seen): void {
  const event = parseEvent(line);
  if (!event || !(event.user_id || event.user_pseudo_id)) {
    tally.apply('not_an_event', line);
    return;
  }
  const type = TYPE_OF.get(event.event_name);
  if (!type) {
    tally.apply('event_not_used', event.event_name);
    return;
  }
  const at = new Date(Math.floor(event.event_timestamp / 1_000));
  if (!context.isPossible(at)) {
    tally.apply('bad_timestamp', String(event.event_timestamp));
    return;
  }
  const currency = paramOf(event, 'currency');
  if (currency !== null && currency !== context.currency) {
    tally.apply('other_currency', currency);
    return;
  }
  const items = (event.items ?? []).filter((item) => item.item_id);
  if (items.length === 0 && type !== 'search' && type !== 'begin_checkout') {
    tally.apply('no_item');
    return;
  }
  const transaction = event.ecommerce?.transaction_id || paramOf(event, 'transaction_id');
  if (type === 'purchase' && transaction) {
    if (seen.transactions.has(transaction)) {
      tally.apply('duplicate_transaction', transaction);
      return;
    }
    seen.transactions.add(transaction);
  }
  if (type === 'purchase' && !transaction) tally.apply('transaction_id_missing');
  const shared: Shared = {
    id: createHash('sha256').update(line.trim()).digest('hex').slice(0, 32),
    type,
    userExternalId: event.user_id || null,
    anonymousId: event.user_pseudo_id || null,
    at,
    orderExternalId: transaction || null,
  };
  emitUser(shared, context, seen);
  emitEvents(event, items, shared, context, tally);
  if (type === 'purchase' && transaction) emitOrder(event, items, transaction, shared, context);
}

function parseEvent(line: string): Ga4Event | null {
  try {
    return Ga4Event.safeParse(JSON.parse(line)).data ?? null;
  } catch {
    return null;
  }
}

function emitUser({ userExternalId, at }: Shared, context: ReadContext, { users }: Seen): void {
  if (userExternalId === null || users.has(userExternalId)) return;
  users.add(userExternalId);
  context.sink.push({ kind: 'user', externalId: userExternalId, createdAt: at, email: null, ...unstatedConsent(context.options) });
}

function emitEvents(event: Ga4Event, items: readonly Ga4Item[], shared: Shared, context: ReadContext, tally: FileTally): void {
  const { id, ...rest } = shared;
  const base = { kind: 'event' as const, ...rest, rating: null, query: paramOf(event, 'search_term') };
  if (items.length === 0) {
    context.sink.push({ ...base, eventId: id, sku: null, quantity: null, valueMinor: null, currency: null });
    return;
  }
  if (items.some((item) => priceOf(item, context) === 0)) tally.apply('item_without_price');
  for (const [at, item] of items.entries()) {
    const sku = item.item_id ?? '';
    const priceMinor = priceOf(item, context);
    if (priceMinor > 0) emitProduct(item, sku, priceMinor, shared.at, context);
    const rating = shared.type === 'rate_item' ? Number(paramOf(event, 'rating') ?? paramOf(event, 'value') ?? Number.NaN) : Number.NaN;
    context.sink.push({
      ...base,
      eventId: `${id}-${at}`,
      sku: context.catalog.has(sku) ? sku : null,
      quantity: quantityOf(item),
      valueMinor: priceMinor > 0 ? priceMinor * quantityOf(item) : null,
      currency: priceMinor > 0 ? context.currency : null,
      rating: Number.isFinite(rating) ? rating : null,
    });
  }
}

function emitProduct(item: Ga4Item, sku: string, priceMinor: number, at: Date, { catalog }: ReadContext): void {
  if (catalog.has(sku)) {
    catalog.price(sku, priceMinor, at);
    return;
  }
  const category = item.item_category || null;
  if (category) catalog.category(category, category, null);
  catalog.product({
    sku,
    name: item.item_name || sku,
    categoryKey: category,
    priceMinor,
    costMinor: null,
    stock: null,
    attributes: {},
    at,
  });
}

function emitOrder(event: Ga4Event, items: readonly Ga4Item[], transaction: string, shared: Shared, context: ReadContext): void {
  const { sink, catalog, currency, digits } = context;
  const lines = items.filter((item) => priceOf(item, context) > 0);
  if (lines.length === 0) return;
  sink.push({
    kind: 'order',
    externalId: transaction,
    userExternalId: shared.userExternalId,
    anonymousId: shared.anonymousId,
    at: shared.at,
    currency,
    channel: 'web',
    country: null,
    shippingMinor: Math.max(0, Math.round((event.ecommerce?.shipping_value ?? 0) * 10 ** digits)),
    status: 'placed',
  });
  for (const [at, item] of lines.entries()) {
    const sku = item.item_id ?? '';
    sink.push({
      kind: 'orderLine',
      orderExternalId: transaction,
      lineNumber: at + 1,
      sku,
      quantity: quantityOf(item),
      unitPriceMinor: priceOf(item, context),
      discountMinor: 0,
      costMinor: catalog.costOf(sku),
    });
  }
}

/** Price in minor units, 0 when there is none. GA4's price is what was paid for a piece, discounts taken off. */
function priceOf(item: Ga4Item, { digits }: ReadContext): number {
  return Math.max(0, Math.round((item.price ?? 0) * 10 ** digits));
}

function quantityOf(item: Ga4Item): number {
  return Math.max(1, Math.round(item.quantity ?? 1));
}
