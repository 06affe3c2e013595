import { lockCounters, refund, runSql } from '@promolift/db';
import { accept, AppError, type LineAllocation, newId, type Refusal, refuse, type Result, unitsShare } from '@promolift/domain';
import { pointsTakenBack, type RefundedMeans, settleCancel, settleReturn } from './accounts/settle-order.ts';
import type { Deps } from '../shared/deps.ts';
import { withIdempotency } from '../shared/idempotency.ts';

type OrderRow = { id: string; status: string; currency: string; user_id: string | null };
type RedemptionRow = {
  id: string;
  campaign_id: string;
  promotion_id: string | null;
  amount_minor: number;
  refunded_minor: number;
  is_use_returned: boolean;
};

async function lockOrder(deps: Deps, externalId: string): Promise<OrderRow> {
  const [order] = await runSql<OrderRow>(deps.em, 'select id, status, currency, user_id from orders where external_id = $1 for update', [
    externalId,
  ]);
  if (!order) throw new AppError('NOT_FOUND', `There is no order "${externalId}".`, { field: ['externalId'] });
  return order;
}

/** The order's redemptions, with the counters that giving them back will change locked. */
async function committedOf(deps: Deps, orderId: string): Promise<RedemptionRow[]> {
  const read = () =>
    runSql<RedemptionRow>(
      deps.em,
      "select id, campaign_id, promotion_id, amount_minor::float8 amount_minor, refunded_minor::float8 refunded_minor, is_use_returned from redemptions where order_id = $1 and status = 'committed' order by campaign_id, id",
      [orderId],
    );
  const campaignIds = (await read()).map(({ campaign_id }) => campaign_id);
  await lockCounters(deps.em, campaignIds);
  return read();
}

export type CancelledOrder = { orderId: string; currency: string; releasedIds: string[]; refunded: RefundedMeans };

/** Cancels an order and gives every discount and use back, also after its campaign has ended. A second cancel is refused. */
export async function cancelOrder(
  deps: Deps,
  request: { idempotencyKey: string; externalId: string },
): Promise<Result<CancelledOrder, Refusal>> {
  return withIdempotency<Result<CancelledOrder, Refusal>>(
    deps,
    { operation: 'cancelOrder', key: request.idempotencyKey, body: { externalId: request.externalId } },
    async (inside) => {
      const order = await lockOrder(inside, request.externalId);
      if (order.status === 'cancelled')
        return refuse({ kind: 'ALREADY_CANCELLED', message: 'This order was cancelled before.', field: ['externalId'] });
      const at = inside.clock.now();
      const releasedIds: string[] = [];
      for (const redemption of await committedOf(inside, order.id)) {
        const left = redemption.amount_minor - redemption.refunded_minor;
        if (left > 0 || !redemption.is_use_returned) await giveBack(inside, redemption.id, left, true, at);
        releasedIds.push(redemption.id);
      }
      await runSql(inside.em, "update orders set status = 'cancelled', cancelled_at = $2 where id = $1", [order.id, at]);
      await runSql(
        inside.em,
        // What was returned is back on the shelf already.
        `update products p set stock = p.stock + l.quantity from (
           select b.product_id, sum(b.quantity)::int quantity
           from (select product_id, quantity from order_lines where order_id = $1 union all select product_id, -quantity from returns where order_id = $1) b
           group by b.product_id) l
         where p.id = l.product_id and p.stock is not null`,
        [order.id],
      );
      const refunded = await settleCancel(inside, order.id);
      return accept({ orderId: order.id, currency: order.currency.trim(), releasedIds, refunded });
    },
    (answer) => answer.ok,
  );
}

export type ReturnedItems = {
  orderId: string;
  currency: string;
  refundMinor: number;
  discountGivenBackMinor: number;
  refunded: RefundedMeans;
};
type LineRow = {
  line_number: number;
  product_id: string;
  quantity: number;
  unit_price_minor: number;
  discount_minor: number;
  added_tax_minor: number;
  allocations: LineAllocation[];
  returned: number;
};

/**
 * Takes items back: refunds what was paid for exactly those units, tax included, and gives their discount back to the very
 * campaigns that gave it. Any sequence of partial returns adds up to what was paid; see `unitsShare`.
 */
