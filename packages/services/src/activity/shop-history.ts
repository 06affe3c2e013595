import type { Deps } from '../shared/deps.ts';
import { literal, readColumns } from '../shared/read-columns.ts';

/** One row per event of a consenting user on a product, oldest first. All arrays: [events]. */
type Interactions = {
  userIndex: Int32Array;
  itemIndex: Int32Array;
  weight: Float32Array;
  timeMs: Float64Array;
  isPurchase: Uint8Array;
};

/** The past as models see it: nothing at or after `asOf`. Indices are dense and follow the shop's own keys. */
export type ShopHistory = {
  asOf: Date;
  firstAt: Date;
  /** Consenting users. */
  userIds: string[];
  userCreatedMs: Float64Array;
  productIds: string[];
  /** Index into `categoryKeys`, −1 without category. [products] */
  categoryOfProduct: Int32Array;
  categoryKeys: string[];
  categoryNames: string[];
  interactions: Interactions;
  /** Orders of consenting users. */
  orders: { userIndex: Int32Array; timeMs: Float64Array; valueMinor: Float64Array };
};

/** What an event says about taste: a purchase as much as five views. */
const WEIGHTS = `case e.type when 'purchase' then 5 when 'add_to_cart' then 2 when 'rate_item' then case when e.rating >= 4 then 3 else 0 end else 1 end`;
const STALE_AFTER_DAYS = 14;
const DAY_MS = 86_400_000;

/** Now, or for a data set that ended long ago the midnight after its last order: a shop's pause is not its customers' leaving. */
async function asOfOf({ sql, clock }: Pick<Deps, 'sql' | 'clock'>): Promise<Date> {
  const now = clock.now();
  const { rows } = await sql.query<{ last: Date | null }>('select max(placed_at) as last from orders where placed_at < $1', [now]);
  const last = rows[0]?.last?.getTime();
  if (last === undefined || now.getTime() - last <= STALE_AFTER_DAYS * DAY_MS) return now;
  return new Date((Math.floor(last / DAY_MS) + 1) * DAY_MS);
}

/** Reads it by COPY: about 400,000 events in a second. */
export async function readShopHistory(deps: Deps): Promise<ShopHistory> {
  const asOf = await asOfOf(deps);
  const before = literal(asOf);
  const users = 'select id, (row_number() over (order by external_id) - 1)::int n from users where has_consent and erased_at is null';
  const products = 'select id, (row_number() over (order by sku) - 1)::int n from products';
  const [userIds, userCreatedMs] = await readColumns(
    deps,
    'select id, extract(epoch from created_at) * 1000 from users where has_consent and erased_at is null order by external_id',
    ['text', 'float64'],
  );
  const [productIds, keyOfProduct] = await readColumns(
    deps,
    'select p.id, c.key from products p left join categories c on c.id = p.category_id order by p.sku',
    ['text', 'key'],
  );
  const [categoryKeys, categoryNames] = await readColumns(deps, 'select key, name from categories order by key', ['text', 'text']);
  // Shops that send orders but no events still have purchases: those come from the order lines, the rest from events.
  const [userIndex, itemIndex, weight, timeMs, isPurchase] = await readColumns(
    deps,
    `
    with u as (${users}), p as (${products})
    select u.n, p.n, 5::real, extract(epoch from o.placed_at) * 1000 t, 1 from order_lines l join orders o on o.id = l.order_id join u on u.id = o.user_id join p on p.id = l.product_id
      where o.status = 'placed' and o.placed_at < ${before}
    union all
    select u.n, p.n, ${WEIGHTS}::real, extract(epoch from e.occurred_at) * 1000 t, 0 from events e join u on u.id = e.user_id join p on p.id = e.product_id
      where e.type in ('view_item', 'add_to_cart', 'rate_item') and e.occurred_at < ${before}
    order by t`,
    ['int32', 'int32', 'float32', 'float64', 'int32'],
  );
  const [orderUser, orderMs, orderValue] = await readColumns(
    deps,
    `
    with u as (${users}) select u.n, extract(epoch from o.placed_at) * 1000, o.total_minor from orders o join u on u.id = o.user_id
    where o.status = 'placed' and o.placed_at < ${before} order by o.placed_at`,
    ['int32', 'float64', 'float64'],
  );
  const indexOfKey = new Map(categoryKeys.map((key, index) => [key, index]));
  const first = Math.min(orderMs[0] ?? asOf.getTime(), timeMs[0] ?? asOf.getTime());
  return {
    asOf,
    firstAt: new Date(first),
    userIds,
    userCreatedMs,
    productIds,
    categoryKeys,
    categoryNames,
    categoryOfProduct: keyOfProduct.codes.map((code) => indexOfKey.get(keyOfProduct.values[code] ?? '') ?? -1),
    interactions: { userIndex, itemIndex, weight, timeMs, isPurchase: Uint8Array.from(isPurchase) },
    orders: { userIndex: orderUser, timeMs: orderMs, valueMinor: orderValue },
  };
}
