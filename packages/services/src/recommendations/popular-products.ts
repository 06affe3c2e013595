import { staleCache } from '../shared/process-cache.ts';

export type PopularProduct = { productId: string; units: number };

const TTL_MS = 60_000;
const DAYS = 28;
const KEPT = 300;

/** Best sellers of the four weeks before the newest order, best first. */
export const popularProducts = staleCache<PopularProduct[]>(TTL_MS, async (sql) => {
  const { rows } = await sql.query<PopularProduct>(
    `select l.product_id "productId", sum(l.quantity)::int units from orders o join order_lines l on l.order_id = o.id
     where o.status = 'placed' and o.placed_at > (select max(placed_at) from orders) - make_interval(days => ${DAYS})
     group by 1 order by 2 desc, 1 limit ${KEPT}`,
  );
  return rows;
});

/** The same for the members of each segment, by its key. */
export const popularInSegments = staleCache<ReadonlyMap<string, PopularProduct[]>>(TTL_MS, async (sql) => {
  const { rows } = await sql.query<PopularProduct & { key: string }>(
    `select key, "productId", units from (
       select s.key, l.product_id "productId", sum(l.quantity)::int units, row_number() over (partition by s.key order by sum(l.quantity) desc, l.product_id) place
       from segments s join segment_members m on m.segment_id = s.id and m.valid_to is null
       join orders o on o.user_id = m.user_id and o.status = 'placed' and o.placed_at > (select max(placed_at) from orders) - make_interval(days => ${2 * DAYS})
       join order_lines l on l.order_id = o.id
       where s.retired_at is null group by s.key, l.product_id) ranked where place <= ${KEPT} order by key, place`,
  );
  const bySegment = new Map<string, PopularProduct[]>();
  for (const { key, ...product } of rows) bySegment.set(key, [...(bySegment.get(key) ?? []), product]);
  return bySegment;
});
