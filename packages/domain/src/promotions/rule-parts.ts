import { z } from 'zod';
import { CurrencyCode } from '../shared/currencies.ts';
import { AmountMinor, BASIS_POINTS, formatMoney, proportionOf, type Rounding } from '../shared/money.ts';
import type { ArgumentDescription, LineView, Miss, RuleView, Wish } from './promotion-kind.ts';
import { miss } from './promotion-kind.ts';
import type { Scope } from './scope.ts';
import { isInScope } from './scope.ts';

export const PositiveAmountMinor = AmountMinor.min(1);
/** A discount of 0% or more than 100% is a mistake, never a promotion. */
export const DiscountBasisPoints = z.int().min(1).max(BASIS_POINTS);
/** One amount per currency; currencies without an amount do not get the promotion. */
export const AmountPerCurrency = z
  .record(CurrencyCode, PositiveAmountMinor)
  .refine((amounts) => Object.keys(amounts).length > 0, { error: 'needs an amount in at least one currency' });

export const SCOPE_ARGUMENT: ArgumentDescription = {
  name: 'scope',
  label: { en: 'Applies to', zh: '适用范围' },
  unit: 'scope',
  isRequired: true,
};

export type InScope = { readonly lines: readonly LineView[]; readonly discountable: readonly LineView[]; readonly currentMinor: number };

/** The lines a rule is about, or why there are none to discount. */
export function linesInScope(scope: Scope, view: RuleView): InScope | Miss {
  const lines = scope.kind === 'all' ? view.lines : view.lines.filter((line) => isInScope(scope, line));
  if (lines.length === 0) return miss('NOTHING_IN_SCOPE');
  const discountable = lines.filter((line) => line.isDiscountable);
  if (discountable.length === 0) return miss('COST_UNKNOWN');
  return { lines, discountable, currentMinor: sumCurrent(lines) };
}

export const sumCurrent = (lines: readonly LineView[]): number => lines.reduce((sum, line) => sum + line.currentMinor, 0);

/** Weights = what each line costs now. */
export const currentWeights = (lines: readonly LineView[]): Map<number, number> =>
  new Map(lines.map((line) => [line.index, line.currentMinor]));

export const sumPercentBase = (lines: readonly LineView[]): number => lines.reduce((sum, line) => sum + line.percentBaseMinor, 0);

export const percentWeights = (lines: readonly LineView[]): Map<number, number> =>
  new Map(lines.map((line) => [line.index, line.percentBaseMinor]));

/** A miss if the lines are worth less than `thresholdMinor`; exactly the threshold is enough. */
export function belowThreshold(thresholdMinor: number, actualMinor: number): Miss | null {
  if (actualMinor >= thresholdMinor) return null;
  return miss('BELOW_THRESHOLD', thresholdMinor, actualMinor, { unit: 'money', required: thresholdMinor, actual: actualMinor });
}

/** 1,250 basis points → `12.5%`. */
export const percentText = (basisPoints: number): string => `${basisPoints / 100}%`;

/** `€5 / $6` for every currency of the table, sorted by code. */
export function amountsText(amounts: Readonly<Record<string, number>>, locale: string): string {
  return Object.entries(amounts)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([code, amountMinor]) => formatMoney(amountMinor, code, locale))
    .join(' / ');
}

/** part ÷ whole in basis points, rounded up so that a guardrail never sees less than the truth; 0 for an empty whole. */
export const ratioBasisPoints = (part: number, whole: number): number =>
  whole <= 0 ? 0 : Math.min(BASIS_POINTS, Math.max(0, Math.ceil((part * BASIS_POINTS) / whole)));

/** The cheapest way to hold one unit in a cart that reaches a threshold. */
export const cartWorth = (thresholdMinor: number, unitPriceMinor: number): number => Math.max(thresholdMinor, unitPriceMinor);

export const wrongCurrency = (amounts: Readonly<Record<string, unknown>>, view: Pick<RuleView, 'currency'>): Miss =>
  miss('WRONG_CURRENCY', Object.keys(amounts).sort().join(','), view.currency);

/** Brings each line down to its unit price; lines that cost no more already are left alone. A price belongs to its line and moves to no other. */
export function wishForUnitPrice(priced: readonly { readonly line: LineView; readonly priceMinor: number }[]): Wish | Miss {
  const weights = new Map(
    priced.map(({ line, priceMinor }) => [line.index, Math.max(0, line.currentMinor - priceMinor * line.quantity)] as const),
  );
  const amountMinor = sumWeights(weights);
  const [first] = priced;
  if (amountMinor <= 0) return miss('NO_SAVING', first?.priceMinor ?? null, first?.line.unitPriceMinor ?? null);
  return { outcome: 'wish', amountMinor, weights, isSpread: false };
}

/** How deep a unit price cuts, in basis points; 0 where either price is unknown. */
export const priceDepth = (priceMinor: number | undefined, unitPriceMinor: number | null): number =>
  priceMinor === undefined || unitPriceMinor === null ? 0 : ratioBasisPoints(unitPriceMinor - priceMinor, unitPriceMinor);

export const sumWeights = (weights: ReadonlyMap<number, number>): number => [...weights.values()].reduce((sum, value) => sum + value, 0);
export const sumUnits = (lines: readonly LineView[]): number => lines.reduce((sum, line) => sum + line.quantity, 0);

/** What `wanted` units are worth, line by line in the given order; a part of a line counts by its share of the line's `amountOf`. */
export function takeUnits(
  lines: readonly LineView[],
  wanted: number,
  rounding: Rounding,
  amountOf: (line: LineView) => number = percentBaseOf,
): Map<number, number> {
  const weights = new Map<number, number>();
  let left = wanted;
  for (const line of lines) {
    const units = Math.min(left, line.quantity);
    if (units === 0) break;
    weights.set(line.index, proportionOf(amountOf(line), units, line.quantity, rounding));
    left -= units;
  }
  return weights;
}

const percentBaseOf = (line: LineView): number => line.percentBaseMinor;
const unitNow = (line: LineView): number => line.currentMinor / line.quantity;
export const cheapestFirst = (lines: readonly LineView[]): LineView[] =>
  [...lines].sort((a, b) => unitNow(a) - unitNow(b) || a.index - b.index);
export const dearestFirst = (lines: readonly LineView[]): LineView[] =>
  [...lines].sort((a, b) => unitNow(b) - unitNow(a) || a.index - b.index);
