import { z } from 'zod';
import { percentOf, type Rounding } from '../../shared/money.ts';
import type { LineView, PromotionKind } from '../promotion-kind.ts';
import { miss } from '../promotion-kind.ts';
import { DiscountBasisPoints, linesInScope, percentText, SCOPE_ARGUMENT, worthOfUnits } from '../rule-parts.ts';
import { Scope, scopeText } from '../scope.ts';

const schema = z.object({
  kind: z.literal('flash_sale'),
  basisPoints: DiscountBasisPoints,
  /** Units that may be sold at this price in the whole campaign. */
  stockCapUnits: z.int().min(1).max(1_000_000),
  scope: Scope,
});
export type FlashSale = z.infer<typeof schema>;

export const flashSale = {
  kind: 'flash_sale',
  schema,
  name: { en: 'Flash sale', zh: '限时抢购' },
  arguments: [
    { name: 'basisPoints', label: { en: 'Discount', zh: '折扣幅度' }, unit: 'basisPoints', isRequired: true },
    { name: 'stockCapUnits', label: { en: 'Units for sale', zh: '限量' }, unit: 'count', isRequired: true },
    SCOPE_ARGUMENT,
  ],
  evaluate(rule, view) {
    const found = linesInScope(rule.scope, view);
    if ('outcome' in found) return found;
    const remaining = Math.min(view.remainingUnits ?? rule.stockCapUnits, rule.stockCapUnits);
    if (remaining <= 0) return miss('UNITS_EXHAUSTED', 1, remaining);
    const { weights, taken } = dearestUnits(found.discountable, remaining, view.rounding);
    const worthMinor = [...weights.values()].reduce((sum, value) => sum + value, 0);
    return {
      outcome: 'wish',
      amountMinor: percentOf(worthMinor, rule.basisPoints, view.rounding),
      weights,
      isSpread: false,
      cappedUnits: taken,
    };
  },
  sentence(rule, names) {
    const scope = scopeText(rule.scope, names);
    const percent = percentText(rule.basisPoints);
    return {
      en: `Flash sale: ${percent} off ${scope.en}, first ${rule.stockCapUnits} units`,
      zh: `限时抢购：${scope.zh}立减 ${percent}，限前 ${rule.stockCapUnits} 件`,
    };
  },
  depthBasisPoints: (rule) => rule.basisPoints,
  scopeOf: (rule) => rule.scope,
} satisfies PromotionKind<FlashSale>;

/** The capped units go where the shopper saves most: dearest first, then by line id. */
function dearestUnits(lines: readonly LineView[], cap: number, rounding: Rounding): { weights: Map<number, number>; taken: number } {
  const byPrice = [...lines].sort((a, b) => b.currentMinor / b.quantity - a.currentMinor / a.quantity || a.index - b.index);
  const weights = new Map<number, number>();
  let left = cap;
  for (const line of byPrice) {
    const units = Math.min(left, line.quantity);
    if (units === 0) break;
    weights.set(line.index, worthOfUnits(line, line.percentBaseMinor, units, rounding));
    left -= units;
  }
  return { weights, taken: cap - left };
}
