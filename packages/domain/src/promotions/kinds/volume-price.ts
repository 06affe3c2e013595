import { z } from 'zod';
import type { LineView, Missing, PromotionKind } from '../promotion-kind.ts';
import { miss } from '../promotion-kind.ts';
import {
  AmountPerCurrency,
  amountsText,
  linesInScope,
  priceDepth,
  SCOPE_ARGUMENT,
  sumUnits,
  wishForUnitPrice,
  wrongCurrency,
} from '../rule-parts.ts';
import { Scope, scopeText } from '../scope.ts';

const Tier = z.object({
  /** Units from which the price holds. */
  quantity: z.int().min(1).max(100_000),
  /** Price of one unit, per currency. */
  prices: AmountPerCurrency,
});
type Tier = z.infer<typeof Tier>;

const schema = z.object({
  kind: z.literal('volume_price'),
  volumeTiers: z
    .array(Tier)
    .min(1)
    .max(10)
    .refine(isCheaperByMore, { error: 'prices must fall while quantities rise, in the same currencies' }),
  /** Whose units count together: those of one product, or of all products in scope. */
  countedBy: z.enum(['product', 'scope']),
  scope: Scope,
});
export type VolumePrice = z.infer<typeof schema>;

function isCheaperByMore(tiers: readonly Tier[]): boolean {
  return tiers.every((tier, index) => {
    const before = tiers[index - 1];
    if (!before) return true;
    const codes = Object.keys(tier.prices);
    return (
      tier.quantity > before.quantity &&
      codes.length === Object.keys(before.prices).length &&
      codes.every((code) => (tier.prices[code] ?? 0) < (before.prices[code] ?? 0))
    );
  });
}

/** Lines whose units count together. */
function groupsOf(rule: VolumePrice, lines: readonly LineView[]): readonly (readonly LineView[])[] {
  return rule.countedBy === 'scope' ? [lines] : [...Map.groupBy(lines, (line) => line.sku).values()];
}

export const volumePrice = {
  kind: 'volume_price',
  schema,
  name: { en: 'Volume price', zh: '阶梯价' },
  arguments: [
    { name: 'volumeTiers', label: { en: 'Price by quantity', zh: '数量与单价' }, unit: 'volumeTiers', isRequired: true },
    {
      name: 'countedBy',
      label: { en: 'Count units', zh: '件数统计' },
      unit: 'choice',
      isRequired: true,
      choices: [
        { value: 'product', label: { en: 'of each product', zh: '按单个商品' } },
        { value: 'scope', label: { en: 'of all these products together', zh: '所有商品合计' } },
      ],
    },
    SCOPE_ARGUMENT,
  ],
  evaluate(rule, view) {
    const [least] = rule.volumeTiers;
    if (!least) return miss('NOTHING_IN_SCOPE');
    if (least.prices[view.currency] === undefined) return wrongCurrency(least.prices, view);
    const found = linesInScope(rule.scope, view);
    if ('outcome' in found) return found;
    const groups = groupsOf(rule, found.lines);
    const priced = groups.flatMap((lines) => {
      const priceMinor = rule.volumeTiers.findLast(({ quantity }) => sumUnits(lines) >= quantity)?.prices[view.currency];
      return priceMinor === undefined ? [] : lines.filter((line) => line.isDiscountable).map((line) => ({ line, priceMinor }));
    });
    const next = nextTier(rule, groups);
    if (priced.length === 0) {
      const actual = Math.max(...groups.map(sumUnits));
      return actual >= least.quantity ? miss('COST_UNKNOWN') : miss('TOO_FEW_UNITS', least.quantity, actual, next);
    }
    const wish = wishForUnitPrice(priced);
    return wish.outcome === 'wish' && next ? { ...wish, next } : wish;
  },
  sentence(rule, names) {
    const scope = scopeText(rule.scope, names);
    const en = rule.volumeTiers.map(({ quantity, prices }) => `${amountsText(prices, 'en')} each from ${quantity}`);
    const zh = rule.volumeTiers.map(({ quantity, prices }) => `满 ${quantity} 件每件 ${amountsText(prices, 'zh')}`);
    return { en: `${scope.en}: ${en.join(', ')}`, zh: `${scope.zh}：${zh.join('，')}` };
  },
  depthBasisPoints: (rule, sku, prices) => priceDepth(rule.volumeTiers.at(-1)?.prices[prices.currency], prices.priceOf(sku)),
  scopeOf: (rule) => rule.scope,
} satisfies PromotionKind<VolumePrice>;

/** The next price, where one thing to add leads to it: several products that count apart have no such thing. */
function nextTier(rule: VolumePrice, groups: readonly (readonly LineView[])[]): Missing | undefined {
  const [lines, another] = groups;
  if (!lines || another) return undefined;
  const actual = sumUnits(lines);
  const tier = rule.volumeTiers.find(({ quantity }) => quantity > actual);
  return tier && { unit: 'units', required: tier.quantity, actual, sku: rule.countedBy === 'product' ? (lines[0]?.sku ?? null) : null };
}
