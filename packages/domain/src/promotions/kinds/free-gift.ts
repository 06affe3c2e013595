import { z } from 'zod';
import type { PromotionKind } from '../promotion-kind.ts';
import { miss } from '../promotion-kind.ts';
import {
  AmountPerCurrency,
  amountsText,
  belowThreshold,
  currentWeights,
  linesInScope,
  SCOPE_ARGUMENT,
  wrongCurrency,
} from '../rule-parts.ts';
import { productName, Scope, scopeText } from '../scope.ts';

const schema = z.object({
  kind: z.literal('free_gift'),
  giftSku: z.string().min(1),
  /** What the shopper may choose instead; without a choice the first in stock is given. */
  otherGiftSkus: z.array(z.string().min(1)).min(1).max(20).optional(),
  giftQuantity: z.int().min(1).max(10).default(1),
  minimumSpend: AmountPerCurrency,
  scope: Scope,
});
export type FreeGift = z.infer<typeof schema>;

function giftSkusOf({ giftSku, otherGiftSkus = [] }: FreeGift): string[] {
  return [...new Set([giftSku, ...otherGiftSkus])];
}

export const freeGift = {
  kind: 'free_gift',
  schema,
  name: { en: 'Free gift', zh: '赠品' },
  arguments: [
    { name: 'giftSku', label: { en: 'Gift', zh: '赠品' }, unit: 'sku', isRequired: true },
    { name: 'otherGiftSkus', label: { en: 'Or, as the shopper chooses', zh: '顾客可改选' }, unit: 'skus', isRequired: false },
    { name: 'giftQuantity', label: { en: 'Pieces', zh: '数量' }, unit: 'count', isRequired: false },
    { name: 'minimumSpend', label: { en: 'Minimum spend', zh: '最低消费' }, unit: 'amountPerCurrency', isRequired: true },
    SCOPE_ARGUMENT,
  ],
  evaluate(rule, view) {
    const thresholdMinor = rule.minimumSpend[view.currency];
    if (thresholdMinor === undefined) return wrongCurrency(rule.minimumSpend, view);
    const found = linesInScope(rule.scope, view);
    if ('outcome' in found) return found;
    const below = belowThreshold(thresholdMinor, found.currentMinor);
    if (below) return below;
    const had = view.gifts.filter((supply) => supply.stock === null || supply.stock >= rule.giftQuantity);
    if (had.length === 0) return miss('GIFT_OUT_OF_STOCK', rule.giftQuantity, Math.max(0, ...view.gifts.map(({ stock }) => stock ?? 0)));
    const known = had.flatMap(({ costMinor, ...supply }) => (costMinor === null ? [] : [{ ...supply, costMinor }]));
    const chosen = known.find(({ sku }) => view.chosenGiftSkus.includes(sku)) ?? known[0];
    if (!chosen) return miss('COST_UNKNOWN');
    const otherSkus = known.flatMap(({ sku }) => (sku === chosen.sku ? [] : [sku]));
    const { sku, name, costMinor } = chosen;
    const gift = {
      sku,
      name,
      quantity: rule.giftQuantity,
      costMinor: costMinor * rule.giftQuantity,
      ...(otherSkus.length > 0 && { otherSkus }),
    };
    // Carries no discount; the weights say which lines' margin must pay for the gift.
    return {
      outcome: 'wish',
      amountMinor: 0,
      weights: currentWeights(found.discountable),
      isSpread: true,
      gift,
    };
  },
  sentence(rule, names) {
    const scope = scopeText(rule.scope, names);
    const pieces = rule.giftQuantity === 1 ? '' : `${rule.giftQuantity} × `;
    const called = giftSkusOf(rule).map((sku) => productName(sku, names));
    return {
      en: `Free ${pieces}${called.join(' or ')} with ${scope.en} from ${amountsText(rule.minimumSpend, 'en')}`,
      zh: `${scope.zh}满 ${amountsText(rule.minimumSpend, 'zh')} 赠 ${pieces}${called.join(' 或 ')}`,
    };
  },
  depthBasisPoints: () => 0,
  scopeOf: (rule) => rule.scope,
  giftSkusOf,
  alsoNames: giftSkusOf,
} satisfies PromotionKind<FreeGift>;
