import { PromotionRule } from '@promolift/domain';
import { z } from 'zod';
import { CommandStop } from '../shared/command-stop.ts';
import { ApiRefusal, type GraphqlClient } from '../shared/graphql-client.ts';

const Money = z.object({ amountMinor: z.number() });
const UserErrors = z.array(z.object({ message: z.string(), code: z.string() }));
const Evaluation = z.object({
  lines: z.array(z.object({ quantity: z.number(), isGift: z.boolean(), product: z.object({ sku: z.string() }), final: Money })),
  applied: z.array(z.object({ promotionId: z.string(), amount: Money })),
  nearMisses: z.array(z.object({ promotionId: z.string(), missing: Money.nullable() })),
});
export type Evaluation = z.infer<typeof Evaluation>;

const EVALUATION =
  'lines { quantity isGift product { sku } final { amountMinor } } applied { promotionId amount { amountMinor } } nearMisses { promotionId missing { amountMinor } }';

export type CartAsked = { userId: string; currency: string; lines: readonly { sku: string; quantity: number }[]; codes: readonly string[] };
export type PlacedOrder = CartAsked & { externalId: string; channel: string; country: string };

/** What a shop's server asks of the API for its shoppers. `secret`: the storefront's key. */
export function openShopApi(secret: GraphqlClient) {
  return {
    async offersOf(userId: string): Promise<{ promotionId: string; campaignId: string; code: string | null }[]> {
      const schema = z.object({
        offers: z.object({ offers: z.array(z.object({ promotionId: z.string(), campaignId: z.string(), code: z.string().nullable() })) }),
      });
      return (
        await secret(schema, 'query ($userId: String!) { offers(userId: $userId) { offers { promotionId campaignId code } } }', { userId })
      ).offers.offers;
    },
    /** Gives the token that ties what was shown to what happens. */
    async recommend(userId: string): Promise<string> {
      const schema = z.object({ recommendations: z.object({ trackingToken: z.string() }) });
      return (
        await secret(
          schema,
          'query ($userId: String!) { recommendations(userId: $userId, first: 12) { trackingToken items { product { sku } } } }',
          { userId },
        )
      ).recommendations.trackingToken;
    },
    async evaluate(cart: CartAsked): Promise<Evaluation> {
      const schema = z.object({ evaluateCart: z.object({ evaluation: Evaluation.nullable(), userErrors: UserErrors }) });
      const { evaluation, userErrors } = (
        await secret(
          schema,
          `query ($cart: CartInput!) { evaluateCart(cart: $cart) { evaluation { ${EVALUATION} } userErrors { message code } } }`,
          { cart },
        )
      ).evaluateCart;
      if (!evaluation) throw new CommandStop(`The API would not price a cart: ${userErrors[0]?.message ?? 'no reason given'}`);
      return evaluation;
    },
    /** Null when the order was refused, which a shopper takes as a closed till. */
    async placeOrder({ externalId, ...order }: PlacedOrder, trackingTokens: readonly string[]): Promise<Evaluation | null> {
      const schema = z.object({
        placeOrder: z.object({
          order: z.object({ externalId: z.string() }).nullable(),
          evaluation: Evaluation.nullable(),
          userErrors: UserErrors,
        }),
      });
      const input = { ...order, externalId, trackingTokens, idempotencyKey: `simulate-${externalId}` };
      const { channel: _channel, country: _country, ...cart } = order;
      try {
        const placed = (
          await secret(
            schema,
            `mutation ($input: PlaceOrderInput!) { placeOrder(input: $input) { order { externalId } evaluation { ${EVALUATION} } userErrors { message code } } }`,
            { input },
          )
        ).placeOrder;
        return placed.order ? (placed.evaluation ?? (await this.evaluate(cart))) : null;
      } catch (fault) {
        // A day that was interrupted is played again: this order is there already, with the tracking token of that time.
        if (fault instanceof ApiRefusal && fault.code === 'IDEMPOTENCY_MISMATCH') return this.evaluate(cart);
        throw fault;
      }
    },
    async cancelOrder(externalId: string): Promise<void> {
      const schema = z.object({ cancelOrder: z.object({ userErrors: UserErrors }) });
      await secret(schema, 'mutation ($input: CancelOrderInput!) { cancelOrder(input: $input) { userErrors { message code } } }', {
        input: { externalId, idempotencyKey: `simulate-cancel-${externalId}` },
      });
    },
    async returnItem(orderExternalId: string, sku: string, quantity: number): Promise<boolean> {
      const schema = z.object({
        order: z
          .object({
            lines: z.array(
              z.object({
                lineNumber: z.number(),
                quantity: z.number(),
                returnedQuantity: z.number(),
                isGift: z.boolean(),
                product: z.object({ sku: z.string() }),
              }),
            ),
          })
          .nullable(),
      });
      const { order } = await secret(
        schema,
        'query ($id: String!) { order(externalId: $id) { lines { lineNumber quantity returnedQuantity isGift product { sku } } } }',
        { id: orderExternalId },
      );
      const line = order?.lines.find(
        (candidate) => candidate.product.sku === sku && !candidate.isGift && candidate.quantity - candidate.returnedQuantity >= quantity,
      );
      if (!line) return false;
      const returned = z.object({ returnItems: z.object({ userErrors: UserErrors }) });
      const input = {
        orderExternalId,
        lines: [{ lineNumber: line.lineNumber, quantity }],
        idempotencyKey: `simulate-return-${orderExternalId}-${sku}`,
      };
      return (
        (
          await secret(returned, 'mutation ($input: ReturnItemsInput!) { returnItems(input: $input) { userErrors { message code } } }', {
            input,
          })
        ).returnItems.userErrors.length === 0
      );
    },
    async track(events: readonly Record<string, unknown>[]): Promise<void> {
      if (events.length === 0) return;
      const schema = z.object({ trackEvents: z.object({ rejected: z.array(z.object({ code: z.string(), message: z.string() })) }) });
      const { rejected } = (
        await secret(schema, 'mutation ($events: [EventInput!]!) { trackEvents(events: $events) { rejected { code message } } }', {
          events,
        })
      ).trackEvents;
      if (rejected[0]) throw new Error(`The API rejected an event: ${rejected[0].code} ${rejected[0].message}`);
    },
  };
}
export type ShopApi = ReturnType<typeof openShopApi>;

