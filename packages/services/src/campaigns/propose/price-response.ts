import { estimateElasticities, type Normal } from '@promolift/ml';
import type { Pool } from 'pg';
import { z } from 'zod';
import { readChampion } from '../../shared/champion.ts';
import type { DemandHistory } from './demand-history.ts';
import type { PictureProduct } from './products.ts';

/** How demand answers prices: one belief per category, and which part of a product's gain its category loses. */
export type PriceResponse = { categories: Map<string, Normal>; shop: Normal; isFromModel: boolean; substitutionShare: number };

const Belief = z.object({ mean: z.number(), standardDeviation: z.number() });
const Artefact = z.object({ categories: z.record(z.string(), Belief), shop: Belief });

const WEEK = 7;
/** Without data: half of what a cheaper product gains comes from its neighbours, as in most published decompositions (van Heerde, Gupta & Wittink 2003 find 33% in units). */
const USUAL_SUBSTITUTION = 0.4;
/** Whole categories are rarely cut at once, so that their history says little. */
const WHOLE_SPREAD = 0.25;

/** The champion's elasticities if there are any; the same estimate from the daily history if not. */
export async function readPriceResponse(sql: Pool, products: readonly PictureProduct[], history: DemandHistory): Promise<PriceResponse> {
  const keys = [...new Set(products.map(({ categoryKey }) => categoryKey))].sort();
  const estimated = estimate(products, history, keys);
  const champion = await readChampion(sql, 'elasticity');
  const kept = champion ? Artefact.safeParse(JSON.parse(champion.bytes.toString('utf8'))) : null;
  const substitutionShare = substitutionOf(products, history, keys, estimated.shop);
  if (kept?.success)
    return { categories: new Map(Object.entries(kept.data.categories)), shop: kept.data.shop, isFromModel: true, substitutionShare };
  return {
    categories: new Map(keys.map((key, index) => [key, estimated.categories[index] ?? estimated.shop])),
    shop: estimated.shop,
    isFromModel: false,
    substitutionShare,
  };
}

export const elasticityOf = (response: PriceResponse, categoryKey: string): Normal => response.categories.get(categoryKey) ?? response.shop;

function estimate(products: readonly PictureProduct[], history: DemandHistory, keys: readonly string[]) {
  const position = new Map(keys.map((key, index) => [key, index]));
  return estimateElasticities(
    weeklyRows(
      products.map((product) => [product]),
      history,
    ),
    {
      categoryOfProduct: products.map(({ categoryKey }) => position.get(categoryKey) ?? 0),
      categoryCount: keys.length,
    },
  );
}

/** One row per group of products and whole week: units sold and the mean shelf price, weighted by how the group usually sells. */
function weeklyRows(groups: readonly (readonly PictureProduct[])[], history: DemandHistory) {
  const rows = { productIndex: [] as number[], periodIndex: [] as number[], units: [] as number[], price: [] as number[] };
  const weeks = Math.floor(history.days / WEEK);
  const start = history.days - weeks * WEEK;
  groups.forEach((group, index) => {
    const weights = group.map((product) => sumDays(history.units, product.index * history.days, history.days));
    for (let week = 0; week < weeks; week += 1) {
      let [units, logPrice, weight] = [0, 0, 0];
      group.forEach((product, position) => {
        const from = product.index * history.days + start + week * WEEK;
        if (start + week * WEEK < (history.since[product.index] ?? 0)) return;
        units += sumDays(history.units, from, WEEK);
        const price = sumDays(history.price, from, WEEK) / WEEK;
        if (price <= 0) return;
        // Never the price paid: it is known only where something was sold. Against the price of today, so that a new product moves nothing.
        logPrice += (weights[position] ?? 0) * Math.log(price / product.priceMinor);
        weight += weights[position] ?? 0;
      });
      if (weight <= 0) continue;
      rows.productIndex.push(index);
      rows.periodIndex.push(week);
      rows.units.push(units);
      rows.price.push(Math.exp(logPrice / weight));
    }
  });
  return rows;
}

function sumDays(values: Float64Array, from: number, length: number): number {
  let sum = 0;
  for (let at = from; at < from + length; at += 1) sum += values[at] ?? 0;
  return sum;
}

/** 1 − (elasticity of whole categories ÷ elasticity of single products), pulled to the usual value as far as it is uncertain. */
function substitutionOf(products: readonly PictureProduct[], history: DemandHistory, keys: readonly string[], single: Normal): number {
  const groups = keys.map((key) => products.filter((product) => product.categoryKey === key));
  if (groups.length < 3 || single.mean >= -0.2) return USUAL_SUBSTITUTION;
  const whole = estimateElasticities(weeklyRows(groups, history), {
    categoryOfProduct: groups.map(() => 0),
    categoryCount: 1,
    prior: { mean: single.mean * (1 - USUAL_SUBSTITUTION), standardDeviation: WHOLE_SPREAD },
  });
  const share = 1 - (whole.categories[0]?.mean ?? single.mean) / single.mean;
  return Math.min(0.6, Math.max(0.2, share));
}
