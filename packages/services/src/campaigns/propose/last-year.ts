import type { DemandHistory } from './demand-history.ts';
import type { PictureProduct } from './products.ts';
import { elasticityOf, type PriceResponse } from './price-response.ts';
import { usualPrices } from './usual-prices.ts';

/** How far the same weeks of last year tell what comes, learned where both are known. */
export type YearMemory = {
  /** ln of demand against the four weeks before moves by this much per ln of last year's; 0 where last year says nothing. */
  weight: number;
  /** Standard deviation of what is left, in ln units: of one category, and of the shop as a whole. */
  categoryError: number;
  shopError: number;
  /** Category key → factor on the forecast, per week of the horizon. */
  factors: Map<string, number[]>;
};

const WEEK = 7;
/** Whole weeks, so that weekdays meet. */
const YEAR = 364;
const BEFORE_DAYS = 28;
const LEAST_UNITS = 20;
const LEAST_PAIRS = 12;
/** Pairs that a weight of nothing stands for, before data. */
const PRIOR_PAIRS = 4;
const MOST_FACTOR = 2.5;
/** Without enough weeks to compare: how far a category and a shop move within weeks, by our belief. */
const USUAL_ERROR = { category: 0.3, shop: 0.15 };

type Pair = { lastYear: number; thisYear: number; start: number };

/**
 * Learns from units without the effect of price cuts whether last year's rise into the same weeks returns, and puts it in place of the rise
 * the forecast sees. Judged on the last third of the pairs: a weight that does not help there is none.
 */
export function lastYear(
  products: readonly PictureProduct[],
  history: DemandHistory,
  response: PriceResponse,
  horizonDays: number,
): YearMemory {
  const categories = [...Map.groupBy(products, ({ categoryKey }) => categoryKey)];
  const units = cleanUnits(products, history, response);
  const series = categories.map(([, inside]) => sumOf(inside, units, history.days));
  const all = sumOf(products, units, history.days);
  const pairs = series.flatMap((each) => pairsOf(each));
  const weight = weightOf(pairs);
  const factors = new Map<string, number[]>();
  categories.forEach(([key, inside], at) => {
    const own = series[at];
    if (own) factors.set(key, factorsOf(own, inside, weight, horizonDays));
  });
  return {
    weight,
    categoryError: errorOf(pairs, weight) ?? errorOf(series.flatMap(risesOf), 0) ?? USUAL_ERROR.category,
    shopError: errorOf(pairsOf(all), weight) ?? errorOf(risesOf(all), 0) ?? USUAL_ERROR.shop,
    factors,
  };
}

/** What would have been sold at usual prices. */
function cleanUnits(products: readonly PictureProduct[], history: DemandHistory, response: PriceResponse): Float64Array {
  const usual = usualPrices(history);
  const clean = history.units.slice();
  for (const { index, categoryKey } of products) {
    const elasticity = elasticityOf(response, categoryKey).mean * (1 - response.substitutionShare);
    for (let at = index * history.days; at < (index + 1) * history.days; at += 1) {
      const [list, price] = [usual[at] ?? 0, history.price[at] ?? 0];
      if (list > 0 && price > 0 && price < list) clean[at] = (clean[at] ?? 0) * (price / list) ** -elasticity;
    }
  }
  return clean;
}

function sumOf(products: readonly PictureProduct[], units: Float64Array, days: number): Float64Array {
  const sums = new Float64Array(days);
  for (const { index } of products) for (let day = 0; day < days; day += 1) sums[day] = (sums[day] ?? 0) + (units[index * days + day] ?? 0);
  return sums;
}

/** ln of a week's units against the four weeks before `start`; null where too little was sold. */
function riseInto(units: Float64Array, start: number, week: number): number | null {
  const from = start + week * WEEK;
  if (start < BEFORE_DAYS || from + WEEK > units.length) return null;
  const before = total(units, start - BEFORE_DAYS, BEFORE_DAYS) / BEFORE_DAYS;
  const now = total(units, from, WEEK) / WEEK;
  return before * BEFORE_DAYS >= LEAST_UNITS && now > 0 ? Math.log(now / before) : null;
}

