import { z } from 'zod';
import { percentOf } from '../../shared/money.ts';
import type { PromotionKind } from '../promotion-kind.ts';
import { miss } from '../promotion-kind.ts';
import {
  AmountPerCurrency,
  amountsText,
  belowThreshold,
  DiscountBasisPoints,
  linesInScope,
  percentText,
  SCOPE_ARGUMENT,
  wrongCurrency,
} from '../rule-parts.ts';
import { Scope, scopeText } from '../scope.ts';

const schema = z
  .object({
    kind: z.literal('reduced_shipping'),
    /** Share of the shipping taken off; 10,000 = all of it. */
    basisPoints: DiscountBasisPoints.optional(),
    /** Or a fixed amount taken off, per currency. */
    amounts: AmountPerCurrency.optional(),
    /** The most a percentage may come to, per currency; a currency without an entry does not get it. */
    maximumAmounts: AmountPerCurrency.optional(),
    minimumSpend: AmountPerCurrency.optional(),
    scope: Scope,
  })
  .refine((rule) => (rule.basisPoints === undefined) !== (rule.amounts === undefined), {
    error: 'needs a percentage or amounts, not both',
    path: ['basisPoints'],
  })
  .refine((rule) => rule.amounts === undefined || rule.maximumAmounts === undefined, {
    error: 'only a percentage can have a maximum',
    path: ['maximumAmounts'],
  });
export type ReducedShipping = z.infer<typeof schema>;

export const reducedShipping = {
  kind: 'reduced_shipping',
  schema,
  name: { en: 'Reduced shipping', zh: '运费减免' },
  arguments: [
    { name: 'basisPoints', label: { en: 'Percentage off shipping', zh: '运费折扣' }, unit: 'basisPoints', isRequired: false },
    { name: 'amounts', label: { en: 'Or amount off shipping', zh: '或减免金额' }, unit: 'amountPerCurrency', isRequired: false },
    { name: 'maximumAmounts', label: { en: 'At most', zh: '最高减免' }, unit: 'amountPerCurrency', isRequired: false },
    { name: 'minimumSpend', label: { en: 'Minimum spend', zh: '最低消费' }, unit: 'amountPerCurrency', isRequired: false },
    SCOPE_ARGUMENT,
  ],
  evaluate(rule, view) {
    for (const amounts of [rule.amounts, rule.maximumAmounts])
      if (amounts && amounts[view.currency] === undefined) return wrongCurrency(amounts, view);
    if (view.shippingMinor <= 0) return miss('NO_SHIPPING_TO_PAY', 1, view.shippingMinor);
    const found = linesInScope(rule.scope, view);
    if ('outcome' in found) return found;
    const below = belowThreshold(rule.minimumSpend?.[view.currency] ?? 0, found.currentMinor);
    if (below) return below;
    const wantedMinor = rule.amounts?.[view.currency] ?? percentOf(view.shippingMinor, rule.basisPoints ?? 0, view.rounding);
    const shippingDiscountMinor = Math.min(view.shippingMinor, wantedMinor, rule.maximumAmounts?.[view.currency] ?? wantedMinor);
    if (shippingDiscountMinor <= 0) return miss('NO_SAVING', 1, shippingDiscountMinor);
    return { outcome: 'wish', amountMinor: 0, weights: new Map(), isSpread: true, shippingDiscountMinor };
  },
  sentence(rule, names) {
    const scope = scopeText(rule.scope, names);
    const [least, most] = [rule.minimumSpend, rule.maximumAmounts];
    const off = (locale: string) => (rule.amounts ? amountsText(rule.amounts, locale) : percentText(rule.basisPoints ?? 0));
    return {
      en: `${off('en')} off shipping with ${scope.en}${least ? ` from ${amountsText(least, 'en')}` : ''}${most ? `, at most ${amountsText(most, 'en')}` : ''}`,
      zh: `${scope.zh}${least ? `满 ${amountsText(least, 'zh')} ` : ''}运费减 ${off('zh')}${most ? `，最高 ${amountsText(most, 'zh')}` : ''}`,
    };
  },
  depthBasisPoints: () => 0,
  scopeOf: (rule) => rule.scope,
} satisfies PromotionKind<ReducedShipping>;
