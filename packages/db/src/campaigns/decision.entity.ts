import { defineEntity, p } from '@mikro-orm/core';
import type { JsonObject } from '../shared/json.ts';

const DecisionSchema = defineEntity({
  name: 'Decision',
  tableName: 'decisions',
  properties: {
    id: p.uuid().primary(),
    decidedAt: p.datetime(),
    kind: p.string(),
    userId: p.uuid().nullable(),
    anonymousId: p.string().nullable(),
    userKey: p.string(),
    input: p.json<JsonObject>(),
    inputHash: p.string(),
    rulesetHash: p.string(),
    policy: p.string(),
    probability: p.float(),
    offers: p.json<unknown[]>().defaultRaw("'[]'"),
    result: p.json<JsonObject>().defaultRaw("'{}'"),
    modelVersions: p.json<JsonObject>().defaultRaw("'{}'"),
  },
});
export class Decision extends DecisionSchema.class {}
DecisionSchema.setClass(Decision);
