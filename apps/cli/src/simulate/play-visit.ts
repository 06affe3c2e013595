import type { ShopRow } from '@promolift/domain';
import {
  type CartLine,
  decide,
  type Offer,
  type Outcome,
  type Quote,
  quoteCart,
  settle,
  type ShopState,
  type Visit,
  visitRows,
} from '@promolift/simulator';
import type { Evaluation, ShopApi } from './shop-api.ts';
import type { UserOffers } from './user-offers.ts';

const MOST_QUOTES = 6;
const CANCEL_ONE_IN = 100;
const MAX_EVENT_AHEAD_MS = 0;

export type VisitResult = { outcome: Outcome; isCancelled: boolean };

/** One shopper through the API: sees recommendations and offers, fills a cart, looks at its price, buys or leaves. */
export async function playVisit(api: ShopApi, state: ShopState, visit: Visit, offers: UserOffers, now: Date): Promise<VisitResult> {
  const userId = visit.userExternalId;
  await offers.ask(userId);
  const trackingToken = await api.recommend(userId);
  const { choice, codes } = await shop(api, state, visit, offers);
  const externalId = `o-${visit.day.index}-${visit.user.index + 1}`;
  const lines = choice.kind === 'buy' ? inStock(state, choice.lines) : [];
  const asked = { userId, currency: state.shop.currency, lines, codes, externalId, channel: visit.channel, country: visit.country };
  const bought = lines.length > 0 ? await api.placeOrder(asked, [trackingToken]) : null;
  const quote = bought ? quoteOf(bought, visit, offers, codes, state) : EMPTY;
  const settled = settle(
    state,
    visit,
    bought ? { kind: 'buy', lines } : choice.kind === 'buy' ? { kind: 'abandon', reason: 'checkout' } : choice,
    quote,
  );
  // The API writes an order's purchase events itself.
  const rows = [...visitRows(state.shop, visit), ...settled.rows].filter((row) => row.kind === 'event' && row.type !== 'purchase');
  await api.track(rows.flatMap((row) => eventInput(row, now, trackingToken)));
  const isCancelled = bought !== null && cancels(visit.user.index, visit.day.index);
  if (isCancelled) await api.cancelOrder(externalId);
  return { outcome: settled.outcome, isCancelled };
}

/** Does this shopper, if they order on this day, cancel the order? */
export const cancels = (userIndex: number, dayIndex: number): boolean => (userIndex * 31 + dayIndex) % CANCEL_ONE_IN === 0;

const EMPTY: Quote = { lines: [], applied: [], codes: [], nearMisses: [] };

async function shop(
  api: ShopApi,
  state: ShopState,
  visit: Visit,
  offers: UserOffers,
): Promise<{ choice: ReturnType<typeof decide>; codes: string[] }> {
  const codes: string[] = [];
  let cart: readonly CartLine[] = visit.cart;
  for (let round = 0; round < MOST_QUOTES && cart.length > 0; round += 1) {
    const evaluation = await api.evaluate({ userId: visit.userExternalId, currency: state.shop.currency, lines: cart, codes });
    const choice = decide(state, visit, quoteOf(evaluation, visit, offers, codes, state));
    if (choice.kind === 'enter_code') codes.push(choice.code);
    else if (choice.kind === 'add_product') cart = [...cart, { sku: choice.sku, quantity: choice.quantity }];
    else return { choice, codes };
  }
  return { choice: { kind: 'abandon', reason: 'checkout' }, codes };
}

function inStock(state: ShopState, lines: readonly CartLine[]): CartLine[] {
  return lines.flatMap(({ sku, quantity }) => {
    const left = Math.min(quantity, state.stock[state.shop.productIndexBySku.get(sku) ?? -1] ?? 0);
    return left > 0 ? [{ sku, quantity: left }] : [];
  });
}

/** The API's answer in the simulator's words. Which codes are still to be entered only the shopper knows, from the offers seen. */
function quoteOf(evaluation: Evaluation, visit: Visit, offers: UserOffers, codes: readonly string[], state: ShopState): Quote {
  const lines = evaluation.lines.map(({ product, quantity, isGift, final }) => ({
    sku: product.sku,
    quantity,
    totalMinor: final.amountMinor,
    ...(isGift ? { isGift } : {}),
  }));
  const own = quoteCart(
    state.shop,
    visit.day,
    lines.filter((line) => !line.isGift),
    visit.offers,
    codes,
  );
  const nearMisses = evaluation.nearMisses.flatMap(({ promotionId, missing }) => {
    const offer = offers.offerOf(promotionId);
    if (!missing || !offer) return [];
    return [
      { missingMinor: missing.amountMinor, rewardMinor: rewardOf(offer, evaluation, state), ...(offer.skus ? { skus: offer.skus } : {}) },
    ];
  });
  return {
    lines,
    applied: evaluation.applied.map(({ promotionId, amount }) => ({ id: promotionId, amountMinor: amount.amountMinor })),
    codes: own.codes,
    nearMisses,
  };
}

function rewardOf(offer: Offer, evaluation: Evaluation, { shop: { products, productIndexBySku } }: ShopState): number {
  if (offer.giftSku !== undefined) return products[productIndexBySku.get(offer.giftSku) ?? -1]?.priceMinor ?? 0;
  const spentMinor = evaluation.lines.reduce((sum, line) => sum + line.final.amountMinor, 0);
  return offer.amountMinor ?? Math.floor((spentMinor * (offer.depthBasisPoints ?? 0)) / 10_000);
}

/** An event as a storefront sends it. The day is played at one moment of the shop's clock, and nothing happens after that moment. */
export function eventInput(row: ShopRow, now: Date, trackingToken: string | null): Record<string, unknown>[] {
  if (row.kind !== 'event') return [];
  const { eventId, type, at, userExternalId, anonymousId, sku, quantity, valueMinor, currency, rating, query, orderExternalId } = row;
  const price = valueMinor === null ? null : valueMinor / 100 / (quantity ?? 1);
  return [
    {
      eventId,
      name: type,
      userId: userExternalId,
      anonymousId,
      trackingToken,
      occurredAt: new Date(Math.min(at.getTime(), now.getTime() + MAX_EVENT_AHEAD_MS)).toISOString(),
      params: {
        currency,
        rating,
        search_term: query,
        transaction_id: orderExternalId,
        ...(sku === null ? {} : { items: [{ item_id: sku, quantity, price }] }),
      },
    },
  ];
}
