import { Field, InputType, ObjectType } from 'type-graphql';
import { connectionType } from '../shared/page.type.ts';
import { DateTime, Json } from '../shared/scalars.ts';

@ObjectType('AuditEntry', { description: 'Something that was done, chained to the entry before it by hash.' })
export class AuditEntryType {
  @Field(() => DateTime, { description: 'Wall-clock time.' })
  at!: Date;

  @Field(() => String, { description: 'manager, key or system.' })
  actorKind!: string;

  @Field(() => String, { description: 'What was done, for example campaign.approved.' })
  action!: string;

  @Field(() => Json, { description: 'Ids, versions and numbers; never personal data.' })
  details!: unknown;

  @Field(() => String, { description: 'SHA-256 over this entry and the hash before it.' })
  hash!: string;
}

@InputType('AuditFilter', { description: 'Which audit entries; all conditions must hold.' })
export class AuditFilterInput {
  @Field(() => String, { nullable: true, description: 'Kind of thing, for example campaign.' })
  subjectKind?: string | null;

  @Field(() => String, { nullable: true, description: 'Id of the thing.' })
  subjectId?: string | null;

  @Field(() => String, { nullable: true, description: 'What was done.' })
  action?: string | null;
}

const ConnectionType = connectionType('AuditEntry', () => AuditEntryType);
export const AuditEntryConnectionType = ConnectionType;
export type AuditEntryConnectionType = InstanceType<typeof ConnectionType>;
