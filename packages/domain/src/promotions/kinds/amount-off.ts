import { z } from 'zod';
import type { PromotionKind } from '../promotion-kind.ts';
import {
  AmountPerCurrency,
  amountsText,
  belowThreshold,
  cartWorth,
  currentWeights,
  linesInScope,
  ratioBasisPoints,
  SCOPE_ARGUMENT,
  wrongCurrency,
} from '../rule-parts.ts';
import { Scope, scopeText } from '../scope.ts';

const schema = z.object({
  kind: z.literal('amount_off'),
  amounts: AmountPerCurrency,
  /** Least worth of the lines in scope, per currency; a currency without an entry has none. */
  minimumSpend: AmountPerCurrency.nullable().default(null),
  scope: Scope,
});
export type AmountOff = z.infer<typeof schema>;

export const amountOff = {
  kind: 'amount_off',
  schema,
  name: { en: 'Amount off', zh: '立减' },
  arguments: [
    { name: 'amounts', label: { en: 'Amount', zh: '减免金额' }, unit: 'amountPerCurrency', isRequired: true },
    { name: 'minimumSpend', label: { en: 'Minimum spend', zh: '最低消费' }, unit: 'amountPerCurrency', isRequired: false },
    SCOPE_ARGUMENT,
  ],
  evaluate(rule, view) {
    const amountMinor = rule.amounts[view.currency];
    if (amountMinor === undefined) return wrongCurrency(rule.amounts, view);
    const found = linesInScope(rule.scope, view);
    if ('outcome' in found) return found;
    const below = belowThreshold(rule.minimumSpend?.[view.currency] ?? 0, found.currentMinor);
    if (below) return below;
    return { outcome: 'wish', amountMinor, weights: currentWeights(found.discountable), isSpread: true };
  },
  sentence(rule, names) {
    const scope = scopeText(rule.scope, names);
    const from = rule.minimumSpend;
    return {
      en: `${amountsText(rule.amounts, 'en')} off ${scope.en}${from ? ` from ${amountsText(from, 'en')}` : ''}`,
      zh: `${scope.zh}${from ? `满 ${amountsText(from, 'zh')} ` : ''}立减 ${amountsText(rule.amounts, 'zh')}`,
    };
  },
  depthBasisPoints(rule, sku, prices) {
    const priceMinor = prices.priceOf(sku) ?? 0;
    return ratioBasisPoints(rule.amounts[prices.currency] ?? 0, cartWorth(rule.minimumSpend?.[prices.currency] ?? 0, priceMinor));
  },
  scopeOf: (rule) => rule.scope,
} satisfies PromotionKind<AmountOff>;
