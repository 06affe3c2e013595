import { listSharedBudgets, lowerCampaignLimits, saveSharedBudget } from '@promolift/services';
import { Arg, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { ApiContext } from '../shared/context.ts';
import { requireUuid } from '../shared/ids.ts';
import { MoneyType, moneyOf } from '../shared/money.type.ts';
import { toUserErrors } from '../shared/user-error.type.ts';
import { toPayload } from './campaign.mutations.ts';
import { CampaignPayloadType } from './campaign.type.ts';
import { LowerCampaignLimitsInput, SaveSharedBudgetInput, SharedBudgetPayloadType, SharedBudgetType } from './limit.type.ts';

@Resolver(() => SharedBudgetType)
export class LimitResolver {
  @Query(() => [SharedBudgetType], { description: 'Budgets that several campaigns draw on, by key.' })
  sharedBudgets(@Ctx() { deps }: ApiContext): Promise<SharedBudgetType[]> {
    return listSharedBudgets(deps);
  }

  @Mutation(() => SharedBudgetPayloadType, {
    description: 'Creates a shared budget or changes its name and amount, never below what is used of it.',
  })
  async saveSharedBudget(
    @Arg('input', () => SaveSharedBudgetInput, { description: 'The budget.' }) input: SaveSharedBudgetInput,
    @Ctx() { deps }: ApiContext,
  ): Promise<SharedBudgetPayloadType> {
    const result = await saveSharedBudget(deps, { ...input });
    return result.ok ? { sharedBudget: result.value, userErrors: [] } : { sharedBudget: null, userErrors: toUserErrors(result.refusal) };
  }

  @Mutation(() => CampaignPayloadType, {
    description:
      'Takes back a part of what was approved, at once and while it is being redeemed. Never below what is used; more needs a new version.',
  })
  async lowerCampaignLimits(
    @Arg('input', () => LowerCampaignLimitsInput, { description: 'Less of what.' }) input: LowerCampaignLimitsInput,
    @Ctx() { deps }: ApiContext,
  ): Promise<CampaignPayloadType> {
    return toPayload(deps, await lowerCampaignLimits(deps, { ...input, id: requireUuid(input.id) }));
  }

  @FieldResolver(() => MoneyType, { description: 'Most that its campaigns may cost together.' })
  budget(@Root() { budgetMinor, currency }: SharedBudgetType): MoneyType {
    return moneyOf(budgetMinor, currency);
  }

  @FieldResolver(() => MoneyType, { description: 'Set aside for reservations.' })
  reserved(@Root() { reservedMinor, currency }: SharedBudgetType): MoneyType {
    return moneyOf(reservedMinor, currency);
  }

  @FieldResolver(() => MoneyType, { description: 'Spent, returns given back.' })
  spent(@Root() { spentMinor, currency }: SharedBudgetType): MoneyType {
    return moneyOf(spentMinor, currency);
  }
}
