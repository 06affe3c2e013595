import {
  encodeArtefact,
  type Json,
  predictBoostedClassifier,
  predictLogistic,
  type ProbabilityQuality,
  trainBoostedClassifier,
  trainLogisticRegression,
  treesToArtefact,
} from '@promolift/ml';
import { openTensorflow } from '@promolift/tensorflow';

type Rows = Parameters<typeof trainLogisticRegression>[1];
type Algorithm = 'logistic-regression' | 'gradient-boosting';

/** The better of two ways to foretell a yes, with what both reached on the same rows neither had seen. */
export type ContestWinner = {
  algorithm: Algorithm;
  /** Where it was trained. */
  backend: string;
  quality: ProbabilityQuality;
  /** Log-loss of each entrant. */
  contest: Record<Algorithm, number>;
  /** Calibrated probabilities, one per row. */
  predict(features: Float32Array): Float64Array;
  /** Kept with the model. */
  facts: Json;
  /** Empty for a model that is all facts. */
  trees: Uint8Array;
};

/** Trains logistic regression and boosted trees on rows in order of time; the lower log-loss of the newest rows wins, a tie goes to the simpler one. */
export async function propensityContest(rows: Rows, { seed, epochs }: { seed: number; epochs?: number }): Promise<ContestWinner> {
  const { tf, backend } = await openTensorflow();
  const logistic = await trainLogisticRegression(tf, rows, { seed, heldBack: 'last', ...(epochs === undefined ? {} : { epochs }) });
  const boosted = trainBoostedClassifier(rows, { seed, heldBack: 'last', learningRate: 0.05, maxLeaves: 15, minChildWeight: 5 });
  const contest = { 'logistic-regression': logistic.quality.logLoss, 'gradient-boosting': boosted.quality.logLoss };
  if (contest['gradient-boosting'] < contest['logistic-regression'])
    return {
      algorithm: 'gradient-boosting',
      backend: 'typed-arrays',
      quality: boosted.quality,
      contest,
      predict: (features) => predictBoostedClassifier(boosted.model, features),
      facts: toJson({ calibration: boosted.model.calibration }),
      trees: encodeArtefact(treesToArtefact(boosted.model.trees)),
    };
  return {
    algorithm: 'logistic-regression',
    backend,
    quality: logistic.quality,
    contest,
    predict: (features) => predictLogistic(logistic.model, features),
    facts: toJson(logistic.model),
    trees: new Uint8Array(0),
  };
}

const toJson = (facts: object): Json => JSON.parse(JSON.stringify(facts));
