import { estimateElasticities, type PriceRows } from '@promolift/ml';
import type { Deps } from '../shared/deps.ts';
import { type SavedModel, saveModel } from '../shared/save-model.ts';
import { encodeElasticities } from './elasticity.ts';
import type { Demand } from './read-demand.ts';

const WEEK = 7;
const JUDGED_WEEKS = 8;
const LEAST_WEEKS = 16;
const LEVEL_SWEEPS = 10;

export type ElasticityTraining = {
  saved: SavedModel;
  shopMean: number;
  categories: Record<string, { mean: number; standardDeviation: number }>;
  error: number;
  baselineError: number;
};

/** Price response per category, shrunk towards the shop's, from weekly units and shelf prices; judged on the last eight weeks against "price changes nothing". */
export async function trainElasticity(deps: Deps, demand: Demand, asOf: Date, seed: number): Promise<ElasticityTraining | null> {
  const weeks = Math.floor(demand.days / WEEK);
  if (weeks < LEAST_WEEKS) return null;
  const options = {
    categoryOfProduct: demand.categoryOfProduct.map((_, product) => groupOf(demand, product)),
    categoryCount: demand.categoryKeys.length + 1,
  };
  const judged = weeklyRows(demand, weeks - JUDGED_WEEKS, weeks);
  const before = estimateElasticities(weeklyRows(demand, 0, weeks - JUDGED_WEEKS), options);
  const error = judgedError(judged, demand, (category) => before.categories[category].mean);
  const baselineError = judgedError(judged, demand, () => 0);
  const final = estimateElasticities(weeklyRows(demand, 0, weeks), options);
  const categories = Object.fromEntries(demand.categoryKeys.map((key, category) => [key, { ...final.categories[category] }]));
  const saved = await saveModel(deps, {
    kind: 'elasticity',
    algorithm: 'panel-shrunk',
    metrics: {
      deviance: error,
      shopMean: final.shop.mean,
      shopStandardDeviation: final.shop.standardDeviation,
      rowsUsed: final.rowsUsed,
      categories,
    },
    baseline: { algorithm: 'price changes nothing', deviance: baselineError },
    gate: {
      metricName: 'deviance of weekly units',
      direction: 'lower_is_better',
      candidate: error,
      baseline: baselineError,
      otherValues: final.categories.flatMap(({ mean, standardDeviation }) => [mean, standardDeviation]),
      samples: judged.units.length,
      minimumSamples: 100,
    },
    dataFrom: new Date(demand.firstDay),
    dataTo: asOf,
    seed,
    backend: 'typed-arrays',
    artefact: encodeElasticities({ categories, shop: { ...final.shop } }),
  });
  return { saved, shopMean: final.shop.mean, categories, error, baselineError };
}

/** Products without a category form one group behind the categories. */
const groupOf = ({ categoryOfProduct, categoryKeys }: Demand, product: number): number =>
  categoryOfProduct[product] < 0 ? categoryKeys.length : categoryOfProduct[product];

type Rows = { productIndex: number[]; periodIndex: number[]; units: number[]; price: number[] };

/** Weeks [from, to) counted back from the last day, products that existed in them. */
function weeklyRows({ days, productIds, units, price, since }: Demand, from: number, to: number): Rows & PriceRows {
  const rows: Rows = { productIndex: [], periodIndex: [], units: [], price: [] };
  const offset = days % WEEK;
  for (let p = 0; p < productIds.length; p++) {
    for (let week = from; week < to; week++) {
      const start = offset + week * WEEK;
      if (start < since[p]) continue;
      let [sold, logPrice] = [0, 0];
      for (let at = p * days + start; at < p * days + start + WEEK; at++) {
        sold += units[at];
        logPrice += Math.log(price[at]) / WEEK;
      }
      // Never the price paid: it is known only where something was sold, which would turn the sign around.
      if (!Number.isFinite(logPrice)) continue;
      rows.productIndex.push(p);
      rows.periodIndex.push(week - from);
      rows.units.push(sold);
      rows.price.push(Math.exp(logPrice));
    }
  }
  return rows;
}

/** Mean Poisson deviance of units around product and week levels and what the price explains; zeros count as what they are. */
function judgedError(rows: Rows, demand: Demand, slopeOf: (category: number) => number): number {
  const expected = Float64Array.from(rows.units, (_, row) => rows.price[row] ** slopeOf(groupOf(demand, rows.productIndex[row])));
  for (let sweep = 0; sweep < LEVEL_SWEEPS; sweep++) {
    scaleTo(expected, rows.units, rows.productIndex);
    scaleTo(expected, rows.units, rows.periodIndex);
  }
  const deviance = rows.units.reduce((sum, units, row) => {
    const mu = Math.max(1e-9, expected[row]);
    return sum + 2 * ((units > 0 ? units * Math.log(units / mu) : 0) - (units - mu));
  }, 0);
  return deviance / rows.units.length;
}

function scaleTo(expected: Float64Array, units: readonly number[], group: readonly number[]): void {
  const sums = new Map<number, { sold: number; expected: number }>();
  group.forEach((key, row) => {
    const found = sums.get(key) ?? { sold: 0, expected: 0 };
    found.sold += units[row];
    found.expected += expected[row];
    sums.set(key, found);
  });
  group.forEach((key, row) => {
    const found = sums.get(key);
    if (found && found.expected > 0) expected[row] *= found.sold / found.expected;
  });
}
