export { areaUnderRoc, logLoss } from './evaluate/classification.ts';
export {
  intervalCoverage,
  meanAbsoluteError,
  meanAbsolutePercentageError,
  meanAbsoluteScaledError,
  meanSquaredError,
  pinballLoss,
  seasonalNaiveScale,
  symmetricMape,
  weightedQuantileLoss,
} from './evaluate/forecast-errors.ts';
export { holidayCovariates } from './features/holidays.ts';
export { type LimeExplanation, type LimeOptions, lime } from './explain/lime.ts';
export {
  type PermutationImportance,
  type PermutationOptions,
  type Predict,
  permutationImportance,
} from './explain/permutation-importance.ts';
export { type InterestEvents, type InterestOptions, type InterestTag, interestTags } from './features/interest-tags.ts';
export { type OrderRows, type RfmFeatures, rfmFeatures } from './features/recency-frequency-monetary.ts';
export { logStandardise } from './features/standardise.ts';
export { countByEdges, populationStability, quantileEdges } from './evaluate/population-stability.ts';
export { sumByGroup } from './forecast/aggregate.ts';
export { type Analogue, type AnalogueOptions, forecastByAnalogues } from './forecast/analogues.ts';
export { type ArimaFit, type ArimaOrders, continueArima, fitArima } from './forecast/arima-fit.ts';
export { type AutoArimaOptions, arima, fitAutoArima } from './forecast/auto-arima.ts';
export { movingAverage, seasonalNaive } from './forecast/baselines.ts';
export { type BoostedDemandOptions, forecastBoosted } from './forecast/boosted-demand.ts';
export { combination, geometricMean } from './forecast/combination.ts';
export { type EtsOptions, ets, etsByAicc, fitEts } from './forecast/ets.ts';
export type { EtsFit } from './forecast/ets-fit.ts';
export type { EtsShape } from './forecast/ets-recursion.ts';
export { forecastSeries, type SeriesForecast, type SeriesForecastOptions } from './forecast/forecast-series.ts';
export { type Forecaster, precomputedForecaster } from './forecast/forecaster.ts';
export { croston, intermittent, sba } from './forecast/intermittent.ts';
export { addIntervals, type ForecastWithIntervals } from './forecast/intervals.ts';
export type { DemandPanel } from './forecast/panel-features.ts';
export { forecastPooledDemand, type PooledDemand, type PooledDemandOptions, trainPooledDemand } from './forecast/pooled-demand.ts';
export { addPromotionUplift, type CleanedHistory, type PromotionDays, removePromotionUplift } from './forecast/promotion-days.ts';
export { forecastPromotions, type PromotionRegressionOptions } from './forecast/promotion-regression.ts';
export { type Hierarchy, reconcile } from './forecast/reconciliation.ts';
export { type ForecastScore, originLengths, type RollingOriginPlan, scoreForecaster } from './forecast/rolling-origin.ts';
export { type Decomposition, type StlOptions, seasonalStrength, stl } from './forecast/stl.ts';
export { theta } from './forecast/theta.ts';
export { fitIsotonicRegression, type IsotonicModel, interpolate } from './linear/isotonic.ts';
export { chooseByLasso, type LassoChoice, type LassoOptions, trainLasso } from './linear/lasso.ts';
export { type LinearModel, predictLinear } from './linear/linear-model.ts';
export { type LogisticLbfgsOptions, trainLogisticLbfgs } from './linear/logistic.ts';
export { type RidgeOptions, trainRidge } from './linear/ridge.ts';
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
export { adjustedRand } from './segments/adjusted-rand.ts';
export { type BgNbdModel, expectedPurchases, type PurchaseHistories, probabilityAlive, trainBgNbd } from './segments/bg-nbd.ts';
export { type DbscanClustering, dbscan } from './segments/dbscan.ts';
export { expectedSpend, type GammaGammaModel, trainGammaGamma } from './segments/gamma-gamma.ts';
export {
  chooseMixture,
  type GaussianMixture,
  type MixtureOptions,
  mixtureShares,
  trainGaussianMixture,
} from './segments/gaussian-mixture.ts';
export { assignClusters, type Clustering, type KMeansOptions, kMeans } from './segments/k-means.ts';
export { type MiniBatchOptions, miniBatchKMeans } from './segments/mini-batch-k-means.ts';
export { type PrincipalComponents, principalComponents, projectRows } from './segments/principal-components.ts';
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
export {
  type BoostedClassifier,
  type ClassifierOptions,
  type ClassifierTraining,
  predictBoostedClassifier,
  trainBoostedClassifier,
} from './trees/boosted-classifier.ts';
export { trainDecisionTree, type TreeOptions } from './trees/decision-tree.ts';
export { type BoostingOptions, type BoostingTraining, trainBoostedTrees } from './trees/gradient-boosting.ts';
export type { LossChoice } from './trees/loss.ts';
export { type ForestOptions, trainRandomForest } from './trees/random-forest.ts';
export type { Table, TargetRows } from './trees/table.ts';
export {
  gainImportance,
  predictMargins,
  predictTrees,
  type TreeEnsemble,
  treesFromArtefact,
  treesToArtefact,
} from './trees/tree-ensemble.ts';
export { treeShap } from './trees/tree-shap.ts';
