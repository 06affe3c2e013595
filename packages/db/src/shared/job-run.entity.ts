import { defineEntity, p } from '@mikro-orm/core';
import type { JsonObject } from './json.ts';

const jobStatuses = ['requested', 'running', 'succeeded', 'failed', 'cancelled'] as const;

const JobRunSchema = defineEntity({
  name: 'JobRun',
  tableName: 'job_runs',
  properties: {
    id: p.uuid().primary(),
    name: p.string(),
    status: p.enum(jobStatuses).default('requested'),
    progress: p.float().default(0),
    stage: p.string().nullable(),
    log: p.json<unknown[]>().defaultRaw("'[]'"),
    payload: p.json<JsonObject>().defaultRaw("'{}'"),
    inputsHash: p.string().nullable(),
    checkpoint: p.json<JsonObject>().defaultRaw("'{}'"),
    result: p.json<JsonObject>().nullable(),
    error: p.json<JsonObject>().nullable(),
    attempt: p.integer().default(0),
    requestedBy: p.uuid().nullable(),
    createdAt: p.datetime().defaultRaw('now()'),
    startedAt: p.datetime().nullable(),
    finishedAt: p.datetime().nullable(),
    cancelRequestedAt: p.datetime().nullable(),
    heartbeatAt: p.datetime().nullable(),
    fence: p.bigint('number').default(0),
  },
});
export class JobRun extends JobRunSchema.class {}
JobRunSchema.setClass(JobRun);

const ImportSchema = defineEntity({
  name: 'Import',
  tableName: 'imports',
  properties: {
    id: p.uuid().primary(),
    jobRunId: p.uuid().nullable(),
    format: p.string(),
    sourceName: p.string(),
    options: p.json<JsonObject>().defaultRaw("'{}'"),
    status: p.enum(jobStatuses).default('requested'),
    report: p.json<JsonObject>().nullable(),
    rejectsPath: p.string().nullable(),
    contentHash: p.string().nullable(),
    createdAt: p.datetime().defaultRaw('now()'),
    finishedAt: p.datetime().nullable(),
  },
});
export class Import extends ImportSchema.class {}
ImportSchema.setClass(Import);

const SettingSchema = defineEntity({
  name: 'Setting',
  tableName: 'settings',
  properties: {
    key: p.string().primary(),
    value: p.json<unknown>(),
    lockVersion: p.integer().default(1),
    updatedAt: p.datetime().defaultRaw('now()'),
    updatedBy: p.uuid().nullable(),
  },
});
export class Setting extends SettingSchema.class {}
SettingSchema.setClass(Setting);
