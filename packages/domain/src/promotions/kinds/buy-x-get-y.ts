import { z } from 'zod';
import { percentOf, type Rounding } from '../../shared/money.ts';
import type { LineView, Miss, PriceBook, PromotionKind } from '../promotion-kind.ts';
import { miss } from '../promotion-kind.ts';
import {
  cheapestFirst,
  dearestFirst,
  DiscountBasisPoints,
  linesInScope,
  percentText,
  ratioBasisPoints,
  SCOPE_ARGUMENT,
  sumUnits,
  sumWeights,
  takeUnits,
} from '../rule-parts.ts';
import { Scope, scopeText } from '../scope.ts';

const schema = z
  .object({
    kind: z.literal('buy_x_get_y'),
    buyQuantity: z.int().min(1).max(100),
    getQuantity: z.int().min(1).max(100),
    /** 10,000 = the discounted units are free. */
    basisPoints: DiscountBasisPoints,
    /**
     * Which units are discounted, of every `buyQuantity + getQuantity` units: the cheapest or the dearest of all in scope, the
     * cheapest of one and the same product, or the cheapest of one of each product of a set. Without a mode: the cheapest.
     */
    mode: z.enum(['cheapest', 'dearest', 'same', 'set']).optional(),
    scope: Scope,
  })
  .refine((rule) => rule.mode !== 'set' || setOf(rule).length === rule.buyQuantity + rule.getQuantity, {
    error: 'a set names as many different products as are bought and got together',
    path: ['scope'],
  });
export type BuyXGetY = z.infer<typeof schema>;

function setOf({ scope }: { scope: Scope }): string[] {
  return scope.kind === 'skus' ? [...new Set(scope.skus)].sort() : [];
}

export const buyXGetY = {
  kind: 'buy_x_get_y',
  schema,
  name: { en: 'Buy some, get some', zh: '买赠' },
  arguments: [
    { name: 'buyQuantity', label: { en: 'Buy', zh: '购买件数' }, unit: 'count', isRequired: true },
    { name: 'getQuantity', label: { en: 'Get', zh: '优惠件数' }, unit: 'count', isRequired: true },
    { name: 'basisPoints', label: { en: 'Discount on these', zh: '优惠幅度' }, unit: 'basisPoints', isRequired: true },
    {
      name: 'mode',
      label: { en: 'Which units', zh: '优惠商品' },
      unit: 'choice',
      isRequired: false,
      choices: [
        { value: 'cheapest', label: { en: 'the cheapest', zh: '最便宜的' } },
        { value: 'dearest', label: { en: 'the dearest', zh: '最贵的' } },
        { value: 'same', label: { en: 'more of the same product', zh: '同一商品' } },
        { value: 'set', label: { en: 'the cheapest of one of each product', zh: '每款各一件中最便宜的' } },
      ],
    },
    SCOPE_ARGUMENT,
  ],
  evaluate(rule, view) {
    const found = linesInScope(rule.scope, view);
    if ('outcome' in found) return found;
    const weights = discountedUnits(rule, found.discountable, view.rounding);
    if ('outcome' in weights) return weights;
    return { outcome: 'wish', amountMinor: percentOf(sumWeights(weights), rule.basisPoints, view.rounding), weights, isSpread: false };
  },
  sentence(rule, names) {
    const scope = scopeText(rule.scope, names);
    const free = rule.basisPoints === 10_000;
    const percent = percentText(rule.basisPoints);
    const which = WHICH[rule.mode ?? 'cheapest'];
    return {
      en: `Buy ${rule.buyQuantity}, get ${rule.getQuantity} ${free ? 'free' : `at ${percent} off`}${which.en}: ${scope.en}`,
      zh: `${scope.zh}${which.zh}买 ${rule.buyQuantity} ${free ? `送 ${rule.getQuantity}` : `后 ${rule.getQuantity} 件减 ${percent}`}`,
    };
  },
  depthBasisPoints: depthOf,
  scopeOf: (rule) => rule.scope,
} satisfies PromotionKind<BuyXGetY>;

const WHICH = {
  cheapest: { en: '', zh: '' },
  dearest: { en: ' (the dearest)', zh: '（最贵的优惠）' },
  same: { en: ' of the same product', zh: '同款' },
  set: { en: ' of one each', zh: '各一件' },
};

/** What the units to be discounted cost now, by line. */
function discountedUnits(rule: BuyXGetY, lines: readonly LineView[], rounding: Rounding): Map<number, number> | Miss {
  const groupUnits = rule.buyQuantity + rule.getQuantity;
  if (rule.mode === 'set') return unitsOfSets(rule, lines, rounding);
  if (rule.mode === 'same') {
    const products = [...Map.groupBy(lines, (line) => line.sku).values()];
    const enough = products.filter((same) => sumUnits(same) >= groupUnits);
    const fullest = products.reduce((best, same) => (sumUnits(same) > sumUnits(best) ? same : best), products[0] ?? []);
    if (enough.length === 0) return tooFew(groupUnits, sumUnits(fullest), fullest[0]?.sku ?? null);
    return new Map(enough.flatMap((same) => [...takeUnits(cheapestFirst(same), wanted(rule, sumUnits(same)), rounding)]));
  }
  const units = sumUnits(lines);
  if (units < groupUnits) return tooFew(groupUnits, units, null);
  return takeUnits(rule.mode === 'dearest' ? dearestFirst(lines) : cheapestFirst(lines), wanted(rule, units), rounding);
}

const wanted = (rule: BuyXGetY, units: number): number => Math.floor(units / (rule.buyQuantity + rule.getQuantity)) * rule.getQuantity;

const tooFew = (required: number, actual: number, sku: string | null): Miss =>
  miss('TOO_FEW_UNITS', required, actual, { unit: 'units', required, actual, sku });

/** Each complete set has one unit of every product; its cheapest products are discounted. */
function unitsOfSets(rule: BuyXGetY, lines: readonly LineView[], rounding: Rounding): Map<number, number> | Miss {
  const skus = setOf(rule);
  const pieces = skus.map((sku) => lines.filter((line) => line.sku === sku));
  const absent = skus.filter((_, index) => pieces[index]?.length === 0);
  // One product that no line prices cannot be verified as a hint.
  if (absent.length > 0) return miss('TOO_FEW_UNITS', skus.length, skus.length - absent.length);
  const sets = Math.min(...pieces.map(sumUnits));
  const worth = (piece: readonly LineView[]) => sumWeights(takeUnits(cheapestFirst(piece), sets, rounding));
  const cheapest = [...pieces].sort((a, b) => worth(a) - worth(b)).slice(0, rule.getQuantity);
  return new Map(cheapest.flatMap((piece) => [...takeUnits(cheapestFirst(piece), sets, rounding)]));
}

/** Bought with cheaper units the dearest is cut by all of it; of a set the cheapest are. */
function depthOf(rule: BuyXGetY, sku: string, prices: PriceBook): number {
  if (rule.mode === 'dearest') return rule.basisPoints;
  if (rule.mode !== 'set') return ratioBasisPoints(rule.getQuantity * rule.basisPoints, (rule.buyQuantity + rule.getQuantity) * 10_000);
  const own = prices.priceOf(sku) ?? 0;
  const cheaper = setOf(rule).filter((other) => other !== sku && (prices.priceOf(other) ?? Number.POSITIVE_INFINITY) < own);
  return cheaper.length < rule.getQuantity ? rule.basisPoints : 0;
}
