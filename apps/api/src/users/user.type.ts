import type { UserRecord } from '@promolift/services';
import { Field, InputType, Int, ObjectType } from 'type-graphql';
import { enumType } from '../shared/enum-type.ts';
import { NodeType } from '../shared/node.type.ts';
import { connectionType } from '../shared/page.type.ts';
import { DateTime, Json } from '../shared/scalars.ts';
import { type SimpleUserErrorType, UserErrorType } from '../shared/user-error.type.ts';

@ObjectType('User', { implements: NodeType, description: 'A shopper.' })
export class UserType extends NodeType implements UserRecord {
  @Field(() => String, { description: "The shop's own id of them." })
  externalId!: string;

  @Field(() => String, { description: 'The name under which models know them.' })
  pseudonym!: string;

  @Field(() => Boolean, { description: 'May we profile them? Without consent they get nothing personal.' })
  hasConsent!: boolean;

  @Field(() => Json, { description: 'Whatever else the shop told about them; never personal data.' })
  attributes!: Record<string, unknown>;

  @Field(() => DateTime, { description: 'When we first heard of them.' })
  createdAt!: Date;

  @Field(() => DateTime, { nullable: true, description: 'When their personal data was erased.' })
  erasedAt!: Date | null;
}

@ObjectType('EraseUserPayload', { description: 'Answer of eraseUser.' })
export class EraseUserPayloadType {
  @Field(() => Int, { description: 'Shoppers erased: 0 when there is none or it was done before.' })
  erasedCount!: number;

  @Field(() => [UserErrorType], { description: 'Why it was refused; empty when it was not.' })
  userErrors!: SimpleUserErrorType[];
}

@InputType('SetBirthdayInput', { description: 'The birthday of a shopper.' })
export class SetBirthdayInput {
  @Field(() => String, { description: "The shop's own id of them." })
  userId!: string;

  @Field(() => String, { nullable: true, description: 'Month and day, for example 02-29; null forgets it. The year is never asked for.' })
  birthday?: string | null;
}

@ObjectType('SetBirthdayPayload', { description: 'Answer of setBirthday.' })
export class SetBirthdayPayloadType {
  @Field(() => UserType, { nullable: true, description: 'The shopper; null when it was refused.' })
  user!: UserType | null;

  @Field(() => [UserErrorType], { description: 'Why it was refused; empty when it was not.' })
  userErrors!: SimpleUserErrorType[];
}

export const UserSortEnum = enumType('UserSort', 'Order of a list of shoppers.', {
  NEWEST: 'Newest first.',
  MONETARY_DESC: 'Who spent most first.',
  RECENCY_ASC: 'Who bought last first.',
  FREQUENCY_DESC: 'Who bought most often first.',
});

@InputType('UserFilter', { description: 'Which shoppers; all conditions must hold.' })
export class UserFilterInput {
  @Field(() => String, { nullable: true, description: "Part of the shop's own id or the pseudonym." })
  search?: string | null;

  @Field(() => String, { nullable: true, description: 'Key of a segment they are in now.' })
  segmentKey?: string | null;
}

const ConnectionType = connectionType('User', () => UserType);
export const UserConnectionType = ConnectionType;
export type UserConnectionType = InstanceType<typeof ConnectionType>;
