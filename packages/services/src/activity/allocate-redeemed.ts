import { runSql } from '@promolift/db';
import { allocate, type CartEvaluation, type LineAllocation } from '@promolift/domain';
import type { Deps } from '../shared/deps.ts';

type RedeemedRow = {
  campaignId: string;
  promotionId: string;
  amountMinor: number;
  /** Of the decision that priced the cart; null when it is not kept any more. */
  lines: CartEvaluation['lines'] | null;
};
type OrderedLine = { lineNumber: number; sku: string; quantity: number; unitPriceMinor: number; discountMinor: number };

/** Writes on the lines of an order that the shop took itself what each promotion redeemed for it gave, where that is not written yet. */
export async function allocateRedeemed({ em }: Pick<Deps, 'em'>, orderId: string): Promise<void> {
  const redeemed = await runSql<RedeemedRow>(
    em,
    `select r.campaign_id "campaignId", r.promotion_id "promotionId", r.amount_minor::float8 "amountMinor", d.result -> 'lines' "lines"
     from redemptions r left join decisions d on d.id = r.decision_id
     where r.order_id = $1 and r.order_external_id is not null and r.status = 'committed' and r.promotion_id is not null and not exists (
       select from order_lines l where l.order_id = r.order_id and l.allocations @> jsonb_build_array(jsonb_build_object('promotionId', r.promotion_id)))
     order by r.id`,
    [orderId],
  );
  if (redeemed.length === 0) return;
  const lines = await runSql<OrderedLine>(
    em,
    `select l.line_number "lineNumber", p.sku, l.quantity, l.unit_price_minor::float8 "unitPriceMinor", l.discount_minor::float8 "discountMinor"
     from order_lines l join products p on p.id = l.product_id where l.order_id = $1 order by l.line_number`,
    [orderId],
  );
  for (const { campaignId, promotionId, amountMinor, lines: decided } of redeemed) {
    const shares = redeemedShares(lines, promotionId, amountMinor, decided);
    for (const [index, share] of shares.entries()) {
      const allocation: LineAllocation = { promotionId, campaignId, amountMinor: share };
      if (share > 0)
        await runSql(em, 'update order_lines set allocations = allocations || $3::jsonb where order_id = $1 and line_number = $2', [
          orderId,
          lines[index]?.lineNumber ?? 0,
          JSON.stringify([allocation]),
        ]);
    }
  }
}

/**
 * What a promotion gave on each line, in the order of `lines`: as decided for the cart, sku by sku. What was decided on products that
 * the order has not goes to all its lines by their discount, or by their value where the shop tells none; the sum stays.
 */
function redeemedShares(
  lines: readonly OrderedLine[],
  promotionId: string,
  amountMinor: number,
  decided: CartEvaluation['lines'] | null,
): number[] {
  const bySku = new Map<string, number>();
  for (const { sku, allocations } of decided ?? [])
    for (const own of allocations.filter((one) => one.promotionId === promotionId)) bySku.set(sku, (bySku.get(sku) ?? 0) + own.amountMinor);
  const skus = new Set(lines.map(({ sku }) => sku));
  const shares = lines.map(() => 0);
  const add = (amount: number, weights: readonly number[]) =>
    allocate(amount, weights).forEach((share, index) => {
      shares[index] = (shares[index] ?? 0) + share;
    });
  for (const [sku, amount] of bySku)
    add(
      amount,
      lines.map((line) => (line.sku === sku ? line.quantity : 0)),
    );
  const elsewhere = [...bySku].reduce((sum, [sku, amount]) => (skus.has(sku) ? sum : sum + amount), 0);
  const discounts = lines.map(({ discountMinor }) => discountMinor);
  const hasDiscounts = discounts.some((discount) => discount > 0);
  add(
    decided === null ? amountMinor : elsewhere,
    hasDiscounts ? discounts : lines.map(({ unitPriceMinor, quantity }) => unitPriceMinor * quantity),
  );
  return shares;
}