export type ServedCampaign = {
  id: string;
  name: string;
  status: string;
  startsAt: Date;
  endsAt: Date;
  promotions: { id: string; rule: PromotionRule }[];
};

/** What the person at the backoffice does for a simulation: looks at campaigns and moves the demo shop's clock. */
export function openManagerApi(manager: GraphqlClient) {
  return {
    async shopNow(): Promise<{ now: Date; isDemo: boolean }> {
      const schema = z.object({ settings: z.object({ shopNow: z.coerce.date(), isDemo: z.boolean() }) });
      const { shopNow, isDemo } = (await manager(schema, '{ settings { shopNow isDemo } }')).settings;
      return { now: shopNow, isDemo };
    },
    async campaigns(statuses: readonly string[]): Promise<ServedCampaign[]> {
      const Node = z.object({
        id: z.string(),
        name: z.string(),
        status: z.string(),
        schedule: z.object({ startsAt: z.coerce.date(), endsAt: z.coerce.date() }),
        promotions: z.array(z.object({ id: z.string(), rule: z.unknown() })),
      });
      const schema = z.object({ campaigns: z.object({ nodes: z.array(Node) }) });
      const query =
        'query ($statuses: [CampaignStatus!]) { campaigns(first: 50, filter: { statuses: $statuses }) { nodes { id name status schedule { startsAt endsAt } promotions { id rule } } } }';
      return (await manager(schema, query, { statuses })).campaigns.nodes.map(({ schedule, promotions, ...campaign }) => ({
        ...campaign,
        ...schedule,
        promotions: promotions.map(({ id, rule }) => ({ id, rule: PromotionRule.parse(rule) })),
      }));
    },
    async advanceClock(days: number): Promise<void> {
      const schema = z.object({ advanceShopClock: z.object({ userErrors: UserErrors }) });
      const { userErrors } = (
        await manager(schema, 'mutation ($days: Int!) { advanceShopClock(days: $days) { userErrors { message code } } }', { days })
      ).advanceShopClock;
      if (userErrors[0]) throw new CommandStop(`The shop's clock cannot be moved: ${userErrors[0].message}`);
    },
  };
}
export type ManagerApi = ReturnType<typeof openManagerApi>;

/** Signs in as a person would; the session ends by itself. */
export async function signInToken(anonymous: GraphqlClient, email: string, password: string): Promise<string> {
  const schema = z.object({ signIn: z.object({ token: z.string().nullable(), userErrors: UserErrors }) });
  const { token, userErrors } = (
    await anonymous(
      schema,
      'mutation ($email: String!, $password: String!) { signIn(email: $email, password: $password) { token userErrors { message code } } }',
      { email, password },
    )
  ).signIn;
  if (!token)
    throw new CommandStop(
      `The sign-in ${email} was refused (${userErrors[0]?.message ?? 'no reason given'}); is the API on this installation's database?`,
    );
  return token;
}
