import type { Refusal, Result } from '@promolift/domain';
import { type Deps, redeem, type RedemptionRecord, redemptionsByIds, releaseRedemption, reserveOffer } from '@promolift/services';
import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import { OrderType } from '../activity/order.type.ts';
import type { ApiContext } from '../shared/context.ts';
import { requireUuid } from '../shared/ids.ts';
import { MoneyType, moneyOf } from '../shared/money.type.ts';
import { toUserErrors } from '../shared/user-error.type.ts';
import { UserType } from '../users/user.type.ts';
import { isPublic, toCartRequest } from './map-cart.ts';
import { RedeemInput, RedemptionPayloadType, RedemptionType, ReleaseRedemptionInput, ReserveOfferInput } from './redemption.type.ts';

const DEFAULT_SECONDS = 900;

@Resolver(() => RedemptionType)
export class RedemptionResolver {
  @Mutation(() => RedemptionPayloadType, { description: 'Sets one use and the discount of this cart aside until its time runs out.' })
  async reserveOffer(
    @Arg('input', () => ReserveOfferInput, { description: 'What to set aside.' }) input: ReserveOfferInput,
    @Ctx() { deps }: ApiContext,
  ): Promise<RedemptionPayloadType> {
    return toPayload(
      deps,
      await reserveOffer(deps, {
        idempotencyKey: input.idempotencyKey,
        campaignId: requireUuid(input.campaignId, 'campaignId'),
        promotionId: requireUuid(input.promotionId, 'promotionId'),
        cart: toCartRequest(input.cart),
        timeToLiveSeconds: input.timeToLiveSeconds ?? DEFAULT_SECONDS,
      }),
    );
  }

  @Mutation(() => RedemptionPayloadType, { description: 'Spends a reservation for an order that the shop has taken itself.' })
  async redeem(
    @Arg('input', () => RedeemInput, { description: 'What to spend.' }) input: RedeemInput,
    @Ctx() { deps }: ApiContext,
  ): Promise<RedemptionPayloadType> {
    return toPayload(deps, await redeem(deps, { ...input, redemptionId: requireUuid(input.redemptionId, 'redemptionId') }));
  }

  @Mutation(() => RedemptionPayloadType, { description: 'Gives a reservation back at once.' })
  async releaseRedemption(
    @Arg('input', () => ReleaseRedemptionInput, { description: 'What to give back.' }) input: ReleaseRedemptionInput,
    @Ctx() { deps }: ApiContext,
  ): Promise<RedemptionPayloadType> {
    return toPayload(deps, await releaseRedemption(deps, { ...input, redemptionId: requireUuid(input.redemptionId, 'redemptionId') }));
  }

  @FieldResolver(() => MoneyType, {
    description: 'What it takes from the budget, as reserved or spent. Of a gift that is its cost: to a publishable key 0.',
  })
  amount(@Root() { amountMinor, currency, isGift }: RedemptionRecord, @Ctx() { principal }: ApiContext): MoneyType {
    return moneyOf(isGift && isPublic(principal) ? 0 : amountMinor, currency);
  }

  @FieldResolver(() => MoneyType, { description: 'What came back to the budget after it was spent.' })
  refunded(@Root() { refundedMinor, currency }: RedemptionRecord): MoneyType {
    return moneyOf(refundedMinor, currency);
  }

  @FieldResolver(() => OrderType, { nullable: true, description: 'The order it was spent on.' })
  order(@Root() { orderId }: RedemptionRecord, @Ctx() { loaders }: ApiContext): Promise<OrderType | null> | null {
    return orderId ? loaders.order.load(orderId) : null;
  }

  @FieldResolver(() => UserType, { nullable: true, description: 'Who used it; null for anonymous shoppers.' })
  user(@Root() { userId }: RedemptionRecord, @Ctx() { loaders }: ApiContext): Promise<UserType | null> | null {
    return userId ? loaders.user.load(userId) : null;
  }
}

@Resolver(() => OrderType)
export class OrderRedemptionsResolver {
  @FieldResolver(() => [RedemptionType], { description: 'Promotions that were used on it.' })
  redemptions(@Root() { id }: OrderType, @Ctx() { loaders }: ApiContext): Promise<RedemptionType[]> {
    return loaders.redemptionsOfOrder.load(id);
  }
}

async function toPayload(deps: Deps, result: Result<{ redemptionId: string }, Refusal>): Promise<RedemptionPayloadType> {
  if (!result.ok) return { redemption: null, userErrors: toUserErrors(result.refusal) };
  const [redemption] = await redemptionsByIds(deps, [result.value.redemptionId]);
  return { redemption: redemption ?? null, userErrors: [] };
}
