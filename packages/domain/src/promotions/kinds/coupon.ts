import { z } from 'zod';
import { percentOf } from '../../shared/money.ts';
import type { PromotionKind } from '../promotion-kind.ts';
import {
  AmountPerCurrency,
  amountsText,
  belowThreshold,
  DiscountBasisPoints,
  linesInScope,
  percentText,
  percentWeights,
  SCOPE_ARGUMENT,
  sumPercentBase,
  wrongCurrency,
} from '../rule-parts.ts';
import { Scope, scopeText } from '../scope.ts';

const schema = z.object({
  kind: z.literal('coupon'),
  code: z
    .string()
    .trim()
    .min(3)
    .max(60)
    .regex(/^[\p{L}\p{N}_-]+$/u),
  basisPoints: DiscountBasisPoints,
  /** The most the percentage may come to, per currency: the discount is min(fixed, percent). */
  maximumAmounts: AmountPerCurrency,
  minimumSpend: AmountPerCurrency.nullable().default(null),
  scope: Scope,
});
export type Coupon = z.infer<typeof schema>;

export const coupon = {
  kind: 'coupon',
  schema,
  name: { en: 'Coupon code', zh: '优惠码' },
  arguments: [
    { name: 'code', label: { en: 'Code', zh: '优惠码' }, unit: 'text', isRequired: true },
    { name: 'basisPoints', label: { en: 'Discount', zh: '折扣幅度' }, unit: 'basisPoints', isRequired: true },
    { name: 'maximumAmounts', label: { en: 'At most', zh: '最高减免' }, unit: 'amountPerCurrency', isRequired: true },
    { name: 'minimumSpend', label: { en: 'Minimum spend', zh: '最低消费' }, unit: 'amountPerCurrency', isRequired: false },
    SCOPE_ARGUMENT,
  ],
  evaluate(rule, view) {
    const maximumMinor = rule.maximumAmounts[view.currency];
    if (maximumMinor === undefined) return wrongCurrency(rule.maximumAmounts, view);
    const found = linesInScope(rule.scope, view);
    if ('outcome' in found) return found;
    const below = belowThreshold(rule.minimumSpend?.[view.currency] ?? 0, found.currentMinor);
    if (below) return below;
    const percentMinor = percentOf(sumPercentBase(found.discountable), rule.basisPoints, view.rounding);
    return {
      outcome: 'wish',
      amountMinor: Math.min(maximumMinor, percentMinor),
      weights: percentWeights(found.discountable),
      isSpread: false,
    };
  },
  sentence(rule, names) {
    const scope = scopeText(rule.scope, names);
    const percent = percentText(rule.basisPoints);
    const from = rule.minimumSpend;
    return {
      en: `Code ${rule.code}: ${percent} off ${scope.en}${from ? ` from ${amountsText(from, 'en')}` : ''}, at most ${amountsText(rule.maximumAmounts, 'en')}`,
      zh: `优惠码 ${rule.code}：${scope.zh}${from ? `满 ${amountsText(from, 'zh')} ` : ''}减 ${percent}，最高 ${amountsText(rule.maximumAmounts, 'zh')}`,
    };
  },
  depthBasisPoints: (rule) => rule.basisPoints,
  scopeOf: (rule) => rule.scope,
} satisfies PromotionKind<Coupon>;
