import { lockCounters, refund, runSql } from '@promolift/db';
import { type LineAllocation, newId, unitsShare } from '@promolift/domain';
import type { Deps } from '../shared/deps.ts';
import { allocateRedeemed } from './allocate-redeemed.ts';

export type OrderRow = { id: string; external_id: string; status: string; currency: string; user_id: string | null };
export type RedemptionRow = {
  id: string;
  campaign_id: string;
  promotion_id: string | null;
  amount_minor: number;
  refunded_minor: number;
  is_use_returned: boolean;
};

/** The order under its lock: whatever gives back what it got goes one after the other. */
export async function lockOrder(deps: Deps, externalId: string): Promise<OrderRow | null> {
  const [order] = await runSql<OrderRow>(
    deps.em,
    'select id, external_id, status, currency, user_id from orders where external_id = $1 for update',
    [externalId],
  );
  return order ?? null;
}

const OF_ORDER = "(order_id = $1 or (order_id is null and order_external_id = $2)) and status = 'committed'";

/**
 * The order's redemptions, with the counters that giving them back will change locked. Those made for its key before it was here are
 * linked to it now, and what they gave is written on its lines.
 */
export async function committedOf(deps: Deps, { id, external_id }: OrderRow): Promise<RedemptionRow[]> {
  const order = [id, external_id];
  const campaigns = await runSql<{ campaign_id: string }>(
    deps.em,
    `select campaign_id from redemptions where ${OF_ORDER} order by campaign_id`,
    order,
  );
  if (campaigns.length === 0) return [];
  await lockCounters(
    deps.em,
    campaigns.map(({ campaign_id }) => campaign_id),
  );
  await runSql(deps.em, 'update redemptions set order_id = $1 where order_external_id = $2 and order_id is null', order);
  await allocateRedeemed(deps, id);
  return runSql<RedemptionRow>(
    deps.em,
    `select id, campaign_id, promotion_id, amount_minor::float8 amount_minor, refunded_minor::float8 refunded_minor, is_use_returned
     from redemptions where ${OF_ORDER} order by campaign_id, id`,
    order,
  );
}

export type LineRow = {
  line_number: number;
  product_id: string;
  quantity: number;
  unit_price_minor: number;
  discount_minor: number;
  added_tax_minor: number;
  allocations: LineAllocation[];
  returned: number;
};

/** The lines with their units that came back; a return that does not name its line counts for the first ones of its product. */
export async function linesOf(deps: Deps, orderId: string): Promise<LineRow[]> {
  const lines = await runSql<LineRow>(
    deps.em,
    `select l.line_number, l.product_id, l.quantity, l.unit_price_minor::float8 unit_price_minor, l.discount_minor::float8 discount_minor,
       l.added_tax_minor::float8 added_tax_minor, l.allocations, coalesce(sum(r.quantity), 0)::int returned
     from order_lines l left join returns r on r.order_id = l.order_id and r.line_number = l.line_number where l.order_id = $1
     group by l.order_id, l.line_number order by l.line_number`,
    [orderId],
  );
  const unnamed = await runSql<{ product_id: string; quantity: number }>(
    deps.em,
    'select product_id, sum(quantity)::int quantity from returns where order_id = $1 and line_number is null group by product_id',
    [orderId],
  );
  const left = new Map(unnamed.map(({ product_id, quantity }) => [product_id, quantity]));
  return lines.map((line) => {
    const units = Math.min(left.get(line.product_id) ?? 0, line.quantity - line.returned);
    left.set(line.product_id, (left.get(line.product_id) ?? 0) - units);
    return { ...line, returned: line.returned + units };
  });
}

/** What units of a line paid and who gave how much on them. A discount nobody here gave lowers the price and goes back to nobody. */
export function shareOf(line: LineRow, before: number, units: number): ReturnType<typeof unitsShare> {
  const known = line.allocations.reduce((sum, { amountMinor }) => sum + amountMinor, 0);
  const paid = {
    quantity: line.quantity,
    originalMinor: line.unit_price_minor * line.quantity - (line.discount_minor - known),
    addedTaxMinor: line.added_tax_minor,
    allocations: line.allocations,
  };
  return unitsShare(paid, before, units);
}

/** To each promotion what it gave, at most what it still has out; returns what was given back. */
export async function giveDiscountsBack(
  deps: Deps,
  redemptions: readonly RedemptionRow[],
  discounts: ReadonlyMap<string, number>,
): Promise<number> {
  let given = 0;
  for (const redemption of redemptions) {
    const owed = redemption.promotion_id === null ? 0 : (discounts.get(redemption.promotion_id) ?? 0);
    const part = Math.min(owed, redemption.amount_minor - redemption.refunded_minor);
    if (part <= 0) continue;
    await giveBack(deps, redemption.id, part, false);
    given += part;
  }
  return given;
}

/** All that is left of it, and its use. */
export async function giveAllBack(deps: Deps, { id, amount_minor, refunded_minor, is_use_returned }: RedemptionRow): Promise<void> {
  const left = amount_minor - refunded_minor;
  if (left > 0 || !is_use_returned) await giveBack(deps, id, left, true);
}

export async function giveBack(deps: Deps, redemptionId: string, amountMinor: number, returnsUse: boolean): Promise<void> {
  const result = await refund(deps.em, { redemptionId, at: deps.clock.now(), amountMinor, returnsUse, refundId: newId() });
  if (!result.ok) throw new Error(`A committed redemption could not be given back: ${result.refusal.kind}`);
}
