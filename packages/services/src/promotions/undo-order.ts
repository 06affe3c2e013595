import { runSql } from '@promolift/db';
import { accept, AppError, newId, type Refusal, refuse, type Result } from '@promolift/domain';
import { pointsTakenBack, type RefundedMeans, settleCancel, settleReturn } from './accounts/settle-order.ts';
import type { Deps } from '../shared/deps.ts';
import { withIdempotency } from '../shared/idempotency.ts';
import {
  committedOf,
  giveAllBack,
  giveBack,
  giveDiscountsBack,
  type LineRow,
  linesOf,
  lockOrder,
  type OrderRow,
  type RedemptionRow,
  shareOf,
} from '../activity/order-discounts.ts';

async function requireOrder(deps: Deps, externalId: string): Promise<OrderRow> {
  const order = await lockOrder(deps, externalId);
  if (!order) throw new AppError('NOT_FOUND', `There is no order "${externalId}".`, { field: ['externalId'] });
  return order;
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
      const order = await requireOrder(inside, request.externalId);
      if (order.status === 'cancelled')
        return refuse({ kind: 'ALREADY_CANCELLED', message: 'This order was cancelled before.', field: ['externalId'] });
      const at = inside.clock.now();
      const releasedIds: string[] = [];
      for (const redemption of await committedOf(inside, order)) {
        await giveAllBack(inside, redemption);
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
      const order = await requireOrder(inside, request.orderExternalId);
      if (order.status === 'cancelled')
        return refuse({ kind: 'ORDER_CANCELLED', message: 'This order was cancelled.', field: ['orderExternalId'] });
      const redemptions = await committedOf(inside, order);
      const lines = new Map((await linesOf(inside, order.id)).map((line) => [line.line_number, line]));
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
        const { paidMinor, allocations } = shareOf(line, line.returned, wanted.quantity);
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

/** The budget that paid for points gets back what the shopper lost of them, never more. */
async function giveValueOfPointsBack(deps: Deps, orderId: string, redemptions: readonly RedemptionRow[]): Promise<void> {
  const takenBack = await pointsTakenBack(deps, orderId);
  for (const { id, promotion_id, amount_minor, refunded_minor } of redemptions) {
    const points = promotion_id === null ? undefined : takenBack.get(promotion_id);
    if (!points) continue;
    const owed = Math.floor((amount_minor * points.taken) / points.promised) - refunded_minor;
    if (owed > 0) await giveBack(deps, id, owed, false);
  }
}
