import { commit, type CounterResult, lockCounters, release, type Reservation, runSql, spend } from '@promolift/db';
import { accept, addedTaxMinor, type AppliedPromotion, newId, type Refusal, refuse, type Result } from '@promolift/domain';
import { paymentRefusal, payOrder } from './accounts/pay-order.ts';
import { codeIdsOf } from './code-ids.ts';
import { decideCart, type CartRequest, type EvaluatedCart, shopperOf } from './evaluate-cart.ts';
import type { Held } from './shopper-state.ts';
import { forgetLivePromotions } from './live-promotions.ts';
import { NOBODYS_KEY } from './redemptions.ts';
import { insertDecisions } from '../shared/record-decision.ts';
import type { Deps } from '../shared/deps.ts';
import { withIdempotency } from '../shared/idempotency.ts';
import { findShopper } from '../users/shopper.ts';

export type OrderRequest = CartRequest & {
  idempotencyKey: string;
  externalId: string;
  trackingTokens?: readonly string[];
  reservationIds?: readonly string[];
  /** Refuse when the total is not this any more. */
  expectedTotalMinor?: number | null;
  /** Refuse when what is due now besides points and gift cards is not this any more. */
  expectedDueNowMinor?: number | null;
};

export type OrderRefusal = Refusal & { kind: string };
export type PlacedOrder = { orderId: string; redemptionIds: string[]; evaluated: EvaluatedCart | null };

const RESERVATION_MS = 60_000;

/**
 * Takes an order: prices it now, spends each applied promotion's budget and uses in guarded statements, and keeps order,
 * lines, redemptions and purchase events in one transaction. If any promotion can no longer be had, nothing is written and
 * the refusal says so: the shopper must see the new total first. Same idempotency key: the same answer, once.
 */
export async function placeOrder(deps: Deps, request: OrderRequest): Promise<Result<PlacedOrder, OrderRefusal>> {
  const { idempotencyKey, ...body } = request;
  let evaluated: EvaluatedCart | null = null;
  const outcome = await withIdempotency<Result<Omit<PlacedOrder, 'evaluated'>, OrderRefusal>>(
    deps,
    { operation: 'placeOrder', key: idempotencyKey, body },
    async (inside) => {
      const held = await heldReservations(inside, request);
      if (!held.ok) return held;
      const decided = await decideCart(inside, request, inside.clock.now(), { held: held.value });
      if (!decided.ok) return decided;
      evaluated = decided.value;
      return keepOrder(inside, request, decided.value, held.value);
    },
    (answer) => answer.ok,
  ).catch((fault: unknown) => {
    if (fault instanceof OfferGone) return refuse(fault.refusal);
    throw fault;
  });
  if (!outcome.ok) forgetLivePromotions(deps.sql);
  return outcome.ok ? accept({ ...outcome.value, evaluated }) : outcome;
}

/** Undoes the whole transaction when a guard says no. */
class OfferGone extends Error {
  readonly refusal: OrderRefusal;
  constructor(refusal: OrderRefusal) {
    super(refusal.message);
    this.refusal = refusal;
  }
}

async function keepOrder(
  deps: Deps,
  request: OrderRequest,
  cart: EvaluatedCart,
  held: readonly HeldReservation[],
): Promise<Result<Omit<PlacedOrder, 'evaluated'>, OrderRefusal>> {
  const { totals } = cart.evaluation;
  if (request.lines.length === 0) return refuse({ kind: 'EMPTY_CART', message: 'An order needs at least one line.', field: ['lines'] });
  if (request.expectedTotalMinor != null && request.expectedTotalMinor !== totals.totalMinor) {
    return refuse({
      kind: 'PRICE_CHANGED',
      message: `The total is ${totals.totalMinor} now, not ${request.expectedTotalMinor}.`,
      field: ['expectedTotalMinor'],
    });
  }
  const unpayable = paymentRefusal(request, cart);
  if (unpayable) return refuse(unpayable);
  const orderId = newId();
  const inserted = await runSql<{ id: string }>(
    deps.em,
    `with placed as (
       insert into orders (id, external_id, user_id, anonymous_id, placed_at, currency, status, channel, country, subtotal_minor, discount_minor, shipping_minor, total_minor, added_tax_minor, source)
       values ($1, $2, $3, $4, $5, $6, 'placed', $7, $8, $9, $10, $11, $12, $13, 'api') on conflict (external_id) do nothing returning id
     ), redeemed_before as (
       update redemptions r set order_id = placed.id from placed where r.order_external_id = $2 and r.order_id is null
     )
     select id from placed`,
    [
      orderId,
      request.externalId,
      cart.shopper.userId,
      cart.shopper.anonymousId,
      cart.decidedAt,
      request.currency,
      request.channel ?? null,
      request.country ?? null,
      totals.subtotalMinor,
      totals.discountMinor,
      totals.shippingMinor - totals.shippingDiscountMinor,
      totals.totalMinor,
      addedTaxMinor(totals.taxMinor, cart.evaluation),
    ],
  );
  if (inserted.length === 0)
    return refuse({ kind: 'ORDER_EXISTS', message: `There is an order "${request.externalId}" already.`, field: ['externalId'] });
  await insertLines(deps, cart, orderId);
  await insertPurchaseEvents(deps, request, cart);
  await insertDecisions({ query: (text, values) => runSql(deps.em, text, values as never) }, [cart.decision]);
  // Late, because everybody who wants the same campaign or product waits from here until the end of the transaction.
  const redemptionIds = await redeemApplied(deps, cart, orderId, held);
  await takeStock(deps, cart, orderId);
  const paid = await payOrder(deps, cart, orderId);
  if (!paid.ok) throw new OfferGone(paid.refusal);
  return accept({ orderId, redemptionIds });
}

