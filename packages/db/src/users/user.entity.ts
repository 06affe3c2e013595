import { defineEntity, p } from '@mikro-orm/core';
import type { JsonObject } from '../shared/json.ts';

const UserSchema = defineEntity({
  name: 'User',
  tableName: 'users',
  properties: {
    id: p.uuid().primary(),
    externalId: p.string(),
    pseudonym: p.string(),
    hasConsent: p.boolean().default(false),
    personalEncrypted: p.blob().nullable().lazy(),
    /** Month and day only. */
    birthdayEncrypted: p.blob().nullable().lazy(),
    keyVersion: p.integer().nullable(),
    attributes: p.json<JsonObject>().defaultRaw("'{}'"),
    createdAt: p.datetime().defaultRaw('now()'),
    erasedAt: p.datetime().nullable(),
    number: p.bigint('number').generated('identity'),
  },
});
export class User extends UserSchema.class {}
UserSchema.setClass(User);
