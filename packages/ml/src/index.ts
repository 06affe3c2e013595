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
export { type InterestEvents, type InterestOptions, type InterestTag, interestTags } from './features/interest-tags.ts';
export { type OrderRows, type RfmFeatures, rfmFeatures } from './features/recency-frequency-monetary.ts';
export { logStandardise } from './features/standardise.ts';
export { countByEdges, populationStability, quantileEdges } from './evaluate/population-stability.ts';
export { sumByGroup } from './forecast/aggregate.ts';
export { intermittent, movingAverage, seasonalNaive } from './forecast/baselines.ts';
export { type EtsFit, type EtsOptions, ets, fitEts } from './forecast/ets.ts';
export type { EtsShape } from './forecast/ets-recursion.ts';
export { forecastSeries, type SeriesForecast, type SeriesForecastOptions } from './forecast/forecast-series.ts';
export { type Forecaster, precomputedForecaster } from './forecast/forecaster.ts';
export { addIntervals, type ForecastWithIntervals } from './forecast/intervals.ts';
export { addPromotionUplift, type CleanedHistory, type PromotionDays, removePromotionUplift } from './forecast/promotion-days.ts';
export { type ForecastScore, originLengths, type RollingOriginPlan, scoreForecaster } from './forecast/rolling-origin.ts';
export { combination, theta } from './forecast/theta.ts';
export { type Arm, compareMeans, type Effect, perThousandUsers } from './measure/compare-means.ts';
export { checkSampleRatio, type SampleRatio } from './measure/sample-ratio.ts';
export type { Calibration } from './neural/calibration.ts';
export {
  type LabelledRows,
  type LogisticModel,
  type LogisticOptions,
  type LogisticTraining,
  predictLogistic,
  trainLogisticRegression,
} from './neural/logistic-regression.ts';
export {
  forecastWithLstm,
  type LstmEpoch,
  type LstmModel,
  type LstmOptions,
  type LstmTraining,
  trainLstmForecaster,
} from './neural/lstm-forecaster.ts';
export type { LstmTools } from './neural/lstm-network.ts';
export type { LstmSeries } from './neural/lstm-windows.ts';
export { type NeuralCfModel, type NeuralCfOptions, scoreWithNeuralCf, trainNeuralCf } from './neural/neural-cf.ts';
export { type ProbabilityQuality, probabilityQuality } from './neural/probability-quality.ts';
export type { LstmOperation, Tf, Weight } from './neural/tensors.ts';
export { type TwoTowerOptions, trainTwoTower } from './neural/two-tower.ts';
export { mean, quantile, sampleVariance } from './numeric/statistics.ts';
export { createRandom, type Random } from './random/random.ts';
export { fitRecommender, loadRecommender, type PlainKind } from './recommend/algorithms.ts';
export { type AlsOptions, type AlsRecommender, trainAls } from './recommend/als.ts';
export { type Artefact, type ArtefactArray, ArtefactError, decodeArtefact, encodeArtefact, type Json } from './recommend/artefact.ts';
export { type AssociationRule, associationRules, type RuleOptions } from './recommend/association-rules.ts';
export { type BprOptions, trainBpr } from './recommend/bpr.ts';
export { applyBusinessRules, type BusinessRules, type ExploredItem, explore } from './recommend/business-rules.ts';
export { diversify, type DiversityOptions, vectorSimilarity } from './recommend/diversify.ts';
export { type EaseOptions, trainEase } from './recommend/ease.ts';
export {
  type Candidate,
  type Champion,
  chooseRecommender,
  evaluateLists,
  evaluateRanking,
  type RankingOptions,
  type RankingQuality,
} from './recommend/evaluation.ts';
export {
  buildInteractions,
  type History,
  historyOf,
  type InteractionEvents,
  type InteractionOptions,
  type Interactions,
} from './recommend/interactions.ts';
export { type ItemItemOptions, trainItemItem } from './recommend/item-item.ts';
export { fillNewItems } from './recommend/new-items.ts';
export { trainPopularity } from './recommend/popularity.ts';
export { type BaselineOptions, fitBaseline } from './recommend/ratings/baseline.ts';
export { type BiasedMfOptions, fitBiasedMf } from './recommend/ratings/biased-mf.ts';
export { type Blend, fitBlend, type RatingFit } from './recommend/ratings/blend.ts';
export { type CoClusteringOptions, fitCoClustering } from './recommend/ratings/co-clustering.ts';
export { fitNeighbours, type NeighbourOptions } from './recommend/ratings/neighbours.ts';
export { fitNonNegativeMf, type NonNegativeMfOptions } from './recommend/ratings/non-negative-mf.ts';
export {
  evaluateRatings,
  type RatingModel,
  type RatingPart,
  type RatingQuality,
  recommendByRating,
} from './recommend/ratings/rating-model.ts';
export { buildRatings, type RatingRows, type RatingScale, type Ratings } from './recommend/ratings/ratings.ts';
export type { SimilarityMeasure, SimilarityOptions } from './recommend/ratings/similarity.ts';
export { fitSlopeOne } from './recommend/ratings/slope-one.ts';
export { fitSvdPlusPlus } from './recommend/ratings/svd-plus-plus.ts';
export { type SegmentPopularityOptions, segmentPopularity } from './recommend/segment-popularity.ts';
export {
  type Contribution,
  type Recommender,
  type RecommenderKind,
  type RecommendOptions,
  recommend,
  type ScoredItem,
  topItems,
} from './recommend/recommender.ts';
export { type ChampionOptions, type TrainedChampion, trainChampion } from './recommend/train-champion.ts';
export { type Session, type SessionModel, type TransitionOptions, trainTransitions } from './recommend/transitions.ts';
export { recommendByIndex, type VectorIndex } from './recommend/vector-index.ts';
export { type Baskets, type ItemPair, itemPairs } from './response/basket-affinity.ts';
export { type Elasticities, type ElasticityOptions, estimateElasticities, type PriceRows } from './response/elasticity.ts';
export { type MatchOptions, matchedLevel, placeboError, type QuietValue } from './response/matched-level.ts';
export {
  demandMultiple,
  type IncrementInput,
  type IncrementSamples,
  sampleIncrement,
  type Summary,
  summariseSamples,
  sumIncrements,
} from './response/increment.ts';
export { type Normal, type Observation, type Shrunk, shrinkGroups, updateNormal } from './response/normal.ts';
export { assignClusters, type Clustering, type KMeansOptions, kMeans } from './segments/k-means.ts';
export {
  describeSegments,
  type FrequencyTrait,
  type RecencyTrait,
  type SegmentNameInput,
  type SegmentProfile,
  type SegmentTraits,
  segmentName,
  type ValueTrait,
} from './segments/segment-names.ts';
export { type ChosenClustering, chooseClustering, silhouette } from './segments/silhouette.ts';
