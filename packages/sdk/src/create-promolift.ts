import type * as Api from '../generated/graphql.ts';
import { CATEGORIES, PRODUCT_BY_KEY, PRODUCTS, USERS } from './documents/catalogue.ts';
import { EVALUATE_CART, OFFERS, RECOMMENDATIONS, REDEEM, RELEASE_REDEMPTION, RESERVE_OFFER } from './documents/offers.ts';
import { CANCEL_ORDER, ORDER_BY_KEY, PLACE_ORDER, RETURN_ITEMS, TRACK_EVENTS } from './documents/orders.ts';
import { PromoliftError } from './promolift-error.ts';
import { createTransport, type PromoliftOptions, type Send, TRIES } from './transport.ts';

type Served = Api.RecommendationsQuery['recommendations'];
/** `NONE`: Promolift gave no answer in time; there are no items and `fallbackReason` is the error's code. */
export type Recommendations = Omit<Served, 'servedBy'> & { servedBy: Served['servedBy'] | 'NONE' };

/**
 * A client for storefronts: browser, Node or edge. Refusals come back as the payload's `userErrors`; faults are thrown as
 * `PromoliftError`, except by `recommendations`, which never throws. Writes carry an idempotency key (events their id) and
 * are sent again with that same key when the connection fails.
 */
export function createPromolift(options: PromoliftOptions) {
  const send = createTransport(options);
  return { ...catalogue(send), ...offers(send), ...orders(send) };
}

export type Promolift = ReturnType<typeof createPromolift>;

function catalogue(send: Send) {
  return {
    /** One page of products; `filter` and `sort` as in the schema. */
    async products(variables: Api.ProductsQueryVariables = {}) {
      return (await send<Api.ProductsQuery, typeof variables>('Products', PRODUCTS, variables, TRIES.read)).products;
    },
    /** By the shop's sku or by id; null when there is none. */
    async product(variables: Api.ProductByKeyQueryVariables) {
      return (await send<Api.ProductByKeyQuery, typeof variables>('ProductByKey', PRODUCT_BY_KEY, variables, TRIES.read)).product;
    },
    async categories() {
      return (await send<Api.CategoriesQuery, object>('Categories', CATEGORIES, {}, TRIES.read)).categories;
    },
    /** Shoppers with their segments; needs a secret key. */
    async users(variables: Api.UsersQueryVariables = {}) {
      return (await send<Api.UsersQuery, typeof variables>('Users', USERS, variables, TRIES.read)).users;
    },
  };
}

function offers(send: Send) {
  return {
    /** Ranked products with reasons. Never throws: without an answer in time it is empty and says so (`servedBy: 'NONE'`). */
    async recommendations(variables: Api.RecommendationsQueryVariables = {}): Promise<Recommendations> {
      try {
        return (await send<Api.RecommendationsQuery, typeof variables>('Recommendations', RECOMMENDATIONS, variables, TRIES.read))
          .recommendations;
      } catch (fault) {
        const fallbackReason = fault instanceof PromoliftError ? fault.code : 'UNAVAILABLE';
        return {
          items: [],
          servedBy: 'NONE',
          fallbackReason,
          modelVersion: null,
          generatedAt: new Date().toISOString(),
          trackingToken: '',
        };
      }
    },
    /** What this shopper may be told about, as sentences. */
    async offers(variables: Api.OffersQueryVariables = {}) {
      return (await send<Api.OffersQuery, typeof variables>('Offers', OFFERS, variables, TRIES.read)).offers;
    },
    /** What the cart costs now, which promotions apply, which do not and why, and which are just out of reach. */
    async evaluateCart(cart: Api.CartInput) {
      return (await send<Api.EvaluateCartQuery, Api.EvaluateCartQueryVariables>('EvaluateCart', EVALUATE_CART, { cart }, TRIES.read))
        .evaluateCart;
    },
    async reserveOffer(input: Api.ReserveOfferInput) {
      return (
        await send<Api.ReserveOfferMutation, Api.ReserveOfferMutationVariables>('ReserveOffer', RESERVE_OFFER, { input }, TRIES.write)
      ).reserveOffer;
    },
    async redeem(input: Api.RedeemInput) {
      return (await send<Api.RedeemMutation, Api.RedeemMutationVariables>('Redeem', REDEEM, { input }, TRIES.write)).redeem;
    },
    async releaseRedemption(input: Api.ReleaseRedemptionInput) {
      return (
        await send<Api.ReleaseRedemptionMutation, Api.ReleaseRedemptionMutationVariables>(
          'ReleaseRedemption',
          RELEASE_REDEMPTION,
          { input },
          TRIES.write,
        )
      ).releaseRedemption;
    },
  };
}

function orders(send: Send) {
  return {
    /** By the shop's own order number; needs a secret key. */
    async order(externalId: string) {
      return (await send<Api.OrderByKeyQuery, Api.OrderByKeyQueryVariables>('OrderByKey', ORDER_BY_KEY, { externalId }, TRIES.read)).order;
    },
    /** At most 1,000 events; the same event id counts once. */
    async trackEvents(events: Api.EventInput[]) {
      return (await send<Api.TrackEventsMutation, Api.TrackEventsMutationVariables>('TrackEvents', TRACK_EVENTS, { events }, TRIES.write))
        .trackEvents;
    },
    /** Prices, redeems and keeps the order at once. With `expectedTotalMinor` a changed total is refused as `PRICE_CHANGED`. */
    async placeOrder(input: Api.PlaceOrderInput) {
      return (await send<Api.PlaceOrderMutation, Api.PlaceOrderMutationVariables>('PlaceOrder', PLACE_ORDER, { input }, TRIES.write))
        .placeOrder;
    },
    async cancelOrder(input: Api.CancelOrderInput) {
      return (await send<Api.CancelOrderMutation, Api.CancelOrderMutationVariables>('CancelOrder', CANCEL_ORDER, { input }, TRIES.write))
        .cancelOrder;
    },
    async returnItems(input: Api.ReturnItemsInput) {
      return (await send<Api.ReturnItemsMutation, Api.ReturnItemsMutationVariables>('ReturnItems', RETURN_ITEMS, { input }, TRIES.write))
        .returnItems;
    },
  };
}
