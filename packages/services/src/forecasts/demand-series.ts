import { removePromotionUplift } from '@promolift/ml';
import type { Demand } from './read-demand.ts';

const SEASON = 7;

/** One thing to forecast. `history` begins where the product does; `units` and `covariates` lie on the whole calendar. */
export type DemandSeries = {
  productId: string | null;
  categoryId: string | null;
  volume: number;
  since: number;
  /** Units free of promotion uplift, [days]. */
  baseline: Float64Array;
  history: Float64Array;
  /** Price against its mean, and promotion days; the forecast days keep the last price and no promotion. [days + horizon] */
  covariates: Float64Array[];
};

/** Products with a sale in the last quarter, largest first, and all categories that sold. */
export function demandSeries(demand: Demand, horizon: number): { products: DemandSeries[]; categories: DemandSeries[] } {
  const { days, productIds, categoryIds, categoryPaths } = demand;
  const categoryUnits = categoryIds.map(() => ({
    baseline: new Float64Array(days),
    promoted: new Float64Array(days + horizon),
    volume: 0,
    since: days,
  }));
  const products = productIds
    .flatMap((productId, p): DemandSeries[] => {
      const units = demand.units.subarray(p * days, (p + 1) * days);
      const promoted = demand.promoted.subarray(p * days, (p + 1) * days);
      const since = demand.since[p];
      if (since >= days) return [];
      const cleaned = removePromotionUplift({ units: units.subarray(since), promoted: promoted.subarray(since), season: SEASON }).baseline;
      const baseline = new Float64Array(days);
      baseline.set(cleaned, since);
      for (const category of categoryPaths[p]) add(categoryUnits[category], baseline, promoted, since);
      const recent = units.subarray(Math.max(0, days - 91)).reduce((sum, value) => sum + value, 0);
      if (recent === 0 || !demand.isActive[p]) return [];
      return [
        {
          productId,
          categoryId: null,
          volume: recent,
          since,
          baseline,
          history: cleaned,
          covariates: covariatesOf(demand.price.subarray(p * days, (p + 1) * days), promoted, horizon),
        },
      ];
    })
    .sort((a, b) => b.volume - a.volume);
  const categories = categoryUnits.flatMap(({ baseline, promoted, volume, since }, at): DemandSeries[] =>
    volume === 0
      ? []
      : [
          {
            productId: null,
            categoryId: categoryIds[at],
            volume,
            since,
            baseline,
            history: baseline.subarray(since),
            covariates: [new Float64Array(days + horizon), promoted.map((count) => Math.log1p(count))],
          },
        ],
  );
  return { products, categories };
}

function add(
  sum: { baseline: Float64Array; promoted: Float64Array; volume: number; since: number },
  baseline: Float64Array,
  promoted: Uint8Array,
  since: number,
): void {
  for (let day = 0; day < baseline.length; day++) {
    sum.baseline[day] += baseline[day];
    sum.promoted[day] += promoted[day];
    sum.volume += baseline[day];
  }
  sum.since = Math.min(sum.since, since);
}

function covariatesOf(price: Float64Array, promoted: Uint8Array, horizon: number): Float64Array[] {
  const days = price.length;
  const relative = new Float64Array(days + horizon);
  const flags = new Float64Array(days + horizon);
  const usual = price.reduce((sum, value) => sum + value, 0) / days || 1;
  for (let day = 0; day < days + horizon; day++) relative[day] = Math.log(Math.max(1, price[Math.min(day, days - 1)]) / Math.max(1, usual));
  flags.set(promoted);
  return [relative, flags];
}
