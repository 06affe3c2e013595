import { mean } from '@promolift/ml';
import type { Deps } from '../../shared/deps.ts';
import { type SavedModel, saveModel } from '../../shared/save-model.ts';
import { readSettings } from '../../shared/settings.ts';
import { readDemandHistory } from '../propose/demand-history.ts';
import { elasticityOf, readPriceResponse } from '../propose/price-response.ts';
import { readProducts } from '../propose/products.ts';
import { encodeResponse, type LearnedResponse } from './call-response.ts';
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

export type ResponseTraining = LearnedResponse & { saved: SavedModel; judgedSales: number; error: number; baselineError: number };

const LEAST_JUDGED = 2;

/**
 * Learns from the shop's own past sales how many orders an offer calls and whom it brings back. Each sale of the newer half is predicted from
 * those before it; what misses by more than the round numbers do is left to them, and the model is refused when both are. Null with too few sales.
 */
export async function trainResponse(deps: Deps, asOf: Date): Promise<ResponseTraining | null> {
  const found = await pastEffects(deps, asOf);
  if (!found) return null;
  const { effects, price, shopElasticity, firstDay } = found;
  const usual = usualResponse(shopElasticity);
  const learned = learnResponse(effects, usual, price);
  const judged = judge(effects, usual, price);
  if (!learned || judged.sales < LEAST_JUDGED) return null;
  const isLearned = { calls: judged.calls.learned < judged.calls.usual, comeback: judged.comeback.learned < judged.comeback.usual };
  const served = {
    ...(isLearned.calls ? learned : usual),
    comeback: isLearned.comeback ? learned.comeback : usual.comeback,
  };
  const error = Math.hypot(Math.min(judged.calls.learned, judged.calls.usual), Math.min(judged.comeback.learned, judged.comeback.usual));
  const baselineError = Math.hypot(judged.calls.usual, judged.comeback.usual);
  const saved = await saveModel(deps, {
    kind: 'response',
    algorithm: 'past-sales-shrunk',
    metrics: { missedRise: error, ...learned, sales: effects.length, judgedSales: judged.sales, isLearned, misses: judged },
    baseline: { algorithm: 'round numbers', missedRise: baselineError, ...usual },
    gate: {
      metricName: 'missed rise of past sales',
      direction: 'lower_is_better',
      candidate: error,
      baseline: baselineError,
      otherValues: [learned.lift, learned.comeback, learned.visibility].flatMap(({ mean: value, standardDeviation }) => [
        value,
        standardDeviation,
      ]),
      samples: judged.sales,
      minimumSamples: LEAST_JUDGED,
    },
    dataFrom: new Date(firstDay),
    dataTo: asOf,
    seed: 0,
    backend: 'typed-arrays',
    artefact: encodeResponse({ ...served, sales: effects.length, isLearned }),
  });
  return { saved, ...served, isLearned, sales: effects.length, judgedSales: judged.sales, error, baselineError };
}

type Misses = { learned: number; usual: number };

/** Root mean square of what was missed, in standard errors of what was seen: of called units, and of orders that came back. */
function judge(
  effects: readonly SaleEffect[],
  usual: CallResponse,
  price: PriceBelief,
): { sales: number; calls: Misses; comeback: Misses } {
  const judged = effects.flatMap((effect, at) => {
    const before = at < effects.length / 2 ? null : learnResponse(effects.slice(0, at), usual, price);
    return before ? [{ effect, before }] : [];
  });
  const rootMeanSquare = (misses: readonly number[]) => (misses.length === 0 ? 0 : Math.sqrt(mean(misses.map((miss) => miss ** 2))));
  const missesOf = (key: 'units' | 'comeback'): Misses => ({
    learned: rootMeanSquare(judged.flatMap(({ effect, before }) => missOf(key, effect, before, price))),
    usual: rootMeanSquare(judged.flatMap(({ effect }) => missOf(key, effect, usual, price))),
  });
  return { sales: judged.length, calls: missesOf('units'), comeback: missesOf('comeback') };
}

function missOf(key: 'units' | 'comeback', effect: SaleEffect, response: CallResponse, price: PriceBelief): number[] {
  const scale = key === 'units' ? effect.expectedUnits : effect.missingPerDay * (effect.to - effect.from);
  const { standardError } = key === 'units' ? effect.extraUnits : effect.comeback;
  if (!(scale > 0) || !Number.isFinite(standardError)) return [];
  return [((seenRise(effect)[key] - predictedRise(effect, response, price)[key]) * scale) / standardError];
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
