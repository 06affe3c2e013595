import { Field, ID, ObjectType } from 'type-graphql';
import { enumType } from '../shared/enum-type.ts';
import { DateTime } from '../shared/scalars.ts';
import { type SimpleUserErrorType, UserErrorType } from '../shared/user-error.type.ts';

export const ApiKeyKindEnum = enumType('ApiKeyKind', 'Where a key may be kept.', {
  publishable: 'In a browser: reads the catalogue, recommendations and offers, tracks events, reserves offers.',
  secret: 'On a server: also places orders, redeems, and reads users.',
});

@ObjectType('ApiKey', { description: "A storefront's key. Only its hash is stored." })
export class ApiKeyType {
  @Field(() => ID, { description: 'UUID.' })
  id!: string;

  @Field(() => String, { description: 'What it is for.' })
  name!: string;

  @Field(() => String, { description: 'First characters of the key, to recognise it.' })
  prefix!: string;

  @Field(() => ApiKeyKindEnum, { description: 'Where it may be kept.' })
  kind!: keyof typeof ApiKeyKindEnum;

  @Field(() => DateTime, { description: 'When it was made.' })
  createdAt!: Date;

  @Field(() => DateTime, { nullable: true, description: 'Since when it is refused.' })
  revokedAt?: Date | null;
}

@ObjectType('CreateApiKeyPayload', { description: 'Answer of createApiKey.' })
export class CreateApiKeyPayloadType {
  @Field(() => ApiKeyType, { nullable: true, description: 'The key; null when it was refused.' })
  apiKey?: ApiKeyType | null;

  @Field(() => String, { nullable: true, description: 'Shown once.' })
  token?: string | null;

  @Field(() => [UserErrorType], { description: 'Why it was refused; empty when it was not.' })
  userErrors!: SimpleUserErrorType[];
}
