import { retryConflicts, runSql } from '@promolift/db';
import type { Deps } from '../shared/deps.ts';
import { committedOf, giveAllBack, giveDiscountsBack, linesOf, lockOrder, shareOf } from './order-discounts.ts';

/**
 * Links what was redeemed for this key to the order, if it is here, and gives back what its cancellation or returns owe by now. Says
 * nothing of how the order came: a second call finds nothing left to do. Promised points are `cancelOrder`'s and `returnItems`' alone.
 */
export const settleDiscounts = (deps: Deps, orderExternalId: string): Promise<void> =>
  retryConflicts(() => deps.em.fork().transactional((em) => settle({ ...deps, em }, orderExternalId)));

async function settle(deps: Deps, orderExternalId: string): Promise<void> {
  const order = await lockOrder(deps, orderExternalId);
  if (!order) return;
  const all = await committedOf(deps, order);
  if (all.length === 0) return;
  const earning = await earningIds(deps, order.id);
  const redemptions = all.filter(({ promotion_id }) => promotion_id === null || !earning.has(promotion_id));
  if (order.status === 'cancelled') {
    for (const redemption of redemptions) await giveAllBack(deps, redemption);
    return;
  }
  const lost = new Map<string, number>();
  for (const line of await linesOf(deps, order.id))
    for (const { promotionId, amountMinor } of shareOf(line, 0, line.returned).allocations)
      lost.set(promotionId, (lost.get(promotionId) ?? 0) + amountMinor);
  const owed = redemptions.flatMap(({ promotion_id, refunded_minor }) =>
    promotion_id === null ? [] : [[promotion_id, (lost.get(promotion_id) ?? 0) - refunded_minor] as const],
  );
  await giveDiscountsBack(deps, redemptions, new Map(owed));
}

/** Promotions that promised points for this order. */
async function earningIds({ em }: Pick<Deps, 'em'>, orderId: string): Promise<Set<string>> {
  const rows = await runSql<{ id: string }>(
    em,
    'select distinct promotion_id id from account_entries where order_id = $1 and promotion_id is not null',
    [orderId],
  );
  return new Set(rows.map(({ id }) => id));
}
