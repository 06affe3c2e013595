import type { Manager } from '@promolift/db';
import type { Result } from '@promolift/domain';
import { createManager, listManagers, type ManagerChanges, updateManager } from '@promolift/services';
import { Arg, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { ApiContext } from '../shared/context.ts';
import { requireUuid } from '../shared/ids.ts';
import { toUserErrors } from '../shared/user-error.type.ts';
import { CreateManagerInput, ManagerPayloadType, ManagerType, UpdateManagerInput } from './manager.type.ts';

@Resolver(() => ManagerType)
export class ManagerResolver {
  @Query(() => [ManagerType], { description: 'Every backoffice account, oldest first.' })
  managers(@Ctx() { deps }: ApiContext): Promise<ManagerType[]> {
    return listManagers(deps);
  }

  @Mutation(() => ManagerPayloadType, { description: 'Makes an account.' })
  async createManager(
    @Arg('input', () => CreateManagerInput, { description: 'The account.' }) input: CreateManagerInput,
    @Ctx() { deps }: ApiContext,
  ): Promise<ManagerPayloadType> {
    return toPayload(await createManager(deps, input));
  }

  @Mutation(() => ManagerPayloadType, { description: 'Changes, disables or enables an account.' })
  async updateManager(
    @Arg('input', () => UpdateManagerInput, { description: 'What to change.' }) input: UpdateManagerInput,
    @Ctx() { deps }: ApiContext,
  ): Promise<ManagerPayloadType> {
    requireUuid(input.id);
    return toPayload(await updateManager(deps, { ...input } as ManagerChanges));
  }

  @FieldResolver(() => Boolean, { description: 'May they not sign in?' })
  isDisabled(@Root() manager: Manager): boolean {
    return Boolean(manager.disabledAt);
  }
}

function toPayload(result: Result<Manager>): ManagerPayloadType {
  return result.ok ? { manager: result.value, userErrors: [] } : { manager: null, userErrors: toUserErrors(result.refusal) };
}
