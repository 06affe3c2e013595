import { matchedLevel, type MatchOptions, type Observation, placeboError } from '@promolift/ml';
import type { PastDepths, PastSale } from './past-sales.ts';
import { ordersOfAway, type PurchaseDays, unitsOfPresent } from './shopper-groups.ts';

/** What one past sale changed against weeks without one. */
export type SaleEffect = PastSale & {
  /** Part of everything bought that was given away, beyond the matched weeks. */
  felt: number;
  /** Per category: depth beyond the matched weeks, units expected on the sale's days, and what came on top. Of shoppers who were not away. */
  categories: { depth: number; expectedUnits: number; extraUnits: Observation }[];
  expectedUnits: number;
  extraUnits: Observation;
  /** Of those who were away: orders a day they used to place, and what came back until two weeks after the sale, in orders. */
  missingPerDay: number;
  comeback: Observation;
};

/** Days after a sale on which who came back still counts: some stay. */
const AFTER_DAYS = 14;
/** Days after a sale that are no quiet ones: shelves at home are full. */
const REST_DAYS = 7;
/** Earlier, nobody's rhythm is known. */
const LEAST_PAST_DAYS = 90;
const WEEK = 7;
/** Seasons change what is bought within weeks; how many of those who are away return by themselves hardly changes. */
const REACH_DAYS = 49;
const AWAY_REACH_DAYS = 200;

/** Each sale against stretches of the same length that begin on the same weekday, without a sale in them or just before; sales without enough of them are left out. */
export function saleEffects(bought: PurchaseDays, depths: PastDepths, sales: readonly PastSale[]): SaleEffect[] {
  return sales
    .filter(({ from, to }) => from >= LEAST_PAST_DAYS && to + AFTER_DAYS <= bought.days)
    .flatMap((sale) => effectOf(bought, depths, sales, sale) ?? []);
}

function effectOf(bought: PurchaseDays, depths: PastDepths, sales: readonly PastSale[], sale: PastSale): SaleEffect | null {
  const length = sale.to - sale.from;
  const starts = quietStarts(sales, sale, bought.days, length);
  const options = { reach: REACH_DAYS, apart: length };
  const usual = (value: (start: number) => number) => matchedLevel(quietValues(starts, value), sale.from, options) ?? 0;
  const units = new Map([...starts, sale.from].map((start) => [start, unitsOfPresent(bought, start, length)]));
  const unitsOf = (start: number, category: number) => units.get(start)?.[category] ?? 0;
  const total = compare(starts, (start) => sum(units.get(start) ?? []), sale.from, options);
  const felt = meanOf(depths.felt, sale.from, length) - usual((start) => meanOf(depths.felt, start, length));
  if (!total || felt <= 0) return null;
  const categories = depths.categoryKeys.map((_, category) => {
    const own = depths.depth.subarray(category * bought.days, (category + 1) * bought.days);
    return {
      depth: Math.max(0, meanOf(own, sale.from, length) - usual((start) => meanOf(own, start, length))),
      expectedUnits: usual((start) => unitsOf(start, category)),
      extraUnits: compare(starts, (start) => unitsOf(start, category), sale.from, options) ?? UNKNOWN,
    };
  });
  return {
    ...sale,
    felt,
    categories,
    expectedUnits: usual((start) => sum(units.get(start) ?? [])),
    extraUnits: total,
    ...comebackOf(bought, sales, sale),
  };
}

function comebackOf(bought: PurchaseDays, sales: readonly PastSale[], sale: PastSale): Pick<SaleEffect, 'missingPerDay' | 'comeback'> {
  const length = sale.to - sale.from + AFTER_DAYS;
  const { missingPerDay } = ordersOfAway(bought, sale.from, length);
  const perMissing = (start: number) => {
    const away = ordersOfAway(bought, start, length);
    return away.missingPerDay > 0 ? away.orders / away.missingPerDay : 0;
  };
  const found = compare(quietStarts(sales, sale, bought.days, length), perMissing, sale.from, { reach: AWAY_REACH_DAYS, apart: length });
  return {
    missingPerDay,
    comeback: found ? { value: found.value * missingPerDay, standardError: found.standardError * missingPerDay } : UNKNOWN,
  };
}

const UNKNOWN: Observation = { value: 0, standardError: Number.POSITIVE_INFINITY };

/** Starts of stretches on the sale's weekday that meet no sale and none of the days just after one. */
function quietStarts(sales: readonly PastSale[], { from }: PastSale, days: number, length: number): number[] {
  const starts: number[] = [];
  for (let at = from % WEEK; at + length <= days; at += WEEK)
    if (at >= LEAST_PAST_DAYS && !sales.some((sale) => at < sale.to + REST_DAYS && at + length > sale.from)) starts.push(at);
  return starts;
}

const quietValues = (starts: readonly number[], value: (start: number) => number) => starts.map((at) => ({ at, value: value(at) }));

/** Seen − expected, with the error such comparisons have where nothing was offered. */
function compare(starts: readonly number[], value: (start: number) => number, at: number, options: MatchOptions): Observation | null {
  const values = quietValues(starts, value);
  const expected = matchedLevel(values, at, options);
  const error = placeboError(values, options);
  if (expected === null || error === null) return null;
  return { value: value(at) - expected, standardError: Math.max(1e-9, error * expected) };
}

const sum = (values: ArrayLike<number>): number => Array.from(values).reduce((a, b) => a + b, 0);
const meanOf = (values: Float64Array, from: number, length: number): number =>
  sum(values.subarray(from, from + length)) / Math.max(1, length);
