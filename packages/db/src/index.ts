export * from './activity/event.entity.ts';
export * from './activity/order.entity.ts';
export * from './campaigns/approval.entity.ts';
export * from './campaigns/campaign.entity.ts';
export * from './campaigns/decision.entity.ts';
export * from './campaigns/redemption.entity.ts';
export * from './forecasts/forecast.entity.ts';
export * from './models/model.entity.ts';
export * from './products/category.entity.ts';
export * from './products/product.entity.ts';
export * from './promotions/promotion.entity.ts';
export * from './segments/segment.entity.ts';
export * from './shared/job-run.entity.ts';
export * from './staff/manager.entity.ts';
export * from './users/user.entity.ts';
export { entities } from './entities.ts';
export { openDatabase, openPool, patientPool, type Database, type DatabaseOptions } from './shared/database.ts';
export { migrateDown, migrateUp, pendingMigrations } from './shared/migrate.ts';
export type { JsonObject, LocalizedText } from './shared/json.ts';
export { EmbeddedPostgresError } from './shared/embedded/embedded-error.ts';
export {
  startEmbeddedPostgres,
  stopEmbeddedPostgres,
  type EmbeddedPostgres,
  type EmbeddedPostgresOptions,
} from './shared/embedded/embedded-postgres.ts';
export { schemaFingerprint } from './migrations/fingerprint.ts';
export { changeTotals, openCounter, saveSharedBudget, sharedBudgets, type SharedBudgetRow, type Totals } from './campaigns/budgets.ts';
export { type LedgerDifference, ledgerDifferences } from './campaigns/ledger-differences.ts';
export {
  commit,
  lockCounters,
  refund,
  release,
  releaseExpired,
  reserve,
  spend,
  type CounterRefusal,
  type CounterRefusalKind,
  type CounterResult,
  type Reservation,
} from './campaigns/counters.ts';
export {
  type AccountEntryPost,
  type AccountRefusal,
  type AccountResult,
  expireAccounts,
  lockAccounts,
  openPointsAccount,
  postAccountEntry,
  releaseEarnings,
  takeEarningBack,
} from './promotions/accounts.ts';
export { retryConflicts } from './shared/retry-conflicts.ts';
export { runSql, type SqlRunner, type SqlValue } from './shared/sql.ts';
export { pseudonymOf, type Personal } from './activity/shop-staging.ts';
export { writeShopRows, type ShopCounts, type WriteShopRowsOptions } from './activity/write-shop-rows.ts';
export { copyOut, copyRows, type CopyValue } from './shared/copy.ts';
export { copyColumns, type ColumnKind, type Columns, type KeyColumn } from './shared/copy-columns.ts';
export {
  answerIdempotencyKey,
  claimIdempotencyKey,
  dropIdempotencyKey,
  type IdempotencyClaim,
  type IdempotencyKey,
  sweepIdempotencyKeys,
} from './shared/idempotency.ts';
export { appendOutbox, takeOutbox, type OutboxEntry } from './shared/outbox.ts';
export { getSetting, setSetting, type StoredSetting } from './shared/settings.ts';
export { appendAudit, verifyAudit, type AuditEvent } from './staff/audit.ts';