/** Reserves and commits each applied promotion. */
async function redeemApplied(deps: Deps, cart: EvaluatedCart, orderId: string, held: readonly HeldReservation[]): Promise<string[]> {
  const { applied: all } = cart.evaluation;
  const codeIds = await codeIdsOf(deps, all);
  if (all.length > 1)
    await lockCounters(
      deps.em,
      all.map(({ campaignId }) => campaignId),
    );
  const ids: string[] = [];
  for (const applied of all) {
    const existing = held.find(({ promotionId }) => promotionId === applied.promotionId);
    const kept = existing && (await spendHeld(deps, existing.id, applied, cart, orderId));
    const spent = kept ?? (await spend(deps.em, reservationOf(applied, cart, orderId, codeIds.get(applied.promotionId) ?? null)));
    if (!spent.ok) throw new OfferGone({ ...spent.refusal, field: [existing ? 'reservationIds' : 'codes'] });
    ids.push(spent.value.redemptionId);
  }
  return ids;
}

/**
 * Spends a reservation; null if its time was over. What it held is free then, in this very transaction, and the use is made anew by
 * the same guards as any: the shopper loses it only to somebody who came meanwhile.
 */
async function spendHeld(
  deps: Deps,
  redemptionId: string,
  applied: AppliedPromotion,
  cart: EvaluatedCart,
  orderId: string,
): Promise<CounterResult | null> {
  const at = cart.decidedAt;
  const spent = await commit(deps.em, {
    redemptionId,
    at,
    orderId,
    amountMinor: applied.budgetMinor,
    units: applied.cappedUnits,
    ordersSeen: cart.ordersSeen.get(applied.promotionId) ?? null,
  });
  if (spent.ok || (spent.refusal.kind !== 'EXPIRED' && spent.refusal.kind !== 'ALREADY_RELEASED')) return spent;
  await release(deps.em, { redemptionId, at });
  return null;
}

function reservationOf(applied: AppliedPromotion, cart: EvaluatedCart, orderId: string, codeId: string | null): Reservation {
  return {
    campaignId: applied.campaignId,
    campaignVersion: applied.campaignVersion,
    promotionId: applied.promotionId,
    orderId,
    userId: cart.shopper.userId,
    anonymousId: cart.shopper.anonymousId,
    userKey: cart.shopper.key ?? `order:${orderId}`,
    codeId,
    decisionId: cart.decisionId,
    amountMinor: applied.budgetMinor,
    units: applied.cappedUnits,
    limits: cart.limits.get(applied.promotionId) ?? [],
    ordersSeen: cart.ordersSeen.get(applied.promotionId) ?? null,
    at: cart.decidedAt,
    expiresAt: new Date(cart.decidedAt.getTime() + RESERVATION_MS),
    idempotencyKey: `${orderId}.${applied.promotionId}`,
  };
}

type HeldReservation = Held & { id: string };

/**
 * The shopper's own reservations that were not given back yet, also those whose time is over: what they hold is the shopper's to
 * use, see `spendHeld`. One that is not theirs is refused; one that was given back or spent is simply made anew.
 */
