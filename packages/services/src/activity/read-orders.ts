import type { Deps } from '../shared/deps.ts';

type Reading = Pick<Deps, 'sql'>;

export type OrderRecord = {
  id: string;
  externalId: string;
  userId: string | null;
  placedAt: Date;
  currency: string;
  status: 'placed' | 'cancelled';
  channel: string | null;
  country: string | null;
  subtotalMinor: number;
  discountMinor: number;
  shippingMinor: number;
  addedTaxMinor: number;
  totalMinor: number;
};

const COLUMNS = `o.id, o.external_id "externalId", o.user_id "userId", o.placed_at "placedAt", o.currency, o.status, o.channel, o.country,
  o.subtotal_minor "subtotalMinor", o.discount_minor "discountMinor", o.shipping_minor "shippingMinor", o.added_tax_minor "addedTaxMinor", o.total_minor "totalMinor"`;

export async function ordersByIds({ sql }: Reading, ids: readonly string[]): Promise<OrderRecord[]> {
  return (await sql.query<OrderRecord>(`select ${COLUMNS} from orders o where o.id = any($1::uuid[])`, [ids])).rows;
}

export async function findOrder({ sql }: Reading, externalId: string): Promise<OrderRecord | null> {
  return (await sql.query<OrderRecord>(`select ${COLUMNS} from orders o where o.external_id = $1`, [externalId])).rows[0] ?? null;
}

/** The newest orders of each user, newest first. */
export async function ordersOfUsers(
  { sql }: Reading,
  userIds: readonly string[],
  first: number,
): Promise<(OrderRecord & { userId: string })[]> {
  const { rows } = await sql.query<OrderRecord & { userId: string }>(
    `select found.* from unnest($1::uuid[]) wanted(id)
     cross join lateral (select ${COLUMNS} from orders o where o.user_id = wanted.id order by o.placed_at desc, o.id desc limit $2) found`,
    [userIds, first],
  );
  return rows;
}

export type OrderLineRecord = {
  orderId: string;
  currency: string;
  lineNumber: number;
  productId: string;
  quantity: number;
  unitPriceMinor: number;
  discountMinor: number;
  isGift: boolean;
  returnedQuantity: number;
};

/** Lines in their order, each with the units returned so far. */
export async function linesOfOrders({ sql }: Reading, orderIds: readonly string[]): Promise<OrderLineRecord[]> {
  const { rows } = await sql.query<OrderLineRecord>(
    `select l.order_id "orderId", o.currency, l.line_number "lineNumber", l.product_id "productId", l.quantity, l.unit_price_minor "unitPriceMinor", l.discount_minor "discountMinor", l.is_gift "isGift",
       coalesce(r.quantity, 0)::int "returnedQuantity"
     from order_lines l join orders o on o.id = l.order_id
     left join (select order_id, line_number, sum(quantity) quantity from returns where order_id = any($1::uuid[]) group by 1, 2) r on r.order_id = l.order_id and r.line_number = l.line_number
     where l.order_id = any($1::uuid[]) order by l.order_id, l.line_number`,
    [orderIds],
  );
  return rows;
}