export async function returnItems(
  deps: Deps,
  request: { idempotencyKey: string; orderExternalId: string; lines: readonly { lineNumber: number; quantity: number }[] },
): Promise<Result<ReturnedItems, Refusal>> {
  const { idempotencyKey, ...body } = request;
  return withIdempotency<Result<ReturnedItems, Refusal>>(
    deps,
    { operation: 'returnItems', key: idempotencyKey, body },
    async (inside) => {
      const order = await lockOrder(inside, request.orderExternalId);
      if (order.status === 'cancelled')
        return refuse({ kind: 'ORDER_CANCELLED', message: 'This order was cancelled.', field: ['orderExternalId'] });
      const lines = new Map((await linesOf(inside, order.id)).map((line) => [line.line_number, line]));
      const redemptions = await committedOf(inside, order.id);
      let refundMinor = 0;
      const discounts = new Map<string, number>();
      for (const [index, wanted] of request.lines.entries()) {
        const line = lines.get(wanted.lineNumber);
        if (!line || wanted.quantity < 1 || line.returned + wanted.quantity > line.quantity) {
          return refuse({
            kind: 'TOO_MANY_UNITS',
            message: `Line ${wanted.lineNumber} has ${line ? line.quantity - line.returned : 0} units that can be returned.`,
            field: ['lines', String(index), 'quantity'],
          });
        }
        const { paidMinor, allocations } = unitsShare(paidLine(line), line.returned, wanted.quantity);
        refundMinor += paidMinor;
        for (const { promotionId, amountMinor } of allocations) discounts.set(promotionId, (discounts.get(promotionId) ?? 0) + amountMinor);
        await keepReturn(inside, order, line, wanted.quantity, paidMinor);
        line.returned += wanted.quantity;
      }
      const refunded = await settleReturn(inside, order.id, refundMinor);
      const given = await giveDiscountsBack(inside, redemptions, discounts);
      await giveValueOfPointsBack(inside, order.id, redemptions);
      return accept({ orderId: order.id, currency: order.currency.trim(), refundMinor, discountGivenBackMinor: given, refunded });
    },
    (answer) => answer.ok,
  );
}

/** Imported orders know their discount but not whose it was: it lowers the price and goes back to nobody. */
function paidLine(line: LineRow): Parameters<typeof unitsShare>[0] {
  const known = line.allocations.reduce((sum, { amountMinor }) => sum + amountMinor, 0);
  return {
    quantity: line.quantity,
    originalMinor: line.unit_price_minor * line.quantity - (line.discount_minor - known),
    addedTaxMinor: line.added_tax_minor,
    allocations: line.allocations,
  };
}

const linesOf = (deps: Deps, orderId: string): Promise<LineRow[]> =>
  runSql<LineRow>(
    deps.em,
    `select l.line_number, l.product_id, l.quantity, l.unit_price_minor::float8 unit_price_minor, l.discount_minor::float8 discount_minor,
     l.added_tax_minor::float8 added_tax_minor, l.allocations, coalesce(sum(r.quantity), 0)::int returned
   from order_lines l left join returns r on r.order_id = l.order_id and r.line_number = l.line_number where l.order_id = $1
   group by l.order_id, l.line_number`,
    [orderId],
  );

async function keepReturn(deps: Deps, order: OrderRow, line: LineRow, quantity: number, refundMinor: number): Promise<void> {
  const id = newId();
  const at = deps.clock.now();
  await runSql(
    deps.em,
    `insert into returns (id, external_id, order_id, line_number, user_id, product_id, quantity, refund_minor, currency, returned_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [id, id, order.id, line.line_number, order.user_id, line.product_id, quantity, refundMinor, order.currency, at],
  );
  await runSql(
    deps.em,
    `insert into events (id, occurred_at, type, user_id, product_id, quantity, value_minor, currency, source) values (uuid_v7($1::timestamptz), $1, 'refund', $2, $3, $4, $5, $6, 'api')`,
    [at, order.user_id, line.product_id, quantity, refundMinor, order.currency],
  );
  await runSql(deps.em, 'update products set stock = stock + $2 where id = $1 and stock is not null', [line.product_id, quantity]);
}

/** To each promotion what it gave, at most what it still has out; returns what was given back. */
async function giveDiscountsBack(
  deps: Deps,
  redemptions: readonly RedemptionRow[],
  discounts: ReadonlyMap<string, number>,
): Promise<number> {
  let given = 0;
  for (const redemption of redemptions) {
    const owed = redemption.promotion_id === null ? 0 : (discounts.get(redemption.promotion_id) ?? 0);
    const part = Math.min(owed, redemption.amount_minor - redemption.refunded_minor);
    if (part <= 0) continue;
    await giveBack(deps, redemption.id, part, false, deps.clock.now());
    given += part;
  }
  return given;
}

/** The budget that paid for points gets back what the shopper lost of them, never more. */
async function giveValueOfPointsBack(deps: Deps, orderId: string, redemptions: readonly RedemptionRow[]): Promise<void> {
  const takenBack = await pointsTakenBack(deps, orderId);
  for (const { id, promotion_id, amount_minor, refunded_minor } of redemptions) {
    const points = promotion_id === null ? undefined : takenBack.get(promotion_id);
    if (!points) continue;
    const owed = Math.floor((amount_minor * points.taken) / points.promised) - refunded_minor;
    if (owed > 0) await giveBack(deps, id, owed, false, deps.clock.now());
  }
}

async function giveBack(deps: Deps, redemptionId: string, amountMinor: number, returnsUse: boolean, at: Date): Promise<void> {
  const result = await refund(deps.em, { redemptionId, at, amountMinor, returnsUse, refundId: newId() });
  if (!result.ok) throw new Error(`A committed redemption could not be given back: ${result.refusal.kind}`);
}
