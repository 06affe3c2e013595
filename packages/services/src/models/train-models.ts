import { readShopHistory } from '../activity/shop-history.ts';
import { type ResponseTraining, trainResponse } from '../campaigns/response/train-response.ts';
import { readDemand } from '../forecasts/read-demand.ts';
import { type ElasticityTraining, trainElasticity } from '../forecasts/train-elasticity.ts';
import { type ForecastTraining, trainForecasts } from '../forecasts/train-forecasts.ts';
import { forgetServingRecommender } from '../recommendations/serving-model.ts';
import { type RecommenderTraining, trainRecommender } from '../recommendations/train-recommender.ts';
import { type SegmentTraining, trainSegments } from '../segments/train-segments.ts';
import type { Deps } from '../shared/deps.ts';
import type { JobWork } from '../shared/run-job.ts';
import { buildProfiles, writeProfiles } from '../users/train-profiles.ts';
import { noPredictions, type PropensityTraining, trainPropensity } from '../users/train-propensity.ts';

export type TrainingResult = {
  asOf: string;
  /** Per stage. */
  seconds: Record<string, number>;
  /** Null: too little data for this model. */
  recommendation: RecommenderTraining | null;
  propensity: Omit<PropensityTraining, 'predictions'> | null;
  segmentation: SegmentTraining;
  demand: ForecastTraining | null;
  elasticity: ElasticityTraining | null;
  response: ResponseTraining | null;
};

const SEED = 20_261;

/** Trains every model on the past as it stands now. What lacks data is skipped and named in the log; the rest goes on. */
export async function trainModels(
  deps: Deps,
  { progress, assertCurrent }: Parameters<JobWork<TrainingResult>>[0],
): Promise<TrainingResult> {
  const seconds: Record<string, number> = {};
  const stage = async <Value>(name: string, fraction: number, label: string, work: () => Promise<Value>): Promise<Value> => {
    await assertCurrent();
    await progress.report(fraction, label);
    const startedMs = performance.now();
    const value = await work();
    seconds[name] = Math.round(performance.now() - startedMs) / 1000;
    await progress.report(fraction, label, `${label}: ${value === null ? 'not enough data yet' : `done in ${seconds[name]} s`}`);
    return value;
  };
  const history = await stage('read', 0, 'Reading the history', () => readShopHistory(deps));
  const profiles = await stage('profiles', 0.06, 'Describing users', async () => buildProfiles(history));
  const recommendation = await stage('recommendation', 0.1, 'Training recommendations', () =>
    trainRecommender(deps, history, SEED, (fraction) => progress.report(0.1 + 0.15 * fraction, 'Training recommendations')),
  );
  forgetServingRecommender(deps.sql);
  const trained = await stage('propensity', 0.25, 'Learning who buys what', () => trainPropensity(deps, history, SEED));
  await stage('writeProfiles', 0.4, 'Writing profiles', () =>
    writeProfiles(deps, history, profiles, trained?.predictions ?? noPredictions(history)).then(() => true),
  );
  const segmentation = await stage('segmentation', 0.42, 'Forming segments', () => trainSegments(deps, history, profiles, SEED));
  const read = await stage('readDemand', 0.48, 'Reading demand', () => readDemand(deps, history.asOf));
  const elasticity = await stage('elasticity', 0.5, 'Learning price response', async () =>
    read ? trainElasticity(deps, read, history.asOf, SEED) : null,
  );
  const response = await stage('response', 0.53, 'Learning from past sales', () => trainResponse(deps, history.asOf));
  const demand = await stage('demand', 0.54, 'Forecasting demand', async () =>
    read ? trainForecasts(deps, read, history.asOf, SEED, (fraction, label) => progress.report(0.54 + 0.45 * fraction, label)) : null,
  );
  const propensity = trained && (({ predictions: _, ...shown }) => shown)(trained);
  return { asOf: history.asOf.toISOString(), seconds, recommendation, propensity, segmentation, demand, elasticity, response };
}
