import { z } from 'zod';
import type { PromotionKind } from '../promotion-kind.ts';
import {
  AmountPerCurrency,
  amountsText,
  linesInScope,
  priceDepth,
  SCOPE_ARGUMENT,
  wishForUnitPrice,
  wrongCurrency,
} from '../rule-parts.ts';
import { Scope, scopeText } from '../scope.ts';

const schema = z.object({
  kind: z.literal('fixed_price'),
  /** Price of one unit of every product in scope, per currency. */
  prices: AmountPerCurrency,
  scope: Scope,
});
export type FixedPrice = z.infer<typeof schema>;

export const fixedPrice = {
  kind: 'fixed_price',
  schema,
  name: { en: 'Fixed price', zh: '一口价' },
  arguments: [
    { name: 'prices', label: { en: 'Price of one unit', zh: '单价' }, unit: 'amountPerCurrency', isRequired: true },
    SCOPE_ARGUMENT,
  ],
  evaluate(rule, view) {
    const priceMinor = rule.prices[view.currency];
    if (priceMinor === undefined) return wrongCurrency(rule.prices, view);
    const found = linesInScope(rule.scope, view);
    if ('outcome' in found) return found;
    return wishForUnitPrice(found.discountable.map((line) => ({ line, priceMinor })));
  },
  sentence(rule, names) {
    const scope = scopeText(rule.scope, names);
    return { en: `${scope.en} for ${amountsText(rule.prices, 'en')} each`, zh: `${scope.zh}一口价 ${amountsText(rule.prices, 'zh')}` };
  },
  depthBasisPoints: (rule, sku, prices) => priceDepth(rule.prices[prices.currency], prices.priceOf(sku)),
  scopeOf: (rule) => rule.scope,
} satisfies PromotionKind<FixedPrice>;
