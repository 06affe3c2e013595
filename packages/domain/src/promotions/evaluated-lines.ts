import { percentOf } from '../shared/money.ts';
import type { Cart } from './cart.ts';
import type { CartEvaluation, Deposit, EvaluatedLine, EvaluatedShipping, EvaluationContext, GivenGift } from './live-promotion.ts';
import type { Run } from './run-promotions.ts';
import { addedTaxMinor, taxOf } from './tax.ts';
import { pricePerUnit } from './unit-prices.ts';

export function totalsOf(
  cart: Cart,
  lines: readonly EvaluatedLine[],
  shipping: EvaluatedShipping,
  gifts: readonly GivenGift[],
  deposits: readonly Deposit[],
): CartEvaluation['totals'] {
  const subtotalMinor = lines.reduce((sum, line) => sum + line.originalMinor, 0);
  const discountMinor = lines.reduce((sum, line) => sum + line.discountMinor, 0);
  const taxMinor = lines.reduce((sum, line) => sum + line.taxMinor, shipping.taxMinor);
  const totalMinor = subtotalMinor - discountMinor + shipping.finalMinor + addedTaxMinor(taxMinor, cart);
  return {
    subtotalMinor,
    discountMinor,
    shippingMinor: shipping.originalMinor,
    shippingDiscountMinor: shipping.discountMinor,
    taxMinor,
    totalMinor,
    giftCostMinor: gifts.reduce((sum, gift) => sum + gift.costMinor, 0),
    dueNowMinor: totalMinor - deposits.reduce((sum, deposit) => sum + deposit.balanceMinor, 0),
  };
}

/** In the order of the cart. */
export function linesOf(cart: Cart, { settings }: EvaluationContext, { state }: Run): EvaluatedLine[] {
  const byId = new Map(state.lines.map((line) => [line.id, line]));
  return cart.lines.flatMap(({ id, taxBasisPoints }): EvaluatedLine[] => {
    const line = byId.get(id);
    if (!line) return [];
    const { sku, quantity, originalMinor, currentMinor, floorMinor, allocations } = line;
    return [
      {
        id,
        sku,
        quantity,
        originalMinor,
        discountMinor: originalMinor - currentMinor,
        finalMinor: currentMinor,
        floorMinor,
        taxMinor: taxOf(currentMinor, taxBasisPoints, cart, settings.rounding),
        allocations,
        unitPrices: pricePerUnit({ quantity, originalMinor, allocations, addedTaxMinor: 0 }),
      },
    ];
  });
}

export function shippingOf(cart: Cart, { settings }: EvaluationContext, { state }: Run): EvaluatedShipping {
  return {
    originalMinor: cart.shippingMinor,
    discountMinor: cart.shippingMinor - state.shippingMinor,
    finalMinor: state.shippingMinor,
    taxMinor: taxOf(state.shippingMinor, cart.shippingTaxBasisPoints, cart, settings.rounding),
    allocations: state.shippingAllocations,
  };
}

/** Deposits are shares of what is to pay for a line, so they are taken last; the first pre-sale of a line counts. */
export function depositsOf(lines: readonly EvaluatedLine[], cart: Cart, { applied }: Run, { settings }: EvaluationContext): Deposit[] {
  const seen = new Set<string>();
  return applied.flatMap(({ promotion, wish, grant }) => {
    const deposit = wish.deposit;
    if (!deposit) return [];
    return grant.shares.flatMap((share) => {
      const line = lines.find(({ id }) => id === share.line.id);
      if (!line || seen.has(line.id)) return [];
      seen.add(line.id);
      const payableMinor = line.finalMinor + addedTaxMinor(line.taxMinor, cart);
      const depositMinor = percentOf(payableMinor, deposit.basisPoints, settings.rounding);
      return [{ lineId: line.id, promotionId: promotion.promotionId, depositMinor, balanceMinor: payableMinor - depositMinor }];
    });
  });
}
