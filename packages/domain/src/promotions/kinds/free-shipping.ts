import { z } from 'zod';
import type { PromotionKind } from '../promotion-kind.ts';
import { miss } from '../promotion-kind.ts';
import { AmountPerCurrency, amountsText, belowThreshold, linesInScope, SCOPE_ARGUMENT, wrongCurrency } from '../rule-parts.ts';
import { Scope, scopeText } from '../scope.ts';

const schema = z.object({ kind: z.literal('free_shipping'), minimumSpend: AmountPerCurrency, scope: Scope });
export type FreeShipping = z.infer<typeof schema>;

export const freeShipping = {
  kind: 'free_shipping',
  schema,
  name: { en: 'Free shipping', zh: '包邮' },
  arguments: [
    { name: 'minimumSpend', label: { en: 'Minimum spend', zh: '最低消费' }, unit: 'amountPerCurrency', isRequired: true },
    SCOPE_ARGUMENT,
  ],
  evaluate(rule, view) {
    const thresholdMinor = rule.minimumSpend[view.currency];
    if (thresholdMinor === undefined) return wrongCurrency(rule.minimumSpend, view);
    if (view.shippingMinor <= 0) return miss('NO_SHIPPING_TO_PAY', 1, view.shippingMinor);
    const found = linesInScope(rule.scope, view);
    if ('outcome' in found) return found;
    const below = belowThreshold(thresholdMinor, found.currentMinor);
    if (below) return below;
    return { outcome: 'wish', amountMinor: 0, weights: new Map(), isSpread: true, shippingDiscountMinor: view.shippingMinor };
  },
  sentence(rule, names) {
    const scope = scopeText(rule.scope, names);
    return {
      en: `Free shipping with ${scope.en} from ${amountsText(rule.minimumSpend, 'en')}`,
      zh: `${scope.zh}满 ${amountsText(rule.minimumSpend, 'zh')} 包邮`,
    };
  },
  depthBasisPoints: () => 0,
  scopeOf: (rule) => rule.scope,
} satisfies PromotionKind<FreeShipping>;