async function heldReservations(deps: Deps, request: OrderRequest): Promise<Result<HeldReservation[], OrderRefusal>> {
  const ids = request.reservationIds ?? [];
  if (ids.length === 0) return accept([]);
  const [{ key }, rows] = await Promise.all([
    findShopper(deps, shopperOf(request)),
    runSql<{
      id: string;
      campaign_id: string;
      promotion_id: string;
      user_key: string;
      status: string;
      amount_minor: number;
      code_id: string | null;
      units: number;
    }>(
      deps.em,
      "select id, campaign_id, promotion_id, user_key, status, amount_minor::float8 amount_minor, code_id, units from redemptions where id = any(string_to_array($1, ',')::uuid[]) order by reserved_at, id",
      [ids.join(',')],
    ),
  ]);
  const isOwn = (userKey: string) => (key === null ? userKey.startsWith(NOBODYS_KEY) : userKey === key);
  const foreign = ids.findIndex((id) => !rows.some((row) => row.id === id && isOwn(row.user_key)));
  if (foreign >= 0) {
    // The same words for unknown and for another's: whose it is concerns nobody else.
    return refuse({
      kind: 'RESERVATION_NOT_FOUND',
      message: 'This shopper has no such reservation.',
      field: ['reservationIds', String(foreign)],
    });
  }
  const standing = rows.filter(({ status }) => status === 'reserved');
  return accept(
    standing.map((row) => ({
      id: row.id,
      campaignId: row.campaign_id,
      promotionId: row.promotion_id,
      amountMinor: row.amount_minor,
      codeId: row.code_id,
      units: row.units,
    })),
  );
}

async function insertLines(deps: Deps, cart: EvaluatedCart, orderId: string): Promise<void> {
  const bought = cart.evaluation.lines.map((line) => ({
    sku: line.sku,
    quantity: line.quantity,
    unit: line.originalMinor / line.quantity,
    discount: line.discountMinor,
    isGift: false,
    allocations: line.allocations,
    addedTax: addedTaxMinor(line.taxMinor, cart.evaluation),
  }));
  const given = cart.evaluation.gifts.map((gift) => ({
    sku: gift.sku,
    quantity: gift.quantity,
    unit: 0,
    discount: 0,
    isGift: true,
    allocations: [],
    addedTax: 0,
  }));
  await runSql(
    deps.em,
    `insert into order_lines (order_id, line_number, product_id, quantity, unit_price_minor, discount_minor, cost_minor, is_gift, allocations, added_tax_minor)
     select $1::uuid, l.ordinality, p.id, (l.value ->> 'quantity')::int, (l.value ->> 'unit')::bigint, (l.value ->> 'discount')::bigint, p.cost_minor, (l.value ->> 'isGift')::boolean, l.value -> 'allocations', (l.value ->> 'addedTax')::bigint
     from jsonb_array_elements($2::jsonb) with ordinality l join products p on p.sku = l.value ->> 'sku'`,
    [orderId, JSON.stringify([...bought, ...given])],
  );
}

async function takeStock(deps: Deps, cart: EvaluatedCart, orderId: string): Promise<void> {
  await runSql(
    deps.em,
    `update products p set stock = greatest(0, p.stock - s.quantity), updated_at = $2
     from (select product_id, sum(quantity)::int quantity from order_lines where order_id = $1::uuid group by product_id) s
     where p.id = s.product_id and p.stock is not null`,
    [orderId, cart.decidedAt],
  );
}

async function insertPurchaseEvents(deps: Deps, request: OrderRequest, cart: EvaluatedCart): Promise<void> {
  await runSql(
    deps.em,
    `insert into events (id, occurred_at, type, user_id, anonymous_id, product_id, order_external_id, quantity, value_minor, currency, tracking_token, source, received_at)
     select uuid_v7($1::timestamptz), $1, 'purchase', $2::uuid, $3, p.id, $4, (l.value ->> 'quantity')::int, (l.value ->> 'finalMinor')::bigint, $5, $6, 'api', now()
     from jsonb_array_elements($7::jsonb) l join products p on p.sku = l.value ->> 'sku'`,
    [
      cart.decidedAt,
      cart.shopper.userId,
      cart.shopper.anonymousId,
      request.externalId,
      request.currency,
      request.trackingTokens?.[0] ?? null,
      JSON.stringify(cart.evaluation.lines.map(({ sku, quantity, finalMinor }) => ({ sku, quantity, finalMinor }))),
    ],
  );
}
