import { defineEntity, p } from '@mikro-orm/core';
import type { JsonObject } from '../shared/json.ts';

const approvalDecisions = ['approve', 'reject', 'request_changes'] as const;

const ApprovalSchema = defineEntity({
  name: 'Approval',
  tableName: 'approvals',
  properties: {
    id: p.uuid().primary(),
    campaignId: p.uuid(),
    version: p.integer(),
    contentHash: p.string(),
    managerId: p.uuid(),
    decision: p.enum(approvalDecisions),
    reason: p.string().nullable(),
    at: p.datetime().defaultRaw('now()'),
  },
});
export class Approval extends ApprovalSchema.class {}
ApprovalSchema.setClass(Approval);

const EvidenceSchema = defineEntity({
  name: 'Evidence',
  tableName: 'evidence',
  properties: {
    id: p.uuid().primary(),
    campaignId: p.uuid(),
    version: p.integer(),
    body: p.json<JsonObject>(),
    hash: p.string(),
    createdAt: p.datetime().defaultRaw('now()'),
  },
});
export class Evidence extends EvidenceSchema.class {}
EvidenceSchema.setClass(Evidence);

const MeasurementSchema = defineEntity({
  name: 'Measurement',
  tableName: 'measurements',
  properties: {
    id: p.uuid().primary(),
    campaignId: p.uuid(),
    computedAt: p.datetime().defaultRaw('now()'),
    body: p.json<JsonObject>(),
    isFinal: p.boolean().default(false),
  },
});
export class Measurement extends MeasurementSchema.class {}
MeasurementSchema.setClass(Measurement);
