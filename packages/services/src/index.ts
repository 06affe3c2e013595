export { actorId, managerIdOf, requireAllowed } from './shared/actor.ts';
export { appendAudit, type AuditFact, type AuditFilter, isAuditChainValid, listAuditEntries } from './shared/audit.ts';
export type { Actor, Clock, CodeGuesses, Deps, Progress, Secrets, ServiceLogger } from './shared/deps.ts';
export { type IdempotentRequest, withIdempotency } from './shared/idempotency.ts';
export { createShopClock, depsFor, type Installation, secretsOf } from './shared/installation.ts';
export { type Overview, shopOverview } from './shared/overview.ts';
export {
  type CursorValue,
  decodeCursor,
  DEFAULT_PAGE_SIZE,
  encodeCursor,
  MAX_PAGE_SIZE,
  type Page,
  pageSize,
  toPage,
} from './shared/page.ts';
export { type ImportPreview, PREVIEW_ROWS, previewImport } from './shared/preview-import.ts';
export { findImport, IMPORT_FORMATS, listImports, requestImport, uploadPath } from './shared/request-import.ts';
export { cancelJob, findJob, listJobs, requestJob } from './shared/request-job.ts';
export {
  advanceShopClock,
  holdShopClock,
  markDemo,
  readSettings,
  readSettingsRecord,
  setKillSwitch,
  type SettingsRecord,
  updateSettings,
} from './shared/settings.ts';
export { createApiKey, listApiKeys, revokeApiKey } from './staff/api-keys.ts';
export { ANONYMOUS, authenticate, type Authenticated } from './staff/authenticate.ts';
export { changePassword, type PasswordChange } from './staff/change-password.ts';
export { createManager, findManager, listManagers, type ManagerChanges, type NewManager, updateManager } from './staff/managers.ts';
export { hashPassword, isPasswordRight } from './staff/passwords.ts';
export { signIn, type SignedIn, signOut } from './staff/sign-in.ts';
export { findModel, listModels, promoteModel, rollbackModel } from './models/promote-model.ts';
export { importDataset, type ImportResult } from './shared/import-dataset.ts';
export { importRows } from './shared/import-rows.ts';
export { decryptPersonal, encryptPersonal, PERSONAL_KEY_VERSION } from './shared/personal.ts';
export { type Readiness, readinessOf } from './shared/readiness.ts';
export { readTrackingToken, trackingToken, type TrackedDecision } from './shared/tracking-token.ts';
export { recommend, type Recommendations, type RecommendRequest } from './recommendations/recommend.ts';
export type { Reason, RecommendedItem } from './recommendations/rank-products.ts';
export { lastTrainingData } from './models/data-profile.ts';
export { trainModels, type TrainingResult } from './models/train-models.ts';
export { type DailyUnits, dailyUnits, requireDays } from './products/daily-units.ts';
export {
  categoriesByIds,
  type CategoryRecord,
  findProduct,
  listCategories,
  listProducts,
  type PricePoint,
  priceHistory,
  type ProductFilter,
  type ProductRecord,
  productsByIds,
  productsBySkus,
  productsOfCategories,
  type ProductSort,
} from './products/read-products.ts';
export { findUser, listUsers, type UserFilter, type UserRecord, usersByIds, type UserSort } from './users/read-users.ts';
export { type EventRecord, eventsOfUsers } from './activity/read-events.ts';
export { findOrder, linesOfOrders, type OrderLineRecord, type OrderRecord, ordersByIds, ordersOfUsers } from './activity/read-orders.ts';
export { type EventRequest, type RejectedEvent, type TrackedBatch, trackEvents } from './activity/track-events.ts';
export {
  type AccountEntryRecord,
  type AccountRecord,
  accountById,
  accountsOfUsers,
  entriesOfAccounts,
  findGiftCard,
} from './promotions/accounts/read-accounts.ts';
export type { RefundedMeans } from './promotions/accounts/settle-order.ts';
export { adjustPoints, issueGiftCard, openAccount } from './promotions/accounts/write-accounts.ts';
export { type CodeBatchRecord, codeBatchesOfCampaigns, findCodeBatch } from './promotions/codes/code-batches.ts';
export { codeCipher } from './promotions/codes/code-cipher.ts';
export { createCodeBatch } from './promotions/codes/create-code-batch.ts';
export { type CodeExport, countCodes, counterOfLine, exportCodes } from './promotions/codes/export-codes.ts';
export { type CodeLife, lookUpCode } from './promotions/codes/look-up-code.ts';
export { revokeCodes, type RevokeTarget } from './promotions/codes/revoke-codes.ts';
export { type DecisionStep, decisionSteps, isReplayIdentical } from './promotions/decision-steps.ts';
export { type CartRefusal, type CartRequest, type EvaluatedCart, evaluateCart } from './promotions/evaluate-cart.ts';
export { decisionsOfUsers, findDecision, type StoredDecision } from './promotions/explain-decision.ts';
export { type Offer, type Offers, offersFor, type OffersRequest } from './promotions/offers.ts';
export { noticesOfLines, noticesOfProducts, type PriceNotice, type ProductNotice } from './promotions/price-notices.ts';
export { type OrderRequest, type PlacedOrder, placeOrder } from './promotions/place-order.ts';
export {
  type CodeRecord,
  codesOfCampaigns,
  type LedgerRecord,
  ledgerOfCampaigns,
  type RedemptionRecord,
  redemptionsByIds,
  redemptionsOfCampaigns,
  redemptionsOfOrders,
} from './promotions/read-redemptions.ts';
export { redeem, releaseRedemption, reserveOffer } from './promotions/redemptions.ts';
export { type Preview, previewCart } from './promotions/preview-cart.ts';
export { cancelOrder, returnItems } from './promotions/undo-order.ts';
export { whyNotPromotion } from './promotions/why-not-promotion.ts';
export { type ElasticityEstimate, elasticityOf } from './forecasts/elasticity.ts';
export {
  type ForecastLevelName,
  forecastPoints,
  type ForecastPointRecord,
  type ForecastRecord,
  forecastsOfCategories,
  forecastsOfProducts,
  type ForecastSortName,
  listForecasts,
} from './forecasts/read-forecasts.ts';
export {
  exampleUsersOf,
  listSegments,
  type SegmentRecord,
  segmentsByIds,
  segmentsByKeys,
  segmentsOfUsers,
} from './segments/read-segments.ts';
export { type UserProfileRecord, userProfilesOf } from './users/read-profiles.ts';
export { eraseUser } from './users/erase-user.ts';
export { setBirthday } from './users/birthday.ts';
export { exportUser } from './users/export-user.ts';
export { type DroppedIdea, proposeCampaigns, type ProposalRunResult } from './campaigns/propose/propose-campaigns.ts';
export { type MeasurementBody, measureCampaign, type MeasureResult } from './campaigns/measure/measure-campaign.ts';
export type { CumulativePoint, Estimate95, GroupMean, LiftEffect } from './campaigns/measure/estimate-lift.ts';
export { type Verdict, VERDICTS } from './campaigns/measure/verdict.ts';
export { JobCancelled, JobSuperseded, type JobWork, runJob } from './shared/run-job.ts';
export { type Advanced, advanceCampaigns } from './campaigns/advance-campaigns.ts';
export { approveCampaign, rejectCampaign, requestChanges, requestReview } from './campaigns/review-campaign.ts';
export { withPriceLaw } from './campaigns/price-law-gate.ts';
export { listSharedBudgets, lowerCampaignLimits, saveSharedBudget } from './campaigns/limits.ts';
export { killCampaign, pauseCampaign, resumeCampaign, scheduleCampaign } from './campaigns/run-campaign.ts';
export { createCampaign, reviseCampaign } from './campaigns/write-campaign.ts';
export { categoryNames } from './products/catalogue.ts';
export { productCountsOfScopes, productsOfScopes, type ScopeOf } from './promotions/scope-products.ts';
export {
  type ApprovalRecord,
  approvalsOfCampaigns,
  audienceSizes,
  campaignsByIds,
  type CampaignFilter,
  type CampaignSort,
  type CampaignVersionRecord,
  type CampaignView,
  evidenceByIds,
  type EvidenceRecord,
  findCampaign,
  listCampaigns,
  versionsOfCampaigns,
} from './campaigns/read/read-campaigns.ts';
export {
  type InboxView,
  type MeasurementRecord,
  measurementsOfCampaigns,
  readInbox,
  type TrackRecord,
} from './campaigns/read/read-results.ts';
export { auditEntriesOf } from './shared/audit-of-subjects.ts';
export {
  guardrailsOfCampaign,
  type Simulated,
  type SimulateRefusal,
  type SimulateRequest,
  simulateProposal,
} from './campaigns/propose/simulate-proposal.ts';
export {
  type Collision,
  describeCampaign,
  type DescribedCampaign,
  type Rehearsal,
  type RehearseRequest,
  rehearseCampaign,
} from './campaigns/rehearse/rehearse-campaign.ts';
export { type ActionFacts, allowedCampaignActions } from './campaigns/read/campaign-actions.ts';
export { flushDecisions } from './shared/record-decision.ts';
