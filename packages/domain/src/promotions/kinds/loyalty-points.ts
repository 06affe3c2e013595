import { z } from 'zod';
import { multiplyDivide } from '../../shared/integer-arithmetic.ts';
import { MAX_AMOUNT_MINOR } from '../../shared/money.ts';
import type { PromotionKind } from '../promotion-kind.ts';
import { miss } from '../promotion-kind.ts';
import {
  AmountPerCurrency,
  amountsText,
  belowThreshold,
  currentWeights,
  linesInScope,
  SCOPE_ARGUMENT,
  sumCurrent,
  wrongCurrency,
} from '../rule-parts.ts';
import { Scope, scopeText } from '../scope.ts';

const schema = z.object({
  kind: z.literal('loyalty_points'),
  /** Points for each full `perAmounts`; a campaign that multiplies points says more of them. */
  points: z.int().min(1).max(100_000),
  perAmounts: AmountPerCurrency,
  scope: Scope,
});
export type LoyaltyPoints = z.infer<typeof schema>;

/** Of what the products cost after every discount, however that is paid; shipping and tax on top earn nothing. */
export const loyaltyPoints = {
  kind: 'loyalty_points',
  schema,
  name: { en: 'Loyalty points', zh: '会员积分' },
  arguments: [
    { name: 'points', label: { en: 'Points', zh: '积分' }, unit: 'count', isRequired: true },
    { name: 'perAmounts', label: { en: 'For each', zh: '每消费' }, unit: 'amountPerCurrency', isRequired: true },
    SCOPE_ARGUMENT,
  ],
  evaluate(rule, view) {
    const perMinor = rule.perAmounts[view.currency];
    if (perMinor === undefined) return wrongCurrency(rule.perAmounts, view);
    if (view.pointsPerMinor === null) return miss('WRONG_CURRENCY', 'pointsPerMinor', view.currency);
    if (!view.hasAccount) return miss('ACCOUNT_REQUIRED');
    const found = linesInScope(rule.scope, view);
    if ('outcome' in found) return found;
    const spentMinor = sumCurrent(found.discountable);
    const below = belowThreshold(perMinor, spentMinor);
    if (below) return below;
    const points = Math.min(MAX_AMOUNT_MINOR, multiplyDivide(spentMinor, 1, perMinor).quotient * rule.points);
    return {
      outcome: 'wish',
      amountMinor: 0,
      weights: currentWeights(found.discountable),
      isSpread: true,
      earned: { points, referrerPoints: 0, pointsPerMinor: view.pointsPerMinor, isWhole: false },
    };
  },
  sentence(rule, names) {
    const scope = scopeText(rule.scope, names);
    return {
      en: `${rule.points} ${rule.points === 1 ? 'point' : 'points'} for each ${amountsText(rule.perAmounts, 'en')} of ${scope.en}`,
      zh: `${scope.zh}每消费 ${amountsText(rule.perAmounts, 'zh')} 得 ${rule.points} 积分`,
    };
  },
  depthBasisPoints: () => 0,
  scopeOf: (rule) => rule.scope,
  isEarning: true,
} satisfies PromotionKind<LoyaltyPoints>;
