import { z } from 'zod';
import type { PromotionKind } from '../promotion-kind.ts';
import { miss } from '../promotion-kind.ts';
import {
  AmountPerCurrency,
  amountsText,
  DiscountBasisPoints,
  linesInScope,
  percentText,
  priceDepth,
  wishForUnitPrice,
  wrongCurrency,
} from '../rule-parts.ts';
import { productName } from '../scope.ts';

const schema = z.object({
  kind: z.literal('pre_sale'),
  sku: z.string().min(1),
  /** Price of one unit before the launch, per currency. */
  prices: AmountPerCurrency,
  launchesAt: z.iso.datetime({ offset: true }),
  /** Share of the final price paid at once; the balance is due at the launch. */
  depositBasisPoints: DiscountBasisPoints,
});
export type PreSale = z.infer<typeof schema>;

export const preSale = {
  kind: 'pre_sale',
  schema,
  name: { en: 'Pre-sale', zh: '预售' },
  arguments: [
    { name: 'sku', label: { en: 'Product', zh: '商品' }, unit: 'sku', isRequired: true },
    { name: 'prices', label: { en: 'Pre-sale price', zh: '预售价' }, unit: 'amountPerCurrency', isRequired: true },
    { name: 'launchesAt', label: { en: 'Launch', zh: '上市时间' }, unit: 'date', isRequired: true },
    { name: 'depositBasisPoints', label: { en: 'Deposit', zh: '定金比例' }, unit: 'basisPoints', isRequired: true },
  ],
  evaluate(rule, view) {
    const priceMinor = rule.prices[view.currency];
    if (priceMinor === undefined) return wrongCurrency(rule.prices, view);
    const found = linesInScope({ kind: 'skus', skus: [rule.sku] }, view);
    if ('outcome' in found) return found;
    if (view.now.getTime() >= Date.parse(rule.launchesAt)) return miss('LAUNCHED', rule.launchesAt, view.now.toISOString());
    const wish = wishForUnitPrice(found.discountable.map((line) => ({ line, priceMinor })));
    if (wish.outcome === 'miss') return wish;
    return { ...wish, deposit: { basisPoints: rule.depositBasisPoints, indexes: [...wish.weights.keys()] } };
  },
  sentence(rule, names) {
    const percent = percentText(rule.depositBasisPoints);
    const day = rule.launchesAt.slice(0, 10);
    return {
      en: `Pre-sale: ${productName(rule.sku, names)} for ${amountsText(rule.prices, 'en')} before ${day}, ${percent} deposit`,
      zh: `预售：${productName(rule.sku, names)} ${day} 前 ${amountsText(rule.prices, 'zh')}，定金 ${percent}`,
    };
  },
  depthBasisPoints: (rule, sku, prices) => priceDepth(rule.prices[prices.currency], prices.priceOf(sku)),
  scopeOf: (rule) => ({ kind: 'skus', skus: [rule.sku] }),
} satisfies PromotionKind<PreSale>;
