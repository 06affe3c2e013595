import { touchUser, type ShopState } from '../activity/state.ts';
import { CATEGORIES } from '../products/categories.ts';
import { draw, drawWhole, PURPOSE } from '../shared/draws.ts';
import { dateOfDay } from '../shared/calendar.ts';
import type { EventRow, OrderLineRow, ShopRow } from '../shared/rows.ts';
import type { Quote } from '../promotions/quote-cart.ts';
import type { Choice } from './decide.ts';
import { eventRow } from './visit-rows.ts';
import type { Visit } from './visits.ts';

/** Sums of a user or of everybody. Margin = revenue after discounts − cost of goods, gifts included; before returns. */
export type Outcome = { revenueMinor: number; marginMinor: number; units: number; discountMinor: number; orders: number };
export const emptyOutcome = (): Outcome => ({ revenueMinor: 0, marginMinor: 0, units: 0, discountMinor: 0, orders: 0 });

/** One line as sold. */
export type SoldLine = {
  readonly product: number;
  readonly quantity: number;
  readonly unitPriceMinor: number;
  readonly discountMinor: number;
  readonly totalMinor: number;
};

const RETURN_RATE = 0.03;
const RATING_RATE = 0.07;
const RETURN_TO_SHOP = 0.55;

function sell(state: ShopState, visit: Visit, quote: Quote): SoldLine[] {
  const sold: SoldLine[] = [];
  for (const line of quote.lines) {
    const product = state.shop.productIndexBySku.get(line.sku);
    if (product === undefined) throw new RangeError(`The shop has no product ${line.sku}.`);
    const quantity = Math.min(line.quantity, state.stock[product]);
    if (quantity <= 0) continue;
    const totalMinor = Math.floor((line.totalMinor * quantity) / line.quantity);
    const unitPriceMinor = Math.max(visit.day.regularMinor[product], Math.ceil(totalMinor / quantity));
    state.stock[product] -= quantity;
    sold.push({ product, quantity, unitPriceMinor, totalMinor, discountMinor: unitPriceMinor * quantity - totalMinor });
  }
  return sold;
}

function remember(state: ShopState, visit: Visit, sold: readonly SoldLine[]): Outcome {
  const { seed } = state.shop.config;
  const user = visit.user.index;
  const outcome = { ...emptyOutcome(), orders: 1 };
  touchUser(state, user, visit.day.index);
  for (const line of sold) {
    const { categoryIndex, costMinor } = state.shop.products[line.product];
    outcome.revenueMinor += line.totalMinor;
    outcome.marginMinor += line.totalMinor - costMinor * line.quantity;
    outcome.units += line.quantity;
    outcome.discountMinor += line.discountMinor;
    state.satiation[user * CATEGORIES.length + categoryIndex] += CATEGORIES[categoryIndex].satiation * (0.5 + 0.5 * line.quantity);
  }
  state.recentSpendMinor[user] += outcome.revenueMinor;
  if (state.lapsedOnDay[user] >= 0 && draw(seed, user, visit.day.index, PURPOSE.recover) < RETURN_TO_SHOP) state.lapsedOnDay[user] = -1;
  return outcome;
}

function laterRows(state: ShopState, visit: Visit, orderExternalId: string, line: SoldLine): void {
  const { shop } = state;
  const { user, day } = visit;
  const { sku, taste } = shop.products[line.product];
  const dueDay = (purpose: number) => day.index + 2 + drawWhole(shop.config.seed, user.index, day.index, purpose, 12, 1000 + line.product);
  const at = (due: number) => new Date(dateOfDay(shop.config.startDate, due).getTime() + 10 * 3_600_000 + user.index * 1000);
  const base = { sku, orderExternalId };
  if (draw(shop.config.seed, user.index, day.index, PURPOSE.returned, line.product) < RETURN_RATE) {
    const due = dueDay(PURPOSE.returned);
    const refundMinor = Math.floor(line.totalMinor / line.quantity);
    const externalId = `r-${orderExternalId}-${sku}`;
    state.due.push({
      day: due,
      rows: [
        {
          kind: 'return',
          externalId,
          orderExternalId,
          userExternalId: user.externalId,
          sku,
          quantity: 1,
          refundMinor,
          currency: shop.currency,
          at: at(due),
        },
        eventRow(visit, `e-${externalId}`, 'refund', at(due), { ...base, quantity: 1, valueMinor: refundMinor, currency: shop.currency }),
      ],
    });
  }
  if (draw(shop.config.seed, user.index, day.index, PURPOSE.rated, line.product) < RATING_RATE) {
    const due = dueDay(PURPOSE.rated);
    const fit = taste.reduce((sum, value, d) => sum + value * user.taste[d], 0);
    const rating = Math.max(
      1,
      Math.min(
        5,
        Math.round(3.9 + 0.45 * fit + 1.4 * (draw(shop.config.seed, user.index, day.index, PURPOSE.rated, 2000 + line.product) - 0.5)),
      ),
    );
    state.due.push({ day: due, rows: [eventRow(visit, `e-rate-${orderExternalId}-${sku}`, 'rate_item', at(due), { ...base, rating })] });
  }
}

/**
 * Keeps what a visit came to. `quote` must be the quote of exactly the lines bought. Gives the rows after the cart
 * (checkout, purchases, order, lines) and the outcome; for an abandoned cart no order and an empty outcome.
 */
export function settle(
  state: ShopState,
  visit: Visit,
  choice: Choice,
  quote: Quote,
): { rows: ShopRow[]; outcome: Outcome; sold: SoldLine[] } {
  const nothing = { rows: [], outcome: emptyOutcome(), sold: [] };
  if (choice.kind === 'abandon' && choice.reason === 'checkout') return { ...nothing, rows: [checkout(visit)] };
  if (choice.kind !== 'buy') return nothing;
  const sold = sell(state, visit, quote);
  if (sold.every((line) => line.totalMinor === 0)) return nothing;
  const { currency, products } = state.shop;
  const externalId = `o-${visit.day.index}-${visit.user.index + 1}`;
  const at = new Date(visit.at.getTime() + 15 * 60_000);
  const outcome = remember(state, visit, sold);
  const events: EventRow[] = [];
  const lines: OrderLineRow[] = [];
  sold.forEach((line, position) => {
    const { sku, costMinor } = products[line.product];
    lines.push({
      kind: 'orderLine',
      orderExternalId: externalId,
      lineNumber: position + 1,
      sku,
      quantity: line.quantity,
      unitPriceMinor: line.unitPriceMinor,
      discountMinor: line.discountMinor,
      costMinor,
    });
    events.push(
      eventRow(visit, `e-${externalId}-${position + 1}`, 'purchase', at, {
        sku,
        quantity: line.quantity,
        valueMinor: line.totalMinor,
        currency,
        orderExternalId: externalId,
      }),
    );
    if (line.totalMinor > 0) laterRows(state, visit, externalId, line);
  });
  const order: ShopRow = {
    kind: 'order',
    externalId,
    userExternalId: visit.userExternalId,
    anonymousId: null,
    at,
    currency,
    channel: visit.channel,
    country: visit.country,
    shippingMinor: outcome.revenueMinor >= 3_900 ? 0 : 390,
    status: 'placed',
  };
  return { rows: [checkout(visit), order, ...lines, ...events], outcome, sold };
}

const checkout = (visit: Visit) =>
  eventRow(
    visit,
    `e-${visit.day.index}-${visit.user.index + 1}-checkout`,
    'begin_checkout',
    new Date(visit.at.getTime() + 14 * 60_000),
    {},
  );
