import { defineEntity, p } from '@mikro-orm/core';
import type { JsonObject } from '../shared/json.ts';

const managerRoles = ['viewer', 'analyst', 'approver', 'admin'] as const;
const apiKeyKinds = ['publishable', 'secret'] as const;

const ManagerSchema = defineEntity({
  name: 'Manager',
  tableName: 'managers',
  properties: {
    id: p.uuid().primary(),
    email: p.string(),
    name: p.string(),
    passwordHash: p.string().hidden(),
    role: p.enum(managerRoles),
    locale: p.string().default('en'),
    disabledAt: p.datetime().nullable(),
    createdAt: p.datetime().defaultRaw('now()'),
  },
});
export class Manager extends ManagerSchema.class {}
ManagerSchema.setClass(Manager);

const SessionSchema = defineEntity({
  name: 'Session',
  tableName: 'sessions',
  properties: {
    id: p.uuid().primary(),
    tokenHash: p.string().hidden(),
    managerId: p.uuid(),
    createdAt: p.datetime().defaultRaw('now()'),
    expiresAt: p.datetime(),
    revokedAt: p.datetime().nullable(),
    lastSeenAt: p.datetime().defaultRaw('now()'),
  },
});
export class Session extends SessionSchema.class {}
SessionSchema.setClass(Session);

const ApiKeySchema = defineEntity({
  name: 'ApiKey',
  tableName: 'api_keys',
  properties: {
    id: p.uuid().primary(),
    name: p.string(),
    prefix: p.string(),
    keyHash: p.string().hidden(),
    kind: p.enum(apiKeyKinds),
    createdAt: p.datetime().defaultRaw('now()'),
    revokedAt: p.datetime().nullable(),
    createdBy: p.uuid().nullable(),
  },
});
export class ApiKey extends ApiKeySchema.class {}
ApiKeySchema.setClass(ApiKey);

/** Read side only: entries are appended by appendAudit, which keeps the hash chain. */
const AuditEntrySchema = defineEntity({
  name: 'AuditEntry',
  tableName: 'audit_entries',
  properties: {
    seq: p.bigint('number').primary(),
    at: p.datetime(),
    actorKind: p.string(),
    actorId: p.string().nullable(),
    action: p.string(),
    subjectKind: p.string().nullable(),
    subjectId: p.string().nullable(),
    details: p.json<JsonObject>().defaultRaw("'{}'"),
    previousHash: p.string(),
    hash: p.string(),
  },
});
export class AuditEntry extends AuditEntrySchema.class {}
AuditEntrySchema.setClass(AuditEntry);
