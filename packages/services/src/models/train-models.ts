import type { JobWork } from '../shared/run-job.ts';
import type { Deps } from '../shared/deps.ts';
import { readShopHistory } from '../activity/shop-history.ts';
import { type RecommenderTraining, trainRecommender } from '../recommendations/train-recommender.ts';
import { forgetServingRecommender } from '../recommendations/serving-model.ts';

export type TrainingResult = { seconds: Record<string, number>; recommendation: RecommenderTraining | null };

const SEED = 20_261;

/** Trains every model on the past as it stands now. What lacks data is skipped and named in the log; the rest goes on. */
export async function trainModels(deps: Deps, { progress, assertCurrent }: Parameters<JobWork<TrainingResult>>[0]): Promise<TrainingResult> {
  const seconds: Record<string, number> = {};
  const timed = async <Value>(name: string, work: () => Promise<Value>): Promise<Value> => {
    const startedMs = performance.now();
    try {
      return await work();
    } finally {
      seconds[name] = Math.round(performance.now() - startedMs) / 1000;
    }
  };
  await progress.report(0, 'Reading the history');
  const history = await timed('read', () => readShopHistory(deps));
  await assertCurrent();
  const recommendation = await timed('recommendation', () => trainRecommender(deps, history, SEED, (fraction) => progress.report(0.1 + 0.2 * fraction, 'Training recommendations')));
  forgetServingRecommender(deps.sql);
  return { seconds, recommendation };
}
