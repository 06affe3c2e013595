import { z } from 'zod';
import { percentOf } from '../../shared/money.ts';
import type { PromotionKind } from '../promotion-kind.ts';
import { currentWeights, DiscountBasisPoints, linesInScope, percentText, SCOPE_ARGUMENT, sumCurrent } from '../rule-parts.ts';
import { Scope, scopeText } from '../scope.ts';

const schema = z.object({ kind: z.literal('percent_off'), basisPoints: DiscountBasisPoints, scope: Scope });
export type PercentOff = z.infer<typeof schema>;

export const percentOff = {
  kind: 'percent_off',
  schema,
  name: { en: 'Percent off', zh: '折扣' },
  arguments: [{ name: 'basisPoints', label: { en: 'Discount', zh: '折扣幅度' }, unit: 'basisPoints', isRequired: true }, SCOPE_ARGUMENT],
  evaluate(rule, view) {
    const found = linesInScope(rule.scope, view);
    if ('outcome' in found) return found;
    const amountMinor = percentOf(sumCurrent(found.discountable), rule.basisPoints, view.rounding);
    return { outcome: 'wish', amountMinor, weights: currentWeights(found.discountable), isSpread: false };
  },
  sentence(rule, names) {
    const scope = scopeText(rule.scope, names);
    const percent = percentText(rule.basisPoints);
    return { en: `${percent} off ${scope.en}`, zh: `${scope.zh}立减 ${percent}` };
  },
  depthBasisPoints: (rule) => rule.basisPoints,
  scopeOf: (rule) => rule.scope,
} satisfies PromotionKind<PercentOff>;
