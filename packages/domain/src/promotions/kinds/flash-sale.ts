import { z } from 'zod';
import { percentOf } from '../../shared/money.ts';
import type { PromotionKind } from '../promotion-kind.ts';
import { miss } from '../promotion-kind.ts';
import {
  dearestFirst,
  DiscountBasisPoints,
  linesInScope,
  percentText,
  SCOPE_ARGUMENT,
  sumUnits,
  sumWeights,
  takeUnits,
} from '../rule-parts.ts';
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
    // The capped units go where the shopper saves most.
    const weights = takeUnits(dearestFirst(found.discountable), remaining, view.rounding);
    return {
      outcome: 'wish',
      amountMinor: percentOf(sumWeights(weights), rule.basisPoints, view.rounding),
      weights,
      isSpread: false,
      cappedUnits: Math.min(remaining, sumUnits(found.discountable)),
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
