import { AppError, type DataCheck } from '@promolift/domain';
import { readShopHistory, type ShopHistory } from '../activity/shop-history.ts';
import { type ResponseTraining, trainResponse } from '../campaigns/response/train-response.ts';
import { readDemand } from '../forecasts/read-demand.ts';
import { type ElasticityTraining, trainElasticity } from '../forecasts/train-elasticity.ts';
import { type ForecastTraining, trainForecasts } from '../forecasts/train-forecasts.ts';
import { forgetServingRecommender } from '../recommendations/serving-model.ts';
import { type RecommenderTraining, trainRecommender } from '../recommendations/train-recommender.ts';
import { type SegmentTraining, trainSegments } from '../segments/train-segments.ts';
import type { Deps } from '../shared/deps.ts';
import type { JobWork } from '../shared/run-job.ts';
import { buildProfiles, type Profiles, writeProfiles } from '../users/train-profiles.ts';
import { type CheckedData, checkTrainingData } from './data-profile.ts';
import { noPredictions, type PropensityTraining, trainPropensity } from '../users/train-propensity.ts';

export type TrainingResult = {
  asOf: string;
  /** What it learned from, and how that differs from what the last training learned from. */
  data: CheckedData;
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

/** A part of the training: kept parts are not computed again by a run after a crash. */
type Stage = <Value>(name: string, fraction: number, label: string, work: () => Promise<Value>, isKept?: boolean) => Promise<Value>;

/**
 * Trains every model on the past as it stands now. What lacks data is skipped and named in the log; the rest goes on. Nothing is
 * trained on data that differ from the last training's as no season makes them, unless `payload.acceptData` says they are right.
 */
export async function trainModels(deps: Deps, run: Parameters<JobWork<TrainingResult>>[0]): Promise<TrainingResult> {
  const seconds: Record<string, number> = {};
  const stage = stageOf(run, seconds);
  const asOf = await stage('asOf', 0, 'Starting', async () => deps.clock.now().toISOString(), true);
  const then = { ...deps, clock: { now: () => new Date(asOf) } };
  const { progress } = run;
  const history = await stage('read', 0, 'Reading the history', () => readShopHistory(then));
  const data = await stage('data', 0.05, 'Checking the data', () => checkTrainingData(then, history), true);
  assertPlausible(data.checks, run.payload['acceptData'] === true);
  const profiles = await stage('profiles', 0.06, 'Describing users', async () => buildProfiles(history));
  const recommendation = await stage(
    'recommendation',
    0.1,
    'Training recommendations',
    () => trainRecommender(then, history, SEED, (fraction) => progress.report(0.1 + 0.15 * fraction, 'Training recommendations')),
    true,
  );
  forgetServingRecommender(deps.sql);
  const propensity = await stage('propensity', 0.25, 'Learning who buys what', () => learnAndWriteProfiles(then, history, profiles), true);
  const segmentation = await stage('segmentation', 0.42, 'Forming segments', () => trainSegments(then, history, profiles, SEED), true);
  const read = await stage('readDemand', 0.48, 'Reading demand', () => readDemand(then, history.asOf));
  const elasticity = await stage(
    'elasticity',
    0.5,
    'Learning price response',
    async () => (read ? trainElasticity(then, read, history.asOf, SEED) : null),
    true,
  );
  const response = await stage('response', 0.53, 'Learning from past sales', () => trainResponse(then, history.asOf), true);
  const demand = await stage(
    'demand',
    0.54,
    'Forecasting demand',
    async () =>
      read ? trainForecasts(then, read, history.asOf, SEED, (fraction, label) => progress.report(0.54 + 0.45 * fraction, label)) : null,
    true,
  );
  return { asOf: history.asOf.toISOString(), data, seconds, recommendation, propensity, segmentation, demand, elasticity, response };
}

function stageOf({ progress, assertCurrent, checkpoint }: Parameters<JobWork<TrainingResult>>[0], seconds: Record<string, number>): Stage {
  return async <Value>(name: string, fraction: number, label: string, work: () => Promise<Value>, isKept = false): Promise<Value> => {
    await assertCurrent();
    // What an earlier run of this job has finished; it wrote it itself.
    if (isKept && Object.hasOwn(checkpoint.finished, name)) {
      await progress.report(fraction, label, `${label}: finished by an earlier run`);
      return checkpoint.finished[name] as Value;
    }
    await progress.report(fraction, label);
    const startedMs = performance.now();
    const value = await work();
    seconds[name] = Math.round(performance.now() - startedMs) / 1000;
    if (isKept) await checkpoint.finish(name, value);
    await progress.report(fraction, label, `${label}: ${value === null ? 'not enough data yet' : `done in ${seconds[name]} s`}`);
    return value;
  };
}

/** Stops before any model in service is replaced. */
function assertPlausible(checks: readonly DataCheck[], isAccepted: boolean): void {
  const stops = checks.filter(({ level }) => level === 'stop');
  if (stops.length === 0 || isAccepted) return;
  throw new AppError(
    'BAD_USER_INPUT',
    `The data differ from the last training's as no season makes them: ${stops.map(({ message }) => message.en).join('; ')}. The models in service stay. Mend the import, or train again with acceptData if this is right.`,
    { field: ['acceptData'] },
  );
}

/** The profiles carry what the propensity model foretells of each user. */
async function learnAndWriteProfiles(deps: Deps, history: ShopHistory, profiles: Profiles): Promise<TrainingResult['propensity']> {
  const trained = await trainPropensity(deps, history, SEED);
  await writeProfiles(deps, history, profiles, trained?.predictions ?? noPredictions(history));
  if (!trained) return null;
  const { predictions: _, ...shown } = trained;
  return shown;
}
