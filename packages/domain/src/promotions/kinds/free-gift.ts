import { z } from 'zod';
import type { PromotionKind } from '../promotion-kind.ts';
import { miss } from '../promotion-kind.ts';
import { AmountPerCurrency, amountsText, belowThreshold, linesInScope, SCOPE_ARGUMENT } from '../rule-parts.ts';
import { productName, Scope, scopeText } from '../scope.ts';

const schema = z.object({
  kind: z.literal('free_gift'),
  giftSku: z.string().min(1),
  giftQuantity: z.int().min(1).max(10).default(1),
  minimumSpend: AmountPerCurrency,
  scope: Scope,
});
export type FreeGift = z.infer<typeof schema>;

export const freeGift = {
  kind: 'free_gift',
  schema,
  name: { en: 'Free gift', zh: '赠品' },
  arguments: [
    { name: 'giftSku', label: { en: 'Gift', zh: '赠品' }, unit: 'sku', isRequired: true },
    { name: 'giftQuantity', label: { en: 'Pieces', zh: '数量' }, unit: 'count', isRequired: false },
    { name: 'minimumSpend', label: { en: 'Minimum spend', zh: '最低消费' }, unit: 'amountPerCurrency', isRequired: true },
    SCOPE_ARGUMENT,
  ],
  evaluate(rule, view) {
    const thresholdMinor = rule.minimumSpend[view.currency];
    if (thresholdMinor === undefined) return miss('WRONG_CURRENCY', Object.keys(rule.minimumSpend).sort().join(','), view.currency);
    const found = linesInScope(rule.scope, view);
    if ('outcome' in found) return found;
    const below = belowThreshold(thresholdMinor, found.currentMinor);
    if (below) return below;
    const supply = view.gift;
    if (!supply || supply.sku !== rule.giftSku || (supply.stock !== null && supply.stock < rule.giftQuantity))
      return miss('GIFT_OUT_OF_STOCK', rule.giftQuantity, supply?.stock ?? 0);
    if (supply.costMinor === null) return miss('COST_UNKNOWN');
    const gift = { sku: rule.giftSku, name: supply.name, quantity: rule.giftQuantity, costMinor: supply.costMinor * rule.giftQuantity };
    // Carries no discount; the weights say which lines' margin must pay for the gift.
    return {
      outcome: 'wish',
      amountMinor: 0,
      weights: new Map(found.discountable.map((line) => [line.index, line.currentMinor])),
      isSpread: true,
      gift,
    };
  },
  sentence(rule, names) {
    const scope = scopeText(rule.scope, names);
    const pieces = rule.giftQuantity === 1 ? '' : `${rule.giftQuantity} × `;
    return {
      en: `Free ${pieces}${productName(rule.giftSku, names)} with ${scope.en} from ${amountsText(rule.minimumSpend, 'en')}`,
      zh: `${scope.zh}满 ${amountsText(rule.minimumSpend, 'zh')} 赠 ${pieces}${productName(rule.giftSku, names)}`,
    };
  },
  depthBasisPoints: () => 0,
  scopeOf: (rule) => rule.scope,
} satisfies PromotionKind<FreeGift>;
