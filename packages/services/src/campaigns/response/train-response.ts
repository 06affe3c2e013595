import type { Deps } from '../../shared/deps.ts';
import { type SavedModel, saveModel } from '../../shared/save-model.ts';
import { readSettings } from '../../shared/settings.ts';
import { readDemandHistory } from '../propose/demand-history.ts';
import { elasticityOf, readPriceResponse } from '../propose/price-response.ts';
import { readProducts } from '../propose/products.ts';
import { encodeResponse } from './call-response.ts';
import {
  type CallResponse,
  learnResponse,
  predictedRise,
  type PriceBelief,
  PULL_FORWARD_SHARE,
  seenRise,
  usualResponse,
} from './learn-response.ts';
import { pastDepths, pastSales } from './past-sales.ts';
import { readPurchases } from './read-purchases.ts';
import { type SaleEffect, saleEffects } from './sale-effects.ts';
import { purchaseDays } from './shopper-groups.ts';

export type ResponseTraining = CallResponse & {
  saved: SavedModel;
  sales: number;
  judgedSales: number;
  error: number;
  baselineError: number;
};

const LEAST_JUDGED = 2;
const JUDGED_SHARE = 1 / 3;

/**
 * Learns from the shop's own past sales how many orders an offer calls and whom it brings back; judged on the last third of the sales, by a model
 * that saw only those before them, against the round numbers that serve without it. Null with too few sales.
 */
export async function trainResponse(deps: Deps, asOf: Date): Promise<ResponseTraining | null> {
  const found = await pastEffects(deps, asOf);
  if (!found) return null;
  const { effects, price, shopElasticity, firstDay } = found;
  const usual = usualResponse(shopElasticity);
  const split = effects.length - Math.max(LEAST_JUDGED, Math.floor(effects.length * JUDGED_SHARE));
  const judged = effects.slice(split);
  const before = learnResponse(effects.slice(0, split), usual, price);
  const final = learnResponse(effects, usual, price);
  if (!before || !final) return null;
  const [error, baselineError] = [missOf(judged, before, price), missOf(judged, usual, price)];
  const saved = await saveModel(deps, {
    kind: 'response',
    algorithm: 'past-sales-shrunk',
    metrics: { missedRise: error, ...final, sales: effects.length, judgedSales: judged.length },
    baseline: { algorithm: 'round numbers', missedRise: baselineError, ...usual },
    gate: {
      metricName: 'missed rise of past sales',
      direction: 'lower_is_better',
      candidate: error,
      baseline: baselineError,
      otherValues: [final.lift, final.comeback, final.visibility].flatMap(({ mean, standardDeviation }) => [mean, standardDeviation]),
      samples: judged.length,
      minimumSamples: LEAST_JUDGED,
    },
    dataFrom: new Date(firstDay),
    dataTo: asOf,
    seed: 0,
    backend: 'typed-arrays',
    artefact: encodeResponse({ ...final, sales: effects.length }),
  });
  return { saved, ...final, sales: effects.length, judgedSales: judged.length, error, baselineError };
}

type PastEffects = { effects: SaleEffect[]; price: PriceBelief; shopElasticity: number; firstDay: string };

async function pastEffects(deps: Deps, asOf: Date): Promise<PastEffects | null> {
  const { currency, timeZone } = await readSettings(deps);
  const products = await readProducts(deps.sql, currency);
  const history = await readDemandHistory(deps, asOf, products);
  const { firstDay, days } = history;
  if (firstDay === null || products.length === 0) return null;
  const response = await readPriceResponse(deps.sql, products, history);
  const purchases = await readPurchases(deps, { firstDay, days, timeZone, currency });
  const depths = pastDepths(products, history, purchases);
  const bought = purchaseDays(purchases, depths, new Map(products.map(({ id, index }) => [id, index])));
  return {
    effects: saleEffects(bought, depths, pastSales(depths)),
    price: {
      elasticities: depths.categoryKeys.map((key) => elasticityOf(response, key).mean * (1 - response.substitutionShare)),
      pullForwardShare: PULL_FORWARD_SHARE,
    },
    shopElasticity: response.shop.mean,
    firstDay,
  };
}

/** Mean miss of the rise in units and of the returned orders, weighted by how surely each was seen. */
function missOf(effects: readonly SaleEffect[], response: CallResponse, price: PriceBelief): number {
  let [missed, weight] = [0, 0];
  for (const effect of effects) {
    const [seen, predicted] = [seenRise(effect), predictedRise(effect, response, price)];
    for (const [key, scale, error] of [
      ['units', effect.expectedUnits, effect.extraUnits.standardError],
      ['comeback', effect.missingPerDay * (effect.to - effect.from), effect.comeback.standardError],
    ] as const) {
      if (!(scale > 0) || !Number.isFinite(error)) continue;
      missed += Math.abs(seen[key] - predicted[key]) / (error / scale);
      weight += 1;
    }
  }
  return weight > 0 ? missed / weight : Number.NaN;
}
