import type { ShopDay } from '../activity/day.ts';
import type { ShopState } from '../activity/state.ts';
import { dayIndexOf } from '../shared/calendar.ts';
import type { ShopRow } from '../shared/rows.ts';
import type { OfferLookup } from '../promotions/offer.ts';
import { quoteCart, type CartLine, type Quote } from '../promotions/quote-cart.ts';
import { decide, type Choice } from './decide.ts';
import { settle, type Outcome, type SoldLine } from './settle.ts';
import { visitRows } from './visit-rows.ts';
import { beginDay, type Visit } from './visits.ts';

/** What a day came to: rows in time order and the outcome of each user who came. */
export type StepResult = {
  readonly day: ShopDay;
  readonly rows: readonly ShopRow[];
  readonly outcomes: ReadonlyMap<string, Outcome>;
  readonly sold: readonly SoldLine[];
};

const MOST_QUOTES = 6;

/** Plays one visit to its end with the shop's own till. */
export function playVisit(state: ShopState, visit: Visit): { choice: Choice; quote: Quote } {
  const codes: string[] = [];
  let cart: readonly CartLine[] = visit.cart;
  for (let round = 0; round < MOST_QUOTES; round++) {
    const quote = quoteCart(state.shop, visit.day, cart, visit.offers, codes);
    const choice = decide(state, visit, quote);
    if (choice.kind === 'enter_code') codes.push(choice.code);
    else if (choice.kind === 'add_product') cart = [...cart, { sku: choice.sku, quantity: choice.quantity }];
    else return { choice, quote: choice.kind === 'buy' ? quoteCart(state.shop, visit.day, choice.lines, visit.offers, codes) : quote };
  }
  return { choice: { kind: 'abandon', reason: 'checkout' }, quote: quoteCart(state.shop, visit.day, cart, visit.offers, codes) };
}

/** Rows of returns and ratings that fall due up to and including a day. */
export function takeDueRows(state: ShopState, dayIndex: number): ShopRow[] {
  const rows = state.due.filter((due) => due.day <= dayIndex).flatMap((due) => [...due.rows]);
  if (rows.length > 0) state.due = state.due.filter((due) => due.day > dayIndex);
  return rows;
}

function timeOf(row: ShopRow): number {
  return 'at' in row ? row.at.getTime() : 0;
}

/** Sorts blocks of rows by the time of their first timed row; a block stays together, so an order stands before its lines. */
function inTimeOrder(blocks: readonly (readonly ShopRow[])[]): ShopRow[] {
  return blocks
    .filter((block) => block.length > 0)
    .map((block) => ({ block, time: timeOf(block[0]) }))
    .sort((a, b) => a.time - b.time)
    .flatMap(({ block }) => [...block]);
}

/** Plays a day by its number. `withRows: false` skips the rows, not the draws. */
export function stepDay(state: ShopState, dayIndex: number, offers: OfferLookup, { withRows }: { withRows: boolean }): StepResult {
  const { day, visits } = beginDay(state, dayIndex, offers);
  const blocks: ShopRow[][] = takeDueRows(state, dayIndex).map((row) => [row]);
  const outcomes = new Map<string, Outcome>();
  const sold: SoldLine[] = [];
  for (const visit of visits) {
    const { choice, quote } = playVisit(state, visit);
    const settled = settle(state, visit, choice, quote);
    outcomes.set(visit.userExternalId, settled.outcome);
    sold.push(...settled.sold);
    if (withRows) blocks.push(...visitRows(state.shop, visit).map((row) => [row]), ...(settled.rows.length > 0 ? [settled.rows] : []));
  }
  return { day, rows: withRows ? inTimeOrder(blocks) : [], outcomes, sold };
}

/** What shoppers do on `day` given offers, prices and till being the simulator's own. Moves `state` on. */
export function step(state: ShopState, day: Date, offers: OfferLookup): StepResult {
  return stepDay(state, dayIndexOf(state.shop.config.startDate, day), offers, { withRows: true });
}

/** The day's visits for a caller with a till of its own: quote each, ask `decide`, then `settle`. Moves `state` on. */
export function visitsOf(state: ShopState, day: Date, offers: OfferLookup): Visit[] {
  return beginDay(state, dayIndexOf(state.shop.config.startDate, day), offers).visits;
}
