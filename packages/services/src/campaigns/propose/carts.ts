import { copyColumns } from '@promolift/db';
import type { Pool } from 'pg';
import type { PictureProduct } from './products.ts';

/** A past order as a cart: what was put in, at the list prices of then. */
export type Cart = {
  orderId: string;
  at: Date;
  userId: string | null;
  segmentKeys: readonly string[];
  lines: { product: PictureProduct; quantity: number; unitPriceMinor: number; discountMinor: number }[];
};

export const CART_DAYS = 56;
const MOST_CARTS = 20_000;

/** The newest carts of the last eight weeks, newest first. */
export async function readCarts(sql: Pool, now: Date, products: readonly PictureProduct[], currency: string): Promise<Cart[]> {
  const byId = new Map(products.map((product) => [product.id, product]));
  const client = await sql.connect();
  try {
    const [orders, at, users, ids, quantities, prices, discounts] = await copyColumns(
      client,
      `with newest as (
         select id, placed_at, user_id from orders where status = 'placed' and currency = '${currency.replaceAll("'", "''")}'
           and placed_at < timestamptz '${now.toISOString()}' and placed_at >= timestamptz '${now.toISOString()}' - interval '${CART_DAYS} days'
         order by placed_at desc limit ${MOST_CARTS})
       select n.id, extract(epoch from n.placed_at)::float8, coalesce(n.user_id::text, ''), l.product_id, l.quantity, l.unit_price_minor::float8, l.discount_minor::float8
       from newest n join order_lines l on l.order_id = n.id where not l.is_gift order by n.placed_at desc, n.id, l.line_number`,
      ['key', 'float64', 'key', 'key', 'int32', 'float64', 'float64'],
    );
    const segments = await segmentKeysOf(sql, users.values);
    const carts = orders.values.map((orderId): Cart => ({ orderId, at: now, userId: null, segmentKeys: [], lines: [] }));
    for (let row = 0; row < at.length; row += 1) {
      const cart = carts[orders.codes[row] ?? -1];
      const product = byId.get(ids.values[ids.codes[row] ?? -1] ?? '');
      if (!cart) continue;
      cart.at = new Date((at[row] ?? 0) * 1_000);
      cart.userId = users.values[users.codes[row] ?? -1] || null;
      cart.segmentKeys = segments.get(cart.userId ?? '') ?? [];
      if (product)
        cart.lines.push({ product, quantity: quantities[row] ?? 1, unitPriceMinor: prices[row] ?? 0, discountMinor: discounts[row] ?? 0 });
    }
    return carts.filter((cart) => cart.lines.length > 0);
  } finally {
    client.release();
  }
}

async function segmentKeysOf(sql: Pool, userIds: readonly string[]): Promise<Map<string, string[]>> {
  const { rows } = await sql.query<{ user_id: string; keys: string[] }>(
    `select m.user_id, array_agg(s.key order by s.key) keys from segment_members m join segments s on s.id = m.segment_id and s.retired_at is null
     join users u on u.id = m.user_id and u.has_consent where m.valid_to is null and m.user_id = any($1) group by m.user_id`,
    [userIds.filter((id) => id !== '')],
  );
  return new Map(rows.map((row) => [row.user_id, row.keys]));
}

export const cartWorthMinor = (cart: Cart): number => cart.lines.reduce((sum, line) => sum + line.unitPriceMinor * line.quantity, 0);
