import type { LocalizedText } from '@promolift/domain';
import type { Pool } from 'pg';

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
  /** Category key → units bought by members in the last 84 days. */
  unitsByCategory: Map<string, number>;
};

/** Days over which buying habits of an audience are counted. */
export const SHARE_DAYS = 84;

type Row = { key: string; name: LocalizedText; size: number; recent: number; usual: number; silent: number };

/** Segments with members now, and what their members did; users without consent are in no audience. */
export async function readSegments(sql: Pool, now: Date): Promise<AudienceSegment[]> {
  const [sizes, units] = await Promise.all([
    sql.query<Row>(
      `with member as (
         select m.segment_id, u.id from segment_members m join users u on u.id = m.user_id and u.has_consent and u.erased_at is null where m.valid_to is null),
       activity as (
         select o.user_id, count(*) filter (where o.placed_at >= $1::timestamptz - interval '28 days') recent,
           count(*) filter (where o.placed_at < $1::timestamptz - interval '28 days') usual
         from orders o where o.status = 'placed' and o.placed_at >= $1::timestamptz - interval '112 days' and o.placed_at < $1 and o.user_id is not null group by o.user_id)
       select s.key, s.name, count(m.id) size, coalesce(sum(a.recent), 0)::float8 recent, coalesce(sum(a.usual), 0)::float8 usual,
         count(m.id) filter (where coalesce(a.recent, 0) = 0 and coalesce(a.usual, 0) > 0) silent
       from segments s join member m on m.segment_id = s.id left join activity a on a.user_id = m.id
       where s.retired_at is null group by s.id order by s.key`,
      [now],
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
    unitsByCategory: new Map((bySegment.get(row.key) ?? []).map((each) => [each.category ?? '', each.units])),
  }));
}
