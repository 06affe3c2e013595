import { eraseUser, exportUser, findUser, listUsers, setBirthday } from '@promolift/services';
import { Arg, Ctx, ID, Int, Mutation, Query, Resolver } from 'type-graphql';
import type { ApiContext } from '../shared/context.ts';
import { requireUuid } from '../shared/ids.ts';
import { toConnection } from '../shared/page.type.ts';
import { Json } from '../shared/scalars.ts';
import { toUserErrors } from '../shared/user-error.type.ts';
import {
  EraseUserPayloadType,
  SetBirthdayInput,
  SetBirthdayPayloadType,
  UserConnectionType,
  UserFilterInput,
  UserSortEnum,
  UserType,
} from './user.type.ts';

@Resolver(() => UserType)
export class UserResolver {
  @Query(() => UserConnectionType, { description: 'The shoppers.' })
  async users(
    @Arg('first', () => Int, { nullable: true, description: 'Page size, 1 to 100; default 20.' }) first: number | undefined,
    @Arg('after', () => String, { nullable: true, description: 'Cursor of the last shopper seen.' }) after: string | undefined,
    @Arg('filter', () => UserFilterInput, { nullable: true, description: 'Which shoppers.' }) filter: UserFilterInput | undefined,
    @Arg('sort', () => UserSortEnum, { nullable: true, defaultValue: 'NEWEST', description: 'Order of the list.' }) sort:
      | keyof typeof UserSortEnum
      | null,
    @Ctx() { deps }: ApiContext,
  ): Promise<UserConnectionType> {
    return toConnection(await listUsers(deps, { first, after, filter: filter ?? null, sort: sort ?? 'NEWEST' }), after);
  }

  @Query(() => UserType, { nullable: true, description: "One shopper by our id or the shop's own." })
  user(
    @Arg('id', () => ID, { nullable: true, description: 'Id of the shopper.' }) id: string | undefined,
    @Arg('externalId', () => String, { nullable: true, description: "The shop's own id of them." }) externalId: string | undefined,
    @Ctx() { deps }: ApiContext,
  ): Promise<UserType | null> {
    return findUser(deps, { id: id ? requireUuid(id) : null, externalId: externalId ?? null });
  }

  @Query(() => Json, {
    nullable: true,
    description: 'Everything that is kept about a shopper; null when there is none. An audit entry says who asked.',
  })
  exportUser(
    @Arg('externalId', () => String, { description: "The shop's own id of them." }) externalId: string,
    @Ctx() { deps }: ApiContext,
  ): Promise<unknown> {
    return exportUser(deps, externalId);
  }

  @Mutation(() => SetBirthdayPayloadType, {
    description: 'Keeps when a shopper has birthday, encrypted; conditions learn only how many days away it is.',
  })
  async setBirthday(
    @Arg('input', () => SetBirthdayInput, { description: 'Whose and when.' }) { userId, birthday }: SetBirthdayInput,
    @Ctx() { deps }: ApiContext,
  ): Promise<SetBirthdayPayloadType> {
    const result = await setBirthday(deps, { userExternalId: userId, birthday: birthday ?? null });
    if (!result.ok) return { user: null, userErrors: toUserErrors(result.refusal) };
    return { user: await findUser(deps, { id: result.value.userId, externalId: null }), userErrors: [] };
  }

  @Mutation(() => EraseUserPayloadType, { description: 'Forgets a shopper for good: what named them goes, sums stay.' })
  async eraseUser(
    @Arg('externalId', () => String, { description: "The shop's own id of them." }) externalId: string,
    @Ctx() { deps }: ApiContext,
  ): Promise<EraseUserPayloadType> {
    return { erasedCount: await eraseUser(deps, externalId), userErrors: [] };
  }
}
