import type { LocalizedText } from '@promolift/domain';
import type { Pool } from 'pg';
import { AWAY } from '../response/shopper-groups.ts';

export type AudienceSegment = {
  key: string;
  name: LocalizedText;
  /** Members who agreed to be targeted. */
  size: number;
  /** Orders per member in the last 28 days, and per 28 days in the 84 before. */
  recentOrders: number;
  usualOrders: number;
  /** Members who bought before and are silent for more than 28 days. */
  silentCount: number;
  /** Orders a day by the members' own rhythm. */
  rhythm: Rhythm;
  /** Members' part of the shop's orders in the last 84 days. */
  orderShare: number;
  /** Category key → units bought by members in the last 84 days. */
  unitsByCategory: Map<string, number>;
};

/** Days over which buying habits of an audience are counted. */
export const SHARE_DAYS = 84;

type Row = {
  key: string;
  name: LocalizedText;
  size: number;
  recent: number;
  usual: number;
  silent: number;
  present: number;
  missing: number;
  orders: number;
  all_orders: number;
};

/** Each user's rhythm at `$1`: orders a day, and whether they are away; as `missingRate` has it for days of the past. */
const RHYTHMS = `select user_id, rate, silent_days >= ${AWAY.leastDays} and silent_days * rate >= ${AWAY.silentIntervals} is_away from (
    select user_id, $1::date - max(day) silent_days, count(*)::float8 / greatest(${AWAY.leastSpanDays}, max(day) - min(day) + ${AWAY.spanPaddingDays}) rate from (
      select distinct user_id, placed_at::date as day from orders
      where status = 'placed' and placed_at < $1 and placed_at >= $1::timestamptz - interval '730 days' and user_id is not null) ordered
    group by user_id) rates`;

/** Orders a day by everybody's rhythm: of those who still come, and of those who stay away. */
export type Rhythm = { presentPerDay: number; missingPerDay: number };

export async function readRhythm(sql: Pool, now: Date): Promise<Rhythm> {
  const { rows } = await sql.query<Rhythm>(
    `select coalesce(sum(rate) filter (where not is_away), 0)::float8 "presentPerDay", coalesce(sum(rate) filter (where is_away), 0)::float8 "missingPerDay" from (${RHYTHMS}) rhythms`,
    [now],
  );
  return rows[0] ?? { presentPerDay: 0, missingPerDay: 0 };
}

/** Segments with members now, and what their members did; users without consent are in no audience. */
export async function readSegments(sql: Pool, now: Date): Promise<AudienceSegment[]> {
  const [sizes, units] = await Promise.all([
    sql.query<Row>(
      `with member as (
         select m.segment_id, u.id from segment_members m join users u on u.id = m.user_id and u.has_consent and u.erased_at is null where m.valid_to is null),
       activity as (
         select o.user_id, count(*) filter (where o.placed_at >= $1::timestamptz - interval '28 days') recent,
           count(*) filter (where o.placed_at < $1::timestamptz - interval '28 days') usual, count(*) filter (where o.placed_at >= $1::timestamptz - make_interval(days => $2)) orders
         from orders o where o.status = 'placed' and o.placed_at >= $1::timestamptz - interval '112 days' and o.placed_at < $1 and o.user_id is not null group by o.user_id),
       rhythm as (${RHYTHMS})
       select s.key, s.name, count(m.id) size, coalesce(sum(a.recent), 0)::float8 recent, coalesce(sum(a.usual), 0)::float8 usual,
         count(m.id) filter (where coalesce(a.recent, 0) = 0 and coalesce(a.usual, 0) > 0) silent,
         coalesce(sum(a.orders), 0)::float8 orders, (select coalesce(sum(orders), 0)::float8 from activity) all_orders,
         coalesce(sum(w.rate) filter (where not w.is_away), 0)::float8 present, coalesce(sum(w.rate) filter (where w.is_away), 0)::float8 missing
       from segments s join member m on m.segment_id = s.id left join activity a on a.user_id = m.id left join rhythm w on w.user_id = m.id
       where s.retired_at is null group by s.id order by s.key`,
      [now, SHARE_DAYS],
    ),
    sql.query<{ key: string; category: string | null; units: number }>(
      `select s.key, c.key category, sum(l.quantity)::float8 units
       from segments s join segment_members m on m.segment_id = s.id and m.valid_to is null join users u on u.id = m.user_id and u.has_consent and u.erased_at is null
       join orders o on o.user_id = u.id and o.status = 'placed' and o.placed_at >= $1::timestamptz - make_interval(days => $2) and o.placed_at < $1
       join order_lines l on l.order_id = o.id and not l.is_gift join products p on p.id = l.product_id left join categories c on c.id = p.category_id
       where s.retired_at is null group by s.key, c.key`,
      [now, SHARE_DAYS],
    ),
  ]);
  const bySegment = Map.groupBy(units.rows, (row) => row.key);
  return sizes.rows.map((row) => ({
    key: row.key,
    name: row.name,
    size: Number(row.size),
    recentOrders: row.recent / row.size,
    usualOrders: row.usual / row.size / 3,
    silentCount: Number(row.silent),
    orderShare: row.orders / Math.max(1, row.all_orders),
    rhythm: { presentPerDay: row.present, missingPerDay: row.missing },
    unitsByCategory: new Map((bySegment.get(row.key) ?? []).map((each) => [each.category ?? '', each.units])),
  }));
}

/**
 * Segment key → its members' part of the orders that are to be expected, by everybody's own rhythm. Not by the last weeks: who was put into a
 * segment for ordering little lately will order more again, and the other way round.
 */
export const orderSharesOf = (segments: readonly AudienceSegment[], all: Rhythm): Record<string, number> =>
  Object.fromEntries(segments.map(({ key, rhythm }) => [key, Math.min(1, rhythm.presentPerDay / Math.max(1e-9, all.presentPerDay))]));
