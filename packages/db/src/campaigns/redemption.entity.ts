import { defineEntity, p } from '@mikro-orm/core';

const redemptionStatuses = ['reserved', 'committed', 'released'] as const;
const ledgerKinds = ['reserve', 'commit', 'release', 'refund'] as const;

/** Read side only: counters change by the guarded statements of counters.ts. */
const CampaignCounterSchema = defineEntity({
  name: 'CampaignCounter',
  tableName: 'campaign_counters',
  properties: {
    campaignId: p.uuid().primary(),
    currency: p.string(),
    budgetMinor: p.bigint('number'),
    reservedMinor: p.bigint('number').default(0),
    spentMinor: p.bigint('number').default(0),
    redemptionLimit: p.integer().nullable(),
    reservedUses: p.integer().default(0),
    used: p.integer().default(0),
    sharedBudgetId: p.uuid().nullable(),
  },
});
export class CampaignCounter extends CampaignCounterSchema.class {}
CampaignCounterSchema.setClass(CampaignCounter);

const RedemptionSchema = defineEntity({
  name: 'Redemption',
  tableName: 'redemptions',
  properties: {
    id: p.uuid().primary(),
    campaignId: p.uuid(),
    campaignVersion: p.integer(),
    promotionId: p.uuid().nullable(),
    orderId: p.uuid().nullable(),
    /** The shop's own key of the order it was redeemed for; null where the order was placed here. */
    orderExternalId: p.string().nullable(),
    userId: p.uuid().nullable(),
    anonymousId: p.string().nullable(),
    userKey: p.string(),
    codeId: p.uuid().nullable(),
    decisionId: p.uuid().nullable(),
    status: p.enum(redemptionStatuses),
    amountMinor: p.bigint('number'),
    refundedMinor: p.bigint('number').default(0),
    currency: p.string(),
    reservedAt: p.datetime(),
    expiresAt: p.datetime(),
    committedAt: p.datetime().nullable(),
    releasedAt: p.datetime().nullable(),
    idempotencyKey: p.string(),
    sharedBudgetId: p.uuid().nullable(),
    limitKeys: p.array().defaultRaw("'{}'"),
    units: p.integer().default(0),
    isUseReturned: p.boolean().default(false),
    /** How many orders of the user it was decided upon; null = its condition asks for none. */
    ordersSeen: p.integer().nullable(),
  },
});
export class Redemption extends RedemptionSchema.class {}
RedemptionSchema.setClass(Redemption);

const LedgerEntrySchema = defineEntity({
  name: 'LedgerEntry',
  tableName: 'ledger_entries',
  properties: {
    id: p.uuid().primary(),
    campaignId: p.uuid(),
    redemptionId: p.uuid(),
    kind: p.enum(ledgerKinds),
    amountMinor: p.bigint('number'),
    uses: p.integer(),
    at: p.datetime(),
  },
});
export class LedgerEntry extends LedgerEntrySchema.class {}
LedgerEntrySchema.setClass(LedgerEntry);
