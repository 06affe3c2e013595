import { AppError, currencyExponent, MAX_EVENTS_PER_BATCH, needsSecretKey, TrackedEvent } from '@promolift/domain';
import { isPublishable } from '../shared/actor.ts';
import type { Deps } from '../shared/deps.ts';

/** One event as a storefront sends it, with GA4's names and parameters; `value` and `price` are in major units, as GA4 has them. */
export type EventRequest = {
  eventId: string;
  name: string;
  occurredAt: Date;
  userId?: string | null;
  anonymousId?: string | null;
  trackingToken?: string | null;
  params?: {
    currency?: string | null;
    value?: number | null;
    transaction_id?: string | null;
    search_term?: string | null;
    rating?: number | null;
    items?: readonly { item_id: string; quantity?: number | null; price?: number | null }[] | null;
  } | null;
};

export type RejectedEvent = { index: number; eventId: string | null; code: string; message: string };
export type TrackedBatch = { acceptedCount: number; duplicateCount: number; rejected: RejectedEvent[] };

const OLDEST_MS = 30 * 86_400_000;
const NEWEST_MS = 5 * 60_000;

type Row = TrackedEvent & { index: number; itemIndex: number; trackingToken: string | null };

/**
 * Keeps a batch of at most 1,000 events: good ones are kept, bad ones listed by index. Idempotent by event id; order of
 * arrival does not matter. Answers after commit. Throws PAYLOAD_TOO_LARGE above the batch limit.
 */
export async function trackEvents(deps: Deps, events: readonly EventRequest[]): Promise<TrackedBatch> {
  if (events.length > MAX_EVENTS_PER_BATCH)
    throw new AppError('PAYLOAD_TOO_LARGE', `A batch holds at most ${MAX_EVENTS_PER_BATCH} events; this one has ${events.length}.`, {
      field: ['events'],
    });
  const rejected: RejectedEvent[] = [];
  const rows = events.flatMap((event, index) => parseEvent(deps, event, index, rejected));
  const unknown = await unknownSkus(deps, rows);
  const known = rows.filter((row) => {
    if (row.sku === null || !unknown.has(row.sku)) return true;
    rejected.push({
      index: row.index,
      eventId: row.eventId,
      code: 'UNKNOWN_PRODUCT',
      message: `There is no product with sku "${row.sku}".`,
    });
    return false;
  });
  const accepted = known.length === 0 ? new Set<string>() : await keep(deps, known);
  const ids = new Set(known.map((row) => row.eventId));
  return { acceptedCount: accepted.size, duplicateCount: ids.size - accepted.size, rejected: rejected.sort((a, b) => a.index - b.index) };
}

/** One row an item: GA4 puts several products into one event. */
function parseEvent(deps: Deps, event: EventRequest, index: number, rejected: RejectedEvent[]): Row[] {
  const reject = (code: string, message: string): Row[] => {
    rejected.push({ index, eventId: event.eventId, code, message });
    return [];
  };
  const age = deps.clock.now().getTime() - event.occurredAt.getTime();
  if (!(age <= OLDEST_MS && age >= -NEWEST_MS))
    return reject('TIME_OUT_OF_RANGE', 'occurredAt must lie within the last 30 days and at most 5 minutes ahead.');
  const items = event.params?.items?.length ? event.params.items : [null];
  const rows: Row[] = [];
  for (const [itemIndex, item] of items.entries()) {
    const currency = event.params?.currency ?? null;
    const parsed = TrackedEvent.safeParse({
      eventId: event.eventId,
      type: event.name,
      userExternalId: event.userId ?? null,
      anonymousId: event.anonymousId ?? null,
      sku: item?.item_id ?? null,
      at: event.occurredAt,
      quantity: item?.quantity ?? null,
      valueMinor: minorOf(
        item?.price ?? (items.length === 1 ? event.params?.value : null),
        item?.price != null ? (item.quantity ?? 1) : 1,
        currency,
      ),
      currency,
      rating: event.params?.rating ?? null,
      query: event.params?.search_term ?? null,
      orderExternalId: event.params?.transaction_id ?? null,
    });
    if (!parsed.success)
      return reject('BAD_EVENT', `${parsed.error.issues[0]?.path.join('.') ?? ''}: ${parsed.error.issues[0]?.message ?? 'not valid'}`);
    if (needsSecretKey(parsed.data.type) && isPublishable(deps.actor))
      return reject('SECRET_KEY_REQUIRED', 'Purchases and refunds are accepted with the secret key only.');
    rows.push({ ...parsed.data, index, itemIndex, trackingToken: event.trackingToken ?? null });
  }
  return rows;
}

function minorOf(amount: number | null | undefined, quantity: number, currency: string | null): number | null {
  if (amount === null || amount === undefined || currency === null) return null;
  return Math.round(amount * 10 ** currencyExponent(currency)) * quantity;
}

async function unknownSkus({ sql }: Deps, rows: readonly Row[]): Promise<Set<string>> {
  const skus = [...new Set(rows.flatMap((row) => row.sku ?? []))];
  if (skus.length === 0) return new Set();
  const { rows: found } = await sql.query<{ sku: string }>('select sku from products where sku = any($1)', [skus]);
  const known = new Set(found.map((row) => row.sku));
  return new Set(skus.filter((sku) => !known.has(sku)));
}

/** Event ids that are new; their rows are in the table when this returns. */
async function keep(deps: Deps, rows: readonly Row[]): Promise<Set<string>> {
  const payload = rows.map((row) => ({ ...row, at: row.at.toISOString() }));
  const { rows: kept } = await deps.sql.query<{ event_id: string }>(
    `with input as (
       select * from jsonb_to_recordset($1::jsonb) as e("eventId" text, type text, "userExternalId" text, "anonymousId" text, sku text, at timestamptz, quantity int,
         "valueMinor" bigint, currency text, rating real, query text, "orderExternalId" text, "trackingToken" text, "itemIndex" int)
     ), fresh as (
       insert into event_keys (event_id) select distinct "eventId" from input on conflict do nothing returning event_id
     ), written as (
       insert into events (id, occurred_at, type, user_id, anonymous_id, product_id, order_external_id, quantity, value_minor, currency, rating, query, tracking_token, source)
       select uuid_v7(e.at), e.at, e.type, u.id, coalesce(e."anonymousId", case when u.id is null then e."userExternalId" end), p.id, e."orderExternalId", e.quantity, e."valueMinor",
         e.currency, e.rating, e.query, e."trackingToken", 'api'
       from input e join fresh f on f.event_id = e."eventId"
       left join users u on u.external_id = e."userExternalId" and u.erased_at is null left join products p on p.sku = e.sku
     ) select event_id from fresh`,
    [JSON.stringify(payload)],
  );
  return new Set(kept.map((row) => row.event_id));
}
