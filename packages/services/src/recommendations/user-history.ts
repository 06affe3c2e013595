import type { Deps } from '../shared/deps.ts';

/** What one shopper did with one product, decayed and summed. */
export type PastProduct = { productId: string; weight: number; isBought: boolean };

const NEWEST = 300;
const DAYS = 365;
const HALF_LIFE_DAYS = 90;

/** The newest year of a shopper, from events and (for shops that send orders only) order lines: the same weights as in training. */
export async function userHistory(
  { sql, clock }: Pick<Deps, 'sql' | 'clock'>,
  { userId, anonymousId }: { userId: string | null; anonymousId: string | null },
): Promise<PastProduct[]> {
  const now = clock.now();
  const from = new Date(now.getTime() - DAYS * 86_400_000);
  const who = userId ? 'user_id = $1' : 'anonymous_id = $1';
  const { rows } = await sql.query<PastProduct>({
    name: userId ? 'user-history' : 'anonymous-history',
    text: `select product_id "productId", sum(w * power(0.5, extract(epoch from $3::timestamptz - at)::float8 / ${HALF_LIFE_DAYS * 86_400}))::float8 weight, bool_or(w = 5) "isBought" from (
         (select product_id, occurred_at at, case type when 'add_to_cart' then 2 when 'rate_item' then case when rating >= 4 then 3 else 0 end else 1 end w from events
          where ${who} and product_id is not null and type in ('view_item', 'add_to_cart', 'rate_item') and occurred_at > $2 and occurred_at <= $3 order by occurred_at desc limit ${NEWEST})
         union all
         (select l.product_id, o.placed_at, 5 from orders o join order_lines l on l.order_id = o.id
          where o.${who} and o.status = 'placed' and o.placed_at > $2 and o.placed_at <= $3 order by o.placed_at desc limit ${NEWEST})) newest
       where w > 0 group by 1 order by 1`,
    values: [userId ?? anonymousId, from, now],
  });
  return rows;
}
