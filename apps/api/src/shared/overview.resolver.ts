import { shopOverview } from '@promolift/services';
import { Ctx, Field, Int, ObjectType, Query, Resolver } from 'type-graphql';
import type { ApiContext } from './context.ts';
import { MoneyType, moneyOf } from './money.type.ts';

@ObjectType('ShopOverview', { description: 'The shop in six numbers.' })
export class ShopOverviewType {
  @Field(() => Int, { description: 'Orders, cancelled ones too.' })
  orderCount!: number;

  @Field(() => MoneyType, { description: 'Total of the orders of the last 28 days, cancelled ones left out.' })
  revenue28Days!: MoneyType;

  @Field(() => Int, { description: 'Users, erased ones left out.' })
  userCount!: number;

  @Field(() => Int, { description: 'Products on sale.' })
  productCount!: number;

  @Field(() => Int, { description: 'Campaigns that are served now.' })
  liveCampaignCount!: number;

  @Field(() => Int, { description: 'Events kept.' })
  eventCount!: number;
}

@Resolver(() => ShopOverviewType)
export class OverviewResolver {
  @Query(() => ShopOverviewType, { description: 'The shop in six numbers.' })
  async overview(@Ctx() { deps }: ApiContext): Promise<ShopOverviewType> {
    const { revenue28DaysMinor, currency, ...counts } = await shopOverview(deps);
    return { ...counts, revenue28Days: moneyOf(revenue28DaysMinor, currency) };
  }
}
