import { AppError } from '@promolift/domain';
import type { Deps } from '../shared/deps.ts';
import { readSettings } from '../shared/settings.ts';

/** `day` as YYYY-MM-DD in the shop's zone. */
export type DailyUnits = { key: string; day: string; units: number };

const MAX_DAYS = 732;

export function requireDays(days: number): number {
  if (Number.isInteger(days) && days >= 1 && days <= MAX_DAYS) return days;
  throw new AppError('BAD_USER_INPUT', `days must be a whole number from 1 to ${MAX_DAYS}`, { field: ['days'] });
}

/**
 * Units sold on each of the last `days` days, days without a sale as 0. `level` says what the ids are of; a category counts
 * its products and those below it. The last day is that of the shop's newest order, so that old data is not an empty chart.
 */
export async function dailyUnits(
  deps: Pick<Deps, 'sql' | 'clock'>,
  level: 'product' | 'category',
  ids: readonly string[],
  days: number,
): Promise<DailyUnits[]> {
  requireDays(days);
  const { timeZone } = await readSettings(deps);
  const products =
    level === 'product'
      ? 'select id as key, id as product_id from unnest($1::uuid[]) given(id)'
      : `select distinct b.key, p.id as product_id from (
         with recursive below as (select id as key, id from unnest($1::uuid[]) given(id) union select b.key, k.id from categories k join below b on k.parent_id = b.id) select * from below
       ) b join products p on p.category_id = b.id`;
  const { rows } = await deps.sql.query<DailyUnits>(
    `with newest as (
       select (coalesce(max(placed_at), $3) at time zone $4)::date as day from orders where placed_at <= $3
     ), wanted as (${products}), sold as (
       select w.key, (o.placed_at at time zone $4)::date as day, sum(l.quantity) as units
       from wanted w join order_lines l on l.product_id = w.product_id join orders o on o.id = l.order_id, newest n
       where o.status = 'placed' and o.placed_at >= ((n.day - $2::int)::timestamp at time zone $4) and o.placed_at <= $3
       group by 1, 2
     )
     select given.id as key, to_char(at, 'YYYY-MM-DD') as day, coalesce(s.units, 0)::float8 as units
     from unnest($1::uuid[]) given(id) cross join newest n
     cross join lateral generate_series((n.day - ($2::int - 1))::timestamp, n.day::timestamp, interval '1 day') at
     left join sold s on s.key = given.id and s.day = at::date
     order by given.id, at`,
    [ids, days, deps.clock.now(), timeZone],
  );
  return rows;
}
