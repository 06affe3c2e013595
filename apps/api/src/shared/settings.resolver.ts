import { refuse, type Result, type ShopSettings } from '@promolift/domain';
import { advanceShopClock, type Deps, readSettingsRecord, setKillSwitch, type SettingsRecord, updateSettings } from '@promolift/services';
import { Arg, Ctx, Int, Mutation, Query, Resolver } from 'type-graphql';
import type { ApiContext } from './context.ts';
import { moneyOf } from './money.type.ts';
import { SettingsPayloadType, SettingsType, UpdateSettingsInput } from './settings.type.ts';
import { toUserErrors } from './user-error.type.ts';

@Resolver(() => SettingsType)
export class SettingsResolver {
  @Query(() => SettingsType, { description: "The shop's settings." })
  async settings(@Ctx() { deps }: ApiContext): Promise<SettingsType> {
    return toSettings(await readSettingsRecord(deps), deps);
  }

  @Mutation(() => SettingsPayloadType, { description: 'Changes settings; every change is an audit entry.' })
  async updateSettings(
    @Arg('input', () => UpdateSettingsInput, { description: 'What to change.' }) input: UpdateSettingsInput,
    @Ctx() { deps }: ApiContext,
  ): Promise<SettingsPayloadType> {
    const { expectedVersion, proposalBudgetMinor, pointsRates, pointsExpireDays, ...rest } = input;
    const twice = pointsRates?.find((rate, index) => pointsRates.findIndex(({ currency }) => currency === rate.currency) < index);
    if (twice) return toPayload(refuse(twoRates(twice.currency)), deps);
    const changes = Object.fromEntries(
      Object.entries({ ...rest, defaultBudgetMinor: proposalBudgetMinor }).filter(([, value]) => value !== undefined && value !== null),
    );
    const points = {
      ...(pointsRates && { pointsPerMinor: Object.fromEntries(pointsRates.map((rate) => [rate.currency, rate.pointsPerMinor])) }),
      ...(pointsExpireDays != null && { pointsExpireDays: pointsExpireDays === 0 ? null : pointsExpireDays }),
    };
    return toPayload(await updateSettings(deps, expectedVersion, { ...changes, ...points } as Partial<ShopSettings>), deps);
  }

  @Mutation(() => SettingsPayloadType, { description: 'Stops every promotion at the next request.' })
  async killAllCampaigns(@Ctx() { deps }: ApiContext): Promise<SettingsPayloadType> {
    return { settings: toSettings(await setKillSwitch(deps, true), deps), userErrors: [] };
  }

  @Mutation(() => SettingsPayloadType, { description: 'Allows promotions again after killAllCampaigns.' })
  async releaseKillSwitch(@Ctx() { deps }: ApiContext): Promise<SettingsPayloadType> {
    return { settings: toSettings(await setKillSwitch(deps, false), deps), userErrors: [] };
  }

  @Mutation(() => SettingsPayloadType, { description: "Demo shops only: moves the shop's clock forward." })
  async advanceShopClock(
    @Arg('days', () => Int, { description: 'Whole days, 1 to 366.' }) days: number,
    @Ctx() { deps, refreshClock }: ApiContext,
  ): Promise<SettingsPayloadType> {
    const result = await advanceShopClock(deps, days);
    await refreshClock(true);
    return toPayload(result, deps);
  }
}

const twoRates = (currency: string) => ({
  kind: 'bad-user-input',
  message: `Points have two worths in ${currency}.`,
  field: ['pointsRates'],
});

function toPayload(result: Result<SettingsRecord>, deps: Deps): SettingsPayloadType {
  return result.ok
    ? { settings: toSettings(result.value, deps), userErrors: [] }
    : { settings: null, userErrors: toUserErrors(result.refusal) };
}

function toSettings({ shop, isDemo, version }: SettingsRecord, { clock }: Deps): SettingsType {
  const { maxOrderDiscountBasisPoints, percentBase, promotionGroups, separateGroups } = shop;
  const { currency, timeZone, marginFloorBasisPoints, maxDepthBasisPoints, holdoutBasisPoints, rounding, priceLaw, announcesNewProducts } =
    shop;
  return {
    currency,
    timeZone,
    marginFloorBasisPoints,
    maxDepthBasisPoints,
    holdoutBasisPoints,
    rounding,
    maxOrderDiscountBasisPoints,
    percentBase,
    promotionGroups,
    separateGroups,
    priceLaw,
    announcesNewProducts,
    pointsRates: Object.entries(shop.pointsPerMinor).map(([code, pointsPerMinor]) => ({ currency: code, pointsPerMinor })),
    returnWindowDays: shop.returnWindowDays,
    pointsExpireDays: shop.pointsExpireDays ?? 0,
    minimumSegmentSize: shop.minimumSegmentSize,
    maxWindowDays: shop.maxWindowDays,
    minimumGainProbabilityBasisPoints: shop.minimumGainProbabilityBasisPoints,
    proposalTtlDays: shop.proposalTtlDays,
    isDemo,
    version,
    twoApproverBudget: moneyOf(shop.twoApproverBudgetMinor, currency),
    proposalBudget: moneyOf(shop.defaultBudgetMinor, currency),
    isEverythingKilled: shop.killSwitch,
    shopNow: clock.now(),
  };
}