/** Weeks whose own rise and last year's are both known, oldest first. */
function pairsOf(units: Float64Array): Pair[] {
  const pairs: Pair[] = [];
  for (let start = YEAR + BEFORE_DAYS; start + WEEK <= units.length; start += WEEK)
    for (const week of [0, 1]) {
      const [before, after] = [riseInto(units, start - YEAR, week), riseInto(units, start, week)];
      if (before !== null && after !== null) pairs.push({ lastYear: before, thisYear: after, start });
    }
  return pairs;
}

/** Rises of a past shorter than a year, against nothing. */
function risesOf(units: Float64Array): Pair[] {
  const rises: Pair[] = [];
  for (let start = BEFORE_DAYS; start + WEEK <= units.length; start += WEEK) {
    const now = riseInto(units, start, 0);
    if (now !== null) rises.push({ lastYear: 0, thisYear: now, start });
  }
  return rises;
}

function weightOf(pairs: readonly Pair[]): number {
  if (pairs.length < LEAST_PAIRS) return 0;
  const ordered = pairs.toSorted((a, b) => a.start - b.start);
  const split = Math.floor((ordered.length * 2) / 3);
  const before = slopeOf(ordered.slice(0, split));
  const judged = ordered.slice(split);
  const miss = (slope: number) => judged.reduce((sum, pair) => sum + (pair.thisYear - slope * pair.lastYear) ** 2, 0);
  return miss(before) < miss(0) ? slopeOf(ordered) : 0;
}

function slopeOf(pairs: readonly Pair[]): number {
  const square = pairs.reduce((sum, pair) => sum + pair.lastYear ** 2, 0);
  const prior = (PRIOR_PAIRS * square) / Math.max(1, pairs.length);
  return square > 0 ? Math.min(1, Math.max(0, pairs.reduce((sum, pair) => sum + pair.lastYear * pair.thisYear, 0) / (square + prior))) : 0;
}

function errorOf(pairs: readonly Pair[], weight: number): number | null {
  if (pairs.length < LEAST_PAIRS) return null;
  return Math.sqrt(pairs.reduce((sum, pair) => sum + (pair.thisYear - weight * pair.lastYear) ** 2, 0) / pairs.length);
}

/** Per week of the horizon: last year's rise, as far as it counts, in place of the rise that the forecast sees. */
function factorsOf(units: Float64Array, products: readonly PictureProduct[], weight: number, horizonDays: number): number[] {
  const recent = total(units, units.length - BEFORE_DAYS, BEFORE_DAYS) / BEFORE_DAYS;
  return Array.from({ length: Math.ceil(horizonDays / WEEK) }, (_, week) => {
    const then = riseInto(units, units.length - YEAR, week);
    const forecast = products.reduce((sum, { expected }) => sum + total(expected, week * WEEK, WEEK), 0) / WEEK;
    if (then === null || !(recent > 0) || !(forecast > 0) || weight === 0) return 1;
    return Math.min(MOST_FACTOR, Math.max(1 / MOST_FACTOR, (Math.exp(weight * then) * recent) / forecast));
  });
}

const total = (values: Float64Array, from: number, length: number): number =>
  values.subarray(from, from + length).reduce((a, b) => a + b, 0);

/** Puts last year's rise into the forecast of every product. */
export function applyLastYear(products: readonly PictureProduct[], { factors }: YearMemory): void {
  for (const product of products) {
    const factor = (day: number) => factors.get(product.categoryKey)?.[Math.floor(day / WEEK)] ?? 1;
    product.expected = product.expected.map((units, day) => units * factor(day));
    product.deviation = product.deviation.map((units, day) => units * factor(day));
    product.expectedPerDay = product.expected.reduce((a, b) => a + b, 0) / Math.max(1, product.expected.length);
  }
}
