import { createApiKey, listApiKeys, revokeApiKey } from '@promolift/services';
import { Arg, Ctx, ID, Mutation, Query, Resolver } from 'type-graphql';
import type { ApiContext } from '../shared/context.ts';
import { requireUuid } from '../shared/ids.ts';
import { toUserErrors } from '../shared/user-error.type.ts';
import { ApiKeyKindEnum, ApiKeyType, CreateApiKeyPayloadType } from './api-key.type.ts';
import { SimplePayloadType } from './manager.type.ts';

@Resolver(() => ApiKeyType)
export class ApiKeyResolver {
  @Query(() => [ApiKeyType], { description: 'Keys of storefronts, newest first, revoked ones too.' })
  apiKeys(@Ctx() { deps }: ApiContext): Promise<ApiKeyType[]> {
    return listApiKeys(deps);
  }

  @Mutation(() => CreateApiKeyPayloadType, { description: 'Makes a key; its token is shown in this answer only.' })
  async createApiKey(
    @Arg('name', () => String, { description: 'What it is for, at most 120 characters.' }) name: string,
    @Arg('kind', () => ApiKeyKindEnum, { description: 'Where it may be kept.' }) kind: keyof typeof ApiKeyKindEnum,
    @Ctx() { deps }: ApiContext,
  ): Promise<CreateApiKeyPayloadType> {
    const result = await createApiKey(deps, name, kind);
    return result.ok ? { ...result.value, userErrors: [] } : { userErrors: toUserErrors(result.refusal) };
  }

  @Mutation(() => SimplePayloadType, { description: 'Refuses a key from its next request on.' })
  async revokeApiKey(
    @Arg('id', () => ID, { description: 'Id of the key.' }) id: string,
    @Ctx() { deps }: ApiContext,
  ): Promise<SimplePayloadType> {
    await revokeApiKey(deps, requireUuid(id));
    return { ok: true, userErrors: [] };
  }
}
