import { z } from 'zod';
import { percentOf } from '../../shared/money.ts';
import type { PromotionKind } from '../promotion-kind.ts';
import { DiscountBasisPoints, linesInScope, percentText, percentWeights, SCOPE_ARGUMENT, sumPercentBase } from '../rule-parts.ts';
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
    const amountMinor = percentOf(sumPercentBase(found.discountable), rule.basisPoints, view.rounding);
    return { outcome: 'wish', amountMinor, weights: percentWeights(found.discountable), isSpread: false };
  },
  sentence(rule, names) {
    const scope = scopeText(rule.scope, names);
    const percent = percentText(rule.basisPoints);
    return { en: `${percent} off ${scope.en}`, zh: `${scope.zh}立减 ${percent}` };
  },
  depthBasisPoints: (rule) => rule.basisPoints,
  scopeOf: (rule) => rule.scope,
} satisfies PromotionKind<PercentOff>;
