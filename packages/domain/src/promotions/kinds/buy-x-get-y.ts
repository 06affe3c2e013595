import { z } from 'zod';
import { percentOf, type Rounding } from '../../shared/money.ts';
import type { LineView, PromotionKind } from '../promotion-kind.ts';
import { miss } from '../promotion-kind.ts';
import { DiscountBasisPoints, linesInScope, percentText, ratioBasisPoints, SCOPE_ARGUMENT, worthOfUnits } from '../rule-parts.ts';
import { Scope, scopeText } from '../scope.ts';

const schema = z.object({
  kind: z.literal('buy_x_get_y'),
  buyQuantity: z.int().min(1).max(100),
  getQuantity: z.int().min(1).max(100),
  /** 10,000 = the cheapest units are free. */
  basisPoints: DiscountBasisPoints,
  scope: Scope,
});
export type BuyXGetY = z.infer<typeof schema>;

export const buyXGetY = {
  kind: 'buy_x_get_y',
  schema,
  name: { en: 'Buy some, get some', zh: '买赠' },
  arguments: [
    { name: 'buyQuantity', label: { en: 'Buy', zh: '购买件数' }, unit: 'count', isRequired: true },
    { name: 'getQuantity', label: { en: 'Get', zh: '优惠件数' }, unit: 'count', isRequired: true },
    { name: 'basisPoints', label: { en: 'Discount on these', zh: '优惠幅度' }, unit: 'basisPoints', isRequired: true },
    SCOPE_ARGUMENT,
  ],
  evaluate(rule, view) {
    const found = linesInScope(rule.scope, view);
    if ('outcome' in found) return found;
    const units = found.discountable.reduce((sum, line) => sum + line.quantity, 0);
    const groupUnits = rule.buyQuantity + rule.getQuantity;
    if (units < groupUnits)
      return miss('TOO_FEW_UNITS', groupUnits, units, { unit: 'units', required: groupUnits, actual: units, sku: null });
    const weights = cheapestUnits(found.discountable, Math.floor(units / groupUnits) * rule.getQuantity, view.rounding);
    const worthMinor = [...weights.values()].reduce((sum, value) => sum + value, 0);
    return { outcome: 'wish', amountMinor: percentOf(worthMinor, rule.basisPoints, view.rounding), weights, isSpread: false };
  },
  sentence(rule, names) {
    const scope = scopeText(rule.scope, names);
    const free = rule.basisPoints === 10_000;
    const percent = percentText(rule.basisPoints);
    return {
      en: `Buy ${rule.buyQuantity}, get ${rule.getQuantity} ${free ? 'free' : `at ${percent} off`}: ${scope.en}`,
      zh: `${scope.zh}买 ${rule.buyQuantity} ${free ? `送 ${rule.getQuantity}` : `后 ${rule.getQuantity} 件减 ${percent}`}`,
    };
  },
  depthBasisPoints: (rule) => ratioBasisPoints(rule.getQuantity * rule.basisPoints, (rule.buyQuantity + rule.getQuantity) * 10_000),
  scopeOf: (rule) => rule.scope,
} satisfies PromotionKind<BuyXGetY>;

function cheapestUnits(lines: readonly LineView[], wanted: number, rounding: Rounding): Map<number, number> {
  const byPrice = [...lines].sort((a, b) => a.currentMinor / a.quantity - b.currentMinor / b.quantity || a.index - b.index);
  const weights = new Map<number, number>();
  let left = wanted;
  for (const line of byPrice) {
    const units = Math.min(left, line.quantity);
    if (units === 0) break;
    weights.set(line.index, worthOfUnits(line, line.percentBaseMinor, units, rounding));
    left -= units;
  }
  return weights;
}
