import { cancelOrder, type Deps, ordersByIds, placeOrder, redemptionsByIds, type RefundedMeans, returnItems } from '@promolift/services';
import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { OrderType } from '../activity/order.type.ts';
import type { ApiContext } from '../shared/context.ts';
import { requireUuid } from '../shared/ids.ts';
import { moneyOf } from '../shared/money.type.ts';
import { toUserErrors } from '../shared/user-error.type.ts';
import type { RefundType } from './account.type.ts';
import { accountPayments, toCartEvaluation, toCartRequest } from './map-cart.ts';
import {
  CancelOrderInput,
  CancelOrderPayloadType,
  PlaceOrderInput,
  PlaceOrderPayloadType,
  ReturnItemsInput,
  ReturnItemsPayloadType,
} from './order.type.ts';

@Resolver(() => OrderType)
export class OrderMutations {
  @Mutation(() => PlaceOrderPayloadType, {
    description: 'Takes an order: prices it now, spends its promotions and keeps it, all or nothing.',
  })
  async placeOrder(
    @Arg('input', () => PlaceOrderInput, { description: 'The order.' }) input: PlaceOrderInput,
    @Ctx() { deps, principal }: ApiContext,
  ): Promise<PlaceOrderPayloadType> {
    const result = await placeOrder(deps, {
      ...toCartRequest(input),
      idempotencyKey: input.idempotencyKey,
      externalId: input.externalId,
      trackingTokens: input.trackingTokens ?? [],
      reservationIds: (input.reservationIds ?? []).map((id) => requireUuid(id, 'reservationIds')),
      expectedTotalMinor: input.expectedTotalMinor ?? null,
      expectedDueNowMinor: input.expectedDueNowMinor ?? null,
    });
    if (!result.ok) return { order: null, evaluation: null, redemptions: [], userErrors: toUserErrors(result.refusal) };
    const { orderId, redemptionIds, evaluated } = result.value;
    return {
      order: await freshOrder(deps, orderId),
      evaluation: evaluated ? toCartEvaluation(evaluated, principal, deps) : null,
      redemptions: await redemptionsByIds(deps, redemptionIds),
      userErrors: [],
    };
  }

  @Mutation(() => CancelOrderPayloadType, {
    description: 'Undoes an order and gives every discount and use back, also after its campaign has ended.',
  })
  async cancelOrder(
    @Arg('input', () => CancelOrderInput, { description: 'The order.' }) input: CancelOrderInput,
    @Ctx() { deps }: ApiContext,
  ): Promise<CancelOrderPayloadType> {
    const result = await cancelOrder(deps, input);
    if (!result.ok) return { order: null, released: [], refunded: null, userErrors: toUserErrors(result.refusal) };
    return {
      order: await freshOrder(deps, result.value.orderId),
      released: await redemptionsByIds(deps, result.value.releasedIds),
      refunded: toRefund(result.value.refunded, result.value.currency),
      userErrors: [],
    };
  }

  @Mutation(() => ReturnItemsPayloadType, { description: 'Takes items back. Any sequence of returns adds up to exactly what was paid.' })
  async returnItems(
    @Arg('input', () => ReturnItemsInput, { description: 'What comes back.' }) input: ReturnItemsInput,
    @Ctx() { deps }: ApiContext,
  ): Promise<ReturnItemsPayloadType> {
    const result = await returnItems(deps, { ...input, lines: input.lines.map(({ lineNumber, quantity }) => ({ lineNumber, quantity })) });
    if (!result.ok) return { order: null, refund: null, discountGivenBack: null, refunded: null, userErrors: toUserErrors(result.refusal) };
    const { orderId, currency, refundMinor, discountGivenBackMinor, refunded } = result.value;
    return {
      order: await freshOrder(deps, orderId),
      refund: moneyOf(refundMinor, currency),
      discountGivenBack: moneyOf(discountGivenBackMinor, currency),
      refunded: toRefund(refunded, currency),
      userErrors: [],
    };
  }
}

const toRefund = ({ means, restMinor }: RefundedMeans, currency: string): RefundType => ({
  accounts: accountPayments(means, currency),
  rest: moneyOf(restMinor, currency),
});

const freshOrder = async (deps: Deps, id: string): Promise<OrderType | null> => (await ordersByIds(deps, [id]))[0] ?? null;
