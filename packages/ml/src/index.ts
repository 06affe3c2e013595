export { areaUnderRoc, logLoss } from './evaluate/classification.ts';
export {
  intervalCoverage,
  meanAbsoluteError,
  meanAbsoluteScaledError,
  meanSquaredError,
  pinballLoss,
  seasonalNaiveScale,
  symmetricMape,
} from './evaluate/forecast-errors.ts';
export { type Arm, compareMeans, type Effect, perThousandUsers } from './measure/compare-means.ts';
export { checkSampleRatio, type SampleRatio } from './measure/sample-ratio.ts';
export { mean, quantile, sampleVariance } from './numeric/statistics.ts';
export { createRandom, type Random } from './random/random.ts';
export { type AlsOptions, type AlsRecommender, trainAls } from './recommend/als.ts';
export { type Artefact, type ArtefactArray, ArtefactError, decodeArtefact, encodeArtefact, type Json } from './recommend/artefact.ts';
export { type Candidate, type Champion, chooseRecommender, evaluateRanking, type RankingQuality } from './recommend/evaluation.ts';
export { buildInteractions, type History, historyOf, type InteractionEvents, type InteractionOptions, type Interactions } from './recommend/interactions.ts';
export { type ItemItemOptions, trainItemItem } from './recommend/item-item.ts';
export { loadRecommender } from './recommend/load.ts';
export { trainPopularity } from './recommend/popularity.ts';
export { type Contribution, type Recommender, type RecommenderKind, type RecommendOptions, recommend, type ScoredItem, topItems } from './recommend/recommender.ts';
