import { defineEntity, p } from '@mikro-orm/core';
import { CAMPAIGN_STATUSES } from '@promolift/domain';
import type { JsonObject } from '../shared/json.ts';

const campaignOrigins = ['ai', 'manager'] as const;

const CampaignSchema = defineEntity({
  name: 'Campaign',
  tableName: 'campaigns',
  properties: {
    id: p.uuid().primary(),
    name: p.string(),
    status: p.enum(CAMPAIGN_STATUSES).default('draft'),
    origin: p.enum(campaignOrigins),
    authorId: p.uuid().nullable(),
    currentVersion: p.integer().default(1),
    liveVersion: p.integer().nullable(),
    lockVersion: p.integer().version().default(1),
    occasion: p.string().nullable(),
    priority: p.integer().default(0),
    startsAt: p.datetime().nullable(),
    endsAt: p.datetime().nullable(),
    isKilled: p.boolean().default(false),
    createdAt: p.datetime().defaultRaw('now()'),
    updatedAt: p
      .datetime()
      .defaultRaw('now()')
      .onUpdate(() => new Date()),
  },
});
export class Campaign extends CampaignSchema.class {}
CampaignSchema.setClass(Campaign);

/** Immutable once written: a change of content is a new version. */
const CampaignVersionSchema = defineEntity({
  name: 'CampaignVersion',
  tableName: 'campaign_versions',
  properties: {
    campaignId: p.uuid().primary(),
    version: p.integer().primary(),
    content: p.json<JsonObject>(),
    contentHash: p.string(),
    modelVersions: p.json<JsonObject>().defaultRaw("'{}'"),
    evidenceId: p.uuid().nullable(),
    createdBy: p.uuid().nullable(),
    createdAt: p.datetime().defaultRaw('now()'),
  },
});
export class CampaignVersion extends CampaignVersionSchema.class {}
CampaignVersionSchema.setClass(CampaignVersion);
