import { commit, type CounterRefusal, release, reserve } from '@promolift/db';
import { accept, AppError, type Refusal, refuse, type Result } from '@promolift/domain';
import { isPublishable } from '../shared/actor.ts';
import type { Deps } from '../shared/deps.ts';
import { withIdempotency } from '../shared/idempotency.ts';
import { codeIdsOf } from './code-ids.ts';
import { type CartRequest, evaluateCart } from './evaluate-cart.ts';
import { whyNot } from './reserve-refusal.ts';
import { settleDiscounts } from '../activity/settle-discounts.ts';

type RedemptionRefusal = Refusal & { kind: string };
type Outcome = Result<{ redemptionId: string }, RedemptionRefusal>;

/** Reservations of nobody in particular belong to whoever has their id. */
export const NOBODYS_KEY = 'key:';
const MAX_TTL_SECONDS = 7 * 86_400;
/** For keys that everybody can read in a page: whoever takes one must not hold a campaign's budget for days. */
const MAX_PUBLIC_TTL_SECONDS = 1_800;

/** Sets one use and the discount of this cart aside until its time runs out; redeem or release it before. */
export async function reserveOffer(
  deps: Deps,
  request: { idempotencyKey: string; campaignId: string; promotionId: string; cart: CartRequest; timeToLiveSeconds: number },
): Promise<Outcome> {
  const { idempotencyKey, ...body } = request;
  const mostSeconds = isPublishable(deps.actor) ? MAX_PUBLIC_TTL_SECONDS : MAX_TTL_SECONDS;
  if (request.timeToLiveSeconds < 1 || request.timeToLiveSeconds > mostSeconds)
    throw new AppError('BAD_USER_INPUT', `timeToLiveSeconds must be from 1 to ${mostSeconds}`, { field: ['timeToLiveSeconds'] });
  return withIdempotency<Outcome>(
    deps,
    { operation: 'reserveOffer', key: idempotencyKey, body },
    async (inside) => {
      const decided = await evaluateCart(inside, request.cart, [request.promotionId]);
      if (!decided.ok) return decided;
      const cart = decided.value;
      const applied = cart.evaluation.applied.find(
        ({ promotionId, campaignId }) => promotionId === request.promotionId && campaignId === request.campaignId,
      );
      if (!applied) return refuse(whyNot(cart.evaluation, request.promotionId, inside.actor));
      if (applied.earned)
        return refuse({
          kind: 'NOTHING_TO_RESERVE',
          message: 'Points are promised by placeOrder; they need no reservation.',
          field: ['promotionId'],
        });
      const codeIds = await codeIdsOf(inside, [applied]);
      const reserved = await reserve(inside.em, {
        codeId: codeIds.get(applied.promotionId) ?? null,
        campaignId: applied.campaignId,
        campaignVersion: applied.campaignVersion,
        promotionId: applied.promotionId,
        userId: cart.shopper.userId,
        anonymousId: cart.shopper.anonymousId,
        userKey: cart.shopper.key ?? `${NOBODYS_KEY}${idempotencyKey}`,
        decisionId: cart.decisionId,
        amountMinor: applied.budgetMinor,
        units: applied.cappedUnits,
        limits: cart.limits.get(applied.promotionId) ?? [],
        ordersSeen: cart.ordersSeen.get(applied.promotionId) ?? null,
        at: cart.decidedAt,
        expiresAt: new Date(cart.decidedAt.getTime() + request.timeToLiveSeconds * 1_000),
        idempotencyKey: `reserve.${idempotencyKey}`,
      });
      return finish(reserved);
    },
    (answer) => answer.ok,
  );
}

/**
 * Spends a reservation for an order the shop has taken itself. The order may reach us before or later, by import or `placeOrder`; its
 * key is kept, so that a cancellation or return of it gives back what was given, whichever comes first.
 */
export async function redeem(
  deps: Deps,
  request: { idempotencyKey: string; redemptionId: string; orderExternalId: string },
): Promise<Outcome> {
  const { idempotencyKey, ...body } = request;
  const { redemptionId, orderExternalId } = request;
  const outcome = await withIdempotency<Outcome>(
    deps,
    { operation: 'redeem', key: idempotencyKey, body },
    async (inside) => finish(await commit(inside.em, { redemptionId, at: inside.clock.now(), orderExternalId })),
    (answer) => answer.ok,
  );
  // After the commit: of this and the import of the order, whichever ends later sees the other.
  if (outcome.ok) await settleDiscounts(deps, orderExternalId);
  return outcome;
}

/** Gives a reservation back at once. */
export async function releaseRedemption(deps: Deps, request: { idempotencyKey: string; redemptionId: string }): Promise<Outcome> {
  const { idempotencyKey, ...body } = request;
  return withIdempotency<Outcome>(
    deps,
    { operation: 'releaseRedemption', key: idempotencyKey, body },
    async (inside) => finish(await release(inside.em, { redemptionId: request.redemptionId, at: inside.clock.now() })),
    (answer) => answer.ok,
  );
}

function finish(result: Result<{ redemptionId: string }, CounterRefusal>): Outcome {
  if (result.ok) return accept({ redemptionId: result.value.redemptionId });
  if (result.refusal.kind === 'NOT_FOUND') throw new AppError('NOT_FOUND', result.refusal.message, { field: ['redemptionId'] });
  return refuse(result.refusal);
}
