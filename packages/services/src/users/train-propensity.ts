import { createRandom, encodeArtefact } from '@promolift/ml';
import type { Deps } from '../shared/deps.ts';
import { type SavedModel, saveModel } from '../shared/save-model.ts';
import { type ContestWinner, propensityContest } from './propensity-contest.ts';
import { CATEGORY_COLUMNS, countBefore, USER_COLUMNS, writeCategoryFeatures, writeUserFeatures } from './propensity-features.ts';
import type { Predictions, ProfileHistory } from './train-profiles.ts';

const DAY_MS = 86_400_000;
const BUY_DAYS = 28;
const CHURN_DAYS = 56;
const CUTOFFS = 3; // The newest one calibrates and judges; the labels of the two before it end where it begins.
const MOST_CATEGORIES = 40;
const MOST_ROWS = 90_000;
const LEAST_USERS = 50;
const KEPT_CATEGORIES = 10;

type History = ProfileHistory & { firstAt: Date; interactions: ProfileHistory['interactions'] & { isPurchase: Uint8Array } };
export type PropensityTraining = {
  saved: SavedModel;
  algorithm: string;
  areaUnderRoc: number;
  logLoss: number;
  baselineLogLoss: number;
  calibrationError: number;
  churnAreaUnderRoc: number;
  predictions: Predictions;
};

/** Chance of a purchase per user and category within 28 days, and of none at all within 56 (churn). Null when the history is too short. */
export async function trainPropensity(deps: Deps, history: History, seed: number): Promise<PropensityTraining | null> {
  const { asOf, firstAt, userIds } = history;
  const historyDays = (asOf.getTime() - firstAt.getTime()) / DAY_MS;
  if (historyDays < (CUTOFFS + 1) * BUY_DAYS || userIds.length < LEAST_USERS || history.categoryKeys.length === 0) return null;
  const categories = busiestCategories(history);
  const bought = await propensityContest(categoryRows(history, categories, seed), { seed, epochs: 6 });
  const churn = historyDays >= (CUTOFFS + 1) * CHURN_DAYS ? await propensityContest(churnRows(history, seed), { seed }) : null;
  const saved = await keep(deps, history, bought, churn, { seed, categories });
  const isServing = saved.status === 'champion';
  const predictions = predict(
    history,
    categories,
    isServing ? bought : null,
    churn && churn.quality.logLoss < churn.quality.baseRateLogLoss ? churn : null,
  );
  const { areaUnderRoc, logLoss, baseRateLogLoss, calibrationError } = bought.quality;
  return {
    saved,
    algorithm: bought.algorithm,
    areaUnderRoc,
    logLoss,
    baselineLogLoss: baseRateLogLoss,
    calibrationError,
    churnAreaUnderRoc: churn?.quality.areaUnderRoc ?? Number.NaN,
    predictions,
  };
}

/** Profiles without any model behind them. */
export const noPredictions = ({ userIds }: ProfileHistory): Predictions => ({
  churnRisk: new Float64Array(userIds.length).fill(Number.NaN),
  propensities: userIds.map(() => []),
});

function keep(
  deps: Deps,
  history: History,
  bought: ContestWinner,
  churn: ContestWinner | null,
  about: { seed: number; categories: Int32Array },
): Promise<SavedModel> {
  const { quality } = bought;
  const meta = {
    bought: bought.facts,
    churn: churn?.facts ?? null,
    categoryKeys: Array.from(about.categories, (category) => history.categoryKeys[category]),
  };
  return saveModel(deps, {
    kind: 'propensity',
    algorithm: bought.algorithm,
    metrics: {
      ...quality,
      contest: bought.contest,
      churn: churn ? { ...churn.quality, algorithm: churn.algorithm, contest: churn.contest } : null,
    },
    baseline: { algorithm: 'base-rate', logLoss: quality.baseRateLogLoss },
    gate: {
      metricName: 'log-loss',
      direction: 'lower_is_better',
      candidate: quality.logLoss,
      baseline: quality.baseRateLogLoss,
      otherValues: [quality.calibrationError],
      samples: quality.rows,
      minimumSamples: 200,
    },
    dataFrom: history.firstAt,
    dataTo: history.asOf,
    seed: about.seed,
    backend: bought.backend,
    artefact: encodeArtefact({ kind: 'shop-propensity', meta, arrays: { bought: bought.trees, churn: churn?.trees ?? new Uint8Array(0) } }),
  });
}

function busiestCategories({ categoryKeys, categoryOfProduct, interactions }: History): Int32Array {
  const sums = new Float64Array(categoryKeys.length);
  for (let row = 0; row < interactions.itemIndex.length; row++)
    if (interactions.isPurchase[row]) sums[categoryOfProduct[interactions.itemIndex[row]]]++;
  return Int32Array.from({ length: categoryKeys.length }, (_, category) => category)
    .sort((a, b) => sums[b] - sums[a])
    .filter((category) => sums[category] > 0)
    .subarray(0, MOST_CATEGORIES);
}

