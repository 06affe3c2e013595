import { defineEntity, p } from '@mikro-orm/core';
import type { JsonObject } from '../shared/json.ts';

const PromotionSchema = defineEntity({
  name: 'Promotion',
  tableName: 'promotions',
  properties: {
    id: p.uuid().primary(),
    campaignId: p.uuid(),
    version: p.integer(),
    position: p.integer(),
    kind: p.string(),
    rule: p.json<JsonObject>(),
    condition: p.json<JsonObject>().nullable(),
  },
});
export class Promotion extends PromotionSchema.class {}
PromotionSchema.setClass(Promotion);

const CodeSchema = defineEntity({
  name: 'Code',
  tableName: 'codes',
  properties: {
    id: p.uuid().primary(),
    campaignId: p.uuid(),
    promotionId: p.uuid(),
    code: p.string(),
    useLimit: p.integer().nullable(),
    used: p.integer().default(0),
    assignedUserId: p.uuid().nullable(),
    revokedAt: p.datetime().nullable(),
    batchNumber: p.integer().nullable(),
    counter: p.bigint('number').nullable(),
  },
});
export class Code extends CodeSchema.class {}
CodeSchema.setClass(Code);
