import type { DemandHistory } from './demand-history.ts';

const AROUND_DAYS = 28;
const AROUND_STEP = 7;

/** Each product's price of the weeks around a day, by their median: [product × day]. */
export function usualPrices({ price, days }: Pick<DemandHistory, 'price' | 'days'>): Float64Array {
  const usual = new Float64Array(price.length);
  const around: number[] = [];
  for (let from = 0; from < price.length; from += days)
    for (let day = 0; day < days; day += 1) {
      around.length = 0;
      for (let other = Math.max(0, day - AROUND_DAYS); other <= Math.min(days - 1, day + AROUND_DAYS); other += AROUND_STEP)
        around.push(price[from + other] ?? 0);
      usual[from + day] = median(around);
    }
  return usual;
}

export function median(values: number[]): number {
  values.sort((a, b) => a - b);
  return values[values.length >> 1] ?? 0;
}
