import {
  type Artefact,
  buildInteractions,
  createRandom,
  encodeArtefact,
  evaluateRanking,
  historyOf,
  type Interactions,
  type RankingQuality,
  type Recommender,
  trainAls,
  trainEase,
  trainItemItem,
  trainPopularity,
} from '@promolift/ml';
import type { ShopHistory } from '../activity/shop-history.ts';
import type { Deps } from '../shared/deps.ts';
import { type SavedModel, saveModel } from '../shared/save-model.ts';
import { packIds } from './recommender-artefact.ts';

const DAY_MS = 86_400_000;
const HOLDOUT_DAYS = 28;
const HALF_LIFE_DAYS = 90;
const MOST_JUDGED_USERS = 2_000;
const LEAST_JUDGED_USERS = 30; // Below this one lucky user moves NDCG by more than models differ.
const REBUY_SHARE = 0.5; // Where most purchases repeat earlier ones, leaving known products out would recommend the second best.

export type RecommenderTraining = {
  algorithm: string;
  ndcg: number;
  popularityNdcg: number;
  judgedUsers: number;
  served: SavedModel;
  refused: SavedModel | null;
};

/**
 * Popularity, item-item, ALS and EASE, judged by NDCG@10 on the purchases of the last 28 days. The best of the three serves if it
 * passes the gate against popularity; else it is kept as refused and popularity serves. Null without enough data.
 */
export async function trainRecommender(
  deps: Deps,
  history: ShopHistory,
  seed: number,
  onStage: (fraction: number) => Promise<void>,
): Promise<RecommenderTraining | null> {
  const { interactions, asOf, firstAt } = history;
  const counts = { userCount: history.userIds.length, itemCount: history.productIds.length };
  if (interactions.userIndex.length === 0) return null;
  const splitMs = asOf.getTime() - HOLDOUT_DAYS * DAY_MS;
  const train = buildInteractions(interactions, { ...counts, halfLifeDays: HALF_LIFE_DAYS, asOfMs: splitMs });
  const heldOut = purchasesAfter(history, splitMs);
  const random = createRandom(seed);
  const userIndex = judgedUsers(train, heldOut, random.fork('users'));
  const excludeHistory = rebuyShare(train, heldOut, userIndex) < REBUY_SHARE;
  const fit = {
    popularity: (rows: Interactions): Recommender => trainPopularity(rows),
    'item-item': (rows: Interactions): Recommender => trainItemItem(rows),
    als: (rows: Interactions): Recommender => trainAls(rows, random.fork('als')),
    // Where people buy again, how often they did says most; where they do not, it only makes a few loud shoppers louder.
    ease: (rows: Interactions): Recommender => trainEase(rows, { isBinary: excludeHistory }),
  };
  const judge = async (kind: keyof typeof fit, fraction: number) => {
    const quality = evaluateRanking(fit[kind](train), train, heldOut, { userIndex, excludeHistory });
    await onStage(fraction);
    return { kind, ...quality };
  };
  const popularity = await judge('popularity', 0.1);
  const challengers = [await judge('item-item', 0.3), await judge('als', 0.5), await judge('ease', 0.7)];
  const best = challengers.reduce((a, b) => (b.ndcg > a.ndcg ? b : a));
  const everything = buildInteractions(interactions, { ...counts, halfLifeDays: HALF_LIFE_DAYS, asOfMs: asOf.getTime() });
  const companion = fit['item-item'](everything);
  const save = (kind: keyof typeof fit, quality: RankingQuality, isGated: boolean) =>
    saveModel(deps, {
      kind: 'recommendation',
      algorithm: kind,
      metrics: {
        ...shown(quality),
        excludesHistory: excludeHistory,
        candidates: Object.fromEntries([popularity, ...challengers].map((one) => [one.kind, one.ndcg])),
      },
      baseline: { algorithm: 'popularity', ...shown(popularity) },
      gate: isGated
        ? {
            metricName: 'NDCG@10',
            direction: 'higher_is_better',
            candidate: quality.ndcg,
            baseline: popularity.ndcg,
            otherValues: [quality.recall, quality.coverage],
            samples: quality.users,
            minimumSamples: LEAST_JUDGED_USERS,
          }
        : null,
      dataFrom: firstAt,
      dataTo: asOf,
      seed,
      backend: 'typed-arrays',
      artefact: encodeArtefact(artefactOf(history, kind === 'item-item' ? companion : fit[kind](everything), companion, excludeHistory)),
    });
  const candidate = await save(best.kind, best, true);
  await onStage(0.95);
  const isServing = candidate.status === 'champion';
  return {
    algorithm: isServing ? best.kind : 'popularity',
    ndcg: best.ndcg,
    popularityNdcg: popularity.ndcg,
    judgedUsers: userIndex.length,
    served: isServing ? candidate : await save('popularity', popularity, false),
    refused: isServing ? null : candidate,
  };
}

const shown = ({ ndcg, recall, precision, coverage, users }: RankingQuality) => ({
  ndcgAt10: ndcg,
  recallAt10: recall,
  precisionAt10: precision,
  coverage,
  judgedUsers: users,
});

/** The champion and, for what goes with a cart or a product, the item-item model beside it. */
function artefactOf({ productIds }: ShopHistory, main: Recommender, companion: Recommender, excludesHistory: boolean): Artefact {
  return {
    kind: 'shop-recommender',
    meta: { excludesHistory, halfLifeDays: HALF_LIFE_DAYS },
    arrays: { main: main.encode(), companion: companion.encode(), productIds: packIds(productIds) },
  };
}

function purchasesAfter({ interactions, userIds, productIds, asOf }: ShopHistory, fromMs: number): Interactions {
  const bought = { ...interactions, weight: interactions.weight.map((weight, row) => (interactions.isPurchase[row] ? weight : 0)) };
  return buildInteractions(bought, { userCount: userIds.length, itemCount: productIds.length, fromMs, asOfMs: asOf.getTime() });
}

/** Users with a past and a purchase to foretell. */
function judgedUsers(train: Interactions, heldOut: Interactions, random: { shuffle(users: Int32Array): Int32Array }): Int32Array {
  const has = (rows: Interactions, user: number) => historyOf(rows, user).items.length > 0;
  const users = Int32Array.from({ length: train.userCount }, (_, user) => user).filter((user) => has(train, user) && has(heldOut, user));
  return users.length <= MOST_JUDGED_USERS ? users : random.shuffle(users).subarray(0, MOST_JUDGED_USERS);
}

function rebuyShare(train: Interactions, heldOut: Interactions, users: Int32Array): number {
  let [again, all] = [0, 0];
  for (const user of users) {
    const known = new Set(historyOf(train, user).items);
    for (const item of historyOf(heldOut, user).items) {
      all++;
      if (known.has(item)) again++;
    }
  }
  return all === 0 ? 0 : again / all;
}
