import { defineEntity, p } from '@mikro-orm/core';
import type { JsonObject } from '../shared/json.ts';

const modelStatuses = ['candidate', 'champion', 'retired', 'refused'] as const;

const ModelSchema = defineEntity({
  name: 'Model',
  tableName: 'models',
  properties: {
    id: p.uuid().primary(),
    kind: p.string(),
    version: p.integer(),
    status: p.enum(modelStatuses).default('candidate'),
    algorithm: p.string(),
    metrics: p.json<JsonObject>().defaultRaw("'{}'"),
    baseline: p.json<JsonObject>().defaultRaw("'{}'"),
    dataFrom: p.datetime().nullable(),
    dataTo: p.datetime().nullable(),
    seed: p.bigint('number'),
    artefactHash: p.string().nullable(),
    backend: p.string().nullable(),
    createdAt: p.datetime().defaultRaw('now()'),
    promotedAt: p.datetime().nullable(),
    gate: p.json<JsonObject>().nullable(),
  },
});
export class Model extends ModelSchema.class {}
ModelSchema.setClass(Model);

const ModelArtefactSchema = defineEntity({
  name: 'ModelArtefact',
  tableName: 'model_artefacts',
  properties: {
    modelId: p.uuid().primary(),
    bytes: p.blob(),
    hash: p.string(),
  },
});
export class ModelArtefact extends ModelArtefactSchema.class {}
ModelArtefactSchema.setClass(ModelArtefact);