/** Users known (with an order) at each cutoff; oldest cutoff first, users of one cutoff in random order. */
function forEachCutoff(
  history: History,
  windowDays: number,
  seed: number,
  visit: (cutoffMs: number, users: Int32Array, counts: ReturnType<typeof countBefore>) => void,
): void {
  for (let cutoff = CUTOFFS; cutoff >= 1; cutoff--) {
    const cutoffMs = history.asOf.getTime() - cutoff * windowDays * DAY_MS;
    const counts = countBefore(history, history.interactions.isPurchase, cutoffMs);
    const known = Int32Array.from({ length: history.userIds.length }, (_, user) => user).filter((user) => counts.user.orders[user] > 0);
    visit(cutoffMs, createRandom(seed).fork(cutoff).shuffle(known), counts);
  }
}

function categoryRows(history: History, categories: Int32Array, seed: number) {
  const all = history.categoryKeys.length;
  const usersEach = Math.max(1, Math.floor(MOST_ROWS / CUTOFFS / categories.length));
  const [features, labels]: [number[], number[]] = [[], []];
  const row = new Float32Array(CATEGORY_COLUMNS);
  forEachCutoff(history, BUY_DAYS, seed, (cutoffMs, users, counts) => {
    const bought = boughtBetween(history, cutoffMs, cutoffMs + BUY_DAYS * DAY_MS);
    for (const user of users.subarray(0, usersEach))
      for (const category of categories) {
        writeCategoryFeatures(counts, user, category, all, cutoffMs, row, 0);
        for (const value of row) features.push(value);
        labels.push(bought[user * all + category]);
      }
  });
  return { features: Float32Array.from(features), columns: CATEGORY_COLUMNS, labels: Uint8Array.from(labels) };
}

function churnRows(history: History, seed: number) {
  const [features, labels]: [number[], number[]] = [[], []];
  const row = new Float32Array(USER_COLUMNS);
  forEachCutoff(history, CHURN_DAYS, seed, (cutoffMs, users, counts) => {
    const hasOrder = new Uint8Array(history.userIds.length);
    history.orders.userIndex.forEach((user, at) => {
      if (history.orders.timeMs[at] >= cutoffMs && history.orders.timeMs[at] < cutoffMs + CHURN_DAYS * DAY_MS) hasOrder[user] = 1;
    });
    for (const user of users) {
      writeUserFeatures(counts, user, cutoffMs, row, 0);
      for (const value of row) features.push(value);
      labels.push(1 - hasOrder[user]);
    }
  });
  return { features: Float32Array.from(features), columns: USER_COLUMNS, labels: Uint8Array.from(labels) };
}

function boughtBetween({ categoryKeys, categoryOfProduct, interactions, userIds }: History, fromMs: number, toMs: number): Uint8Array {
  const bought = new Uint8Array(userIds.length * categoryKeys.length);
  for (let row = 0; row < interactions.userIndex.length; row++) {
    const category = categoryOfProduct[interactions.itemIndex[row]];
    if (interactions.isPurchase[row] && category >= 0 && interactions.timeMs[row] >= fromMs && interactions.timeMs[row] < toMs)
      bought[interactions.userIndex[row] * categoryKeys.length + category] = 1;
  }
  return bought;
}

function predict(history: History, categories: Int32Array, model: ContestWinner | null, churn: ContestWinner | null): Predictions {
  const { userIds, categoryKeys } = history;
  const asOfMs = history.asOf.getTime();
  const counts = countBefore(history, history.interactions.isPurchase, asOfMs);
  const features = new Float32Array(categories.length * CATEGORY_COLUMNS);
  const own = new Float32Array(USER_COLUMNS);
  const predictions = noPredictions(history);
  userIds.forEach((_, user) => {
    if (churn && counts.user.orders[user] > 0) {
      writeUserFeatures(counts, user, asOfMs, own, 0);
      predictions.churnRisk[user] = churn.predict(own)[0];
    }
    if (!model) return;
    categories.forEach((category, at) =>
      writeCategoryFeatures(counts, user, category, categoryKeys.length, asOfMs, features, at * CATEGORY_COLUMNS),
    );
    predictions.propensities[user] = Array.from(model.predict(features), (probability, at) => ({
      categoryKey: categoryKeys[categories[at]],
      probability: Math.round(probability * 10_000) / 10_000,
    }))
      .sort((a, b) => b.probability - a.probability)
      .slice(0, KEPT_CATEGORIES);
  });
  return predictions;
}
