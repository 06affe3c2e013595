import { z } from 'zod';
import type { Rounding } from '../../shared/money.ts';
import type { LineView, PromotionKind } from '../promotion-kind.ts';
import { miss } from '../promotion-kind.ts';
import { AmountPerCurrency, amountsText, ratioBasisPoints, worthOfUnits } from '../rule-parts.ts';
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
    if (priceMinor === undefined) return miss('WRONG_CURRENCY', Object.keys(rule.prices).sort().join(','), view.currency);
    const pieces = rule.pieces.map((piece) => ({ ...piece, lines: view.lines.filter((line) => line.sku === piece.sku) }));
    if (pieces.every((piece) => piece.lines.length === 0)) return miss('NOTHING_IN_SCOPE');
    const short = pieces.filter((piece) => units(piece.lines) < piece.quantity);
    const first = short[0];
    if (first) {
      const actual = units(first.lines);
      // Only a bundle that lacks one product can be named as "add this".
      return miss(
        'TOO_FEW_UNITS',
        first.quantity,
        actual,
        short.length === 1 ? { unit: 'units', required: first.quantity, actual, sku: first.sku } : undefined,
      );
    }
    if (pieces.some((piece) => piece.lines.some((line) => !line.isDiscountable))) return miss('COST_UNKNOWN');
    const bundles = Math.min(...pieces.map((piece) => Math.floor(units(piece.lines) / piece.quantity)));
    const weights = new Map<number, number>();
    for (const piece of pieces) takeUnits(piece.lines, bundles * piece.quantity, weights, view.rounding);
    const separatelyMinor = [...weights.values()].reduce((sum, value) => sum + value, 0);
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
} satisfies PromotionKind<BundlePrice>;

const units = (lines: readonly LineView[]): number => lines.reduce((sum, line) => sum + line.quantity, 0);

/** Takes units in the order of line ids at what they cost now; a part of a line counts by its share. */
function takeUnits(lines: readonly LineView[], wanted: number, weights: Map<number, number>, rounding: Rounding): void {
  let left = wanted;
  for (const line of lines) {
    const taken = Math.min(left, line.quantity);
    if (taken === 0) return;
    weights.set(line.index, worthOfUnits(line, line.currentMinor, taken, rounding));
    left -= taken;
  }
}
