import { z } from 'zod';
import type { LineView, PromotionKind } from '../promotion-kind.ts';
import { miss } from '../promotion-kind.ts';
import { AmountPerCurrency, amountsText, ratioBasisPoints, sumUnits, sumWeights, takeUnits, wrongCurrency } from '../rule-parts.ts';
import { productName } from '../scope.ts';

const Piece = z.object({ sku: z.string().min(1), quantity: z.int().min(1).max(100) });
const schema = z
  .object({ kind: z.literal('bundle_price'), pieces: z.array(Piece).min(1).max(20), prices: AmountPerCurrency })
  .refine((rule) => new Set(rule.pieces.map((piece) => piece.sku)).size === rule.pieces.length, {
    error: 'a product is named twice',
    path: ['pieces'],
  });
export type BundlePrice = z.infer<typeof schema>;

export const bundlePrice = {
  kind: 'bundle_price',
  schema,
  name: { en: 'Bundle price', zh: '组合价' },
  arguments: [
    { name: 'pieces', label: { en: 'Products', zh: '商品' }, unit: 'bundle', isRequired: true },
    { name: 'prices', label: { en: 'Price of the bundle', zh: '组合价格' }, unit: 'amountPerCurrency', isRequired: true },
  ],
  evaluate(rule, view) {
    const priceMinor = rule.prices[view.currency];
    if (priceMinor === undefined) return wrongCurrency(rule.prices, view);
    const pieces = rule.pieces.map((piece) => ({ ...piece, lines: view.lines.filter((line) => line.sku === piece.sku) }));
    if (pieces.every((piece) => piece.lines.length === 0)) return miss('NOTHING_IN_SCOPE');
    const short = pieces.filter((piece) => sumUnits(piece.lines) < piece.quantity);
    const first = short[0];
    if (first) {
      const actual = sumUnits(first.lines);
      // Only a bundle that lacks one product can be named as "add this".
      return miss(
        'TOO_FEW_UNITS',
        first.quantity,
        actual,
        short.length === 1 ? { unit: 'units', required: first.quantity, actual, sku: first.sku } : undefined,
      );
    }
    if (pieces.some((piece) => piece.lines.some((line) => !line.isDiscountable))) return miss('COST_UNKNOWN');
    const bundles = Math.min(...pieces.map((piece) => Math.floor(sumUnits(piece.lines) / piece.quantity)));
    const costsNow = (line: LineView) => line.currentMinor;
    const weights = new Map(pieces.flatMap((piece) => [...takeUnits(piece.lines, bundles * piece.quantity, view.rounding, costsNow)]));
    const separatelyMinor = sumWeights(weights);
    const amountMinor = separatelyMinor - bundles * priceMinor;
    if (amountMinor <= 0) return miss('NO_SAVING', bundles * priceMinor, separatelyMinor);
    return { outcome: 'wish', amountMinor, weights, isSpread: true };
  },
  sentence(rule, names) {
    const pieces = rule.pieces
      .map((piece) => (piece.quantity === 1 ? productName(piece.sku, names) : `${piece.quantity} × ${productName(piece.sku, names)}`))
      .join(' + ');
    return { en: `${pieces} together for ${amountsText(rule.prices, 'en')}`, zh: `${pieces} 组合价 ${amountsText(rule.prices, 'zh')}` };
  },
  depthBasisPoints(rule, _sku, prices) {
    const separatelyMinor = rule.pieces.reduce((sum, piece) => sum + (prices.priceOf(piece.sku) ?? 0) * piece.quantity, 0);
    return ratioBasisPoints(separatelyMinor - (rule.prices[prices.currency] ?? separatelyMinor), separatelyMinor);
  },
  scopeOf: (rule) => ({ kind: 'skus', skus: rule.pieces.map((piece) => piece.sku) }),
  alsoNames: (rule) => rule.pieces.map((piece) => piece.sku),
} satisfies PromotionKind<BundlePrice>;
