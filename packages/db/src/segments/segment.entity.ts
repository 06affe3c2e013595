import { defineEntity, p } from '@mikro-orm/core';
import type { JsonObject, LocalizedText } from '../shared/json.ts';

const segmentKinds = ['model', 'rule'] as const;

const SegmentSchema = defineEntity({
  name: 'Segment',
  tableName: 'segments',
  properties: {
    id: p.uuid().primary(),
    key: p.string(),
    name: p.json<LocalizedText>(),
    kind: p.enum(segmentKinds),
    definition: p.json<JsonObject>().defaultRaw("'{}'"),
    modelId: p.uuid().nullable(),
    size: p.integer().default(0),
    portrait: p.json<JsonObject>().defaultRaw("'{}'"),
    createdAt: p.datetime().defaultRaw('now()'),
    retiredAt: p.datetime().nullable(),
  },
});
export class Segment extends SegmentSchema.class {}
SegmentSchema.setClass(Segment);

const SegmentMemberSchema = defineEntity({
  name: 'SegmentMember',
  tableName: 'segment_members',
  properties: {
    segmentId: p.uuid().primary(),
    userId: p.uuid().primary(),
    validFrom: p.datetime().primary(),
    validTo: p.datetime().nullable(),
  },
});
export class SegmentMember extends SegmentMemberSchema.class {}
SegmentMemberSchema.setClass(SegmentMember);

const UserProfileSchema = defineEntity({
  name: 'UserProfile',
  tableName: 'user_profiles',
  properties: {
    userId: p.uuid().primary(),
    asOf: p.datetime(),
    recencyDays: p.integer().nullable(),
    frequency: p.integer(),
    monetaryMinor: p.bigint('number'),
    tags: p.json<unknown[]>().defaultRaw("'[]'"),
    propensities: p.json<JsonObject>().defaultRaw("'{}'"),
    churnRisk: p.float().nullable(),
  },
});
export class UserProfile extends UserProfileSchema.class {}
UserProfileSchema.setClass(UserProfile);
