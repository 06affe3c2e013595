import type { Deps } from '../../shared/deps.ts';
import { literal, readColumns } from '../../shared/read-columns.ts';

/** What known shoppers bought: one row per user, day and product. `day` counts from `firstDay`. All arrays: [rows], by day. */
export type Purchases = {
  days: number;
  userIds: string[];
  user: Int32Array;
  day: Int32Array;
  productIds: string[];
  product: Int32Array;
  quantity: Float64Array;
  /** What was paid, and what the same units would have cost without any discount on the order. */
  paidMinor: Float64Array;
  grossMinor: Float64Array;
};

/** Purchases on the days [firstDay, firstDay + days) of the shop's zone, in its currency. */
export async function readPurchases(
  deps: Deps,
  { firstDay, days, timeZone, currency }: { firstDay: string; days: number; timeZone: string; currency: string },
): Promise<Purchases> {
  const day = `(o.placed_at at time zone ${literal(timeZone)})::date - ${literal(firstDay)}::date`;
  const [users, dayOf, products, quantity, grossMinor, discountMinor] = await readColumns(
    deps,
    `select o.user_id, ${day} as day, l.product_id, sum(l.quantity)::float8, sum(l.quantity * l.unit_price_minor)::float8, sum(l.discount_minor)::float8
     from orders o join order_lines l on l.order_id = o.id
     where o.status = 'placed' and not l.is_gift and o.user_id is not null and o.currency = ${literal(currency)} and ${day} >= 0 and ${day} < ${days}
     group by 1, 2, 3 order by 2`,
    ['key', 'int32', 'key', 'float64', 'float64', 'float64'],
  );
  return {
    days,
    userIds: users.values,
    user: users.codes,
    day: dayOf,
    productIds: products.values,
    product: products.codes,
    quantity,
    grossMinor,
    paidMinor: grossMinor.map((gross, row) => gross - (discountMinor[row] ?? 0)),
  };
}
