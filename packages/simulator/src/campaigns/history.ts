import { snapshot, initialState, type ShopState } from '../activity/state.ts';
import type { Shop } from '../activity/shop.ts';
import { CATEGORIES } from '../products/categories.ts';
import type { Product } from '../products/make-products.ts';
import { dateOfDay } from '../shared/calendar.ts';
import type { ShopRow } from '../shared/rows.ts';
import { noOffers } from '../promotions/offer.ts';
import { stepDay } from './step.ts';

export type HistoryOptions = { /** Called after each day, `day` counting from 1. */ readonly onDay?: (day: number, days: number) => void };

/** States at the end of histories that were streamed or replayed, so that going on is free. */
const ends = new WeakMap<Shop, ShopState>();

function productRow(shop: Shop, product: Product, priceMinor: number, stock: number, at: Date): ShopRow {
  const { sku, name, brand, noun, costMinor, categoryIndex } = product;
  return {
    kind: 'product',
    sku,
    name,
    categoryKey: CATEGORIES[categoryIndex].key,
    currency: shop.currency,
    priceMinor,
    costMinor,
    stock,
    attributes: { brand, type: noun },
    at,
  };
}

function* catalogueRows(shop: Shop): Generator<ShopRow> {
  for (const { key, name } of CATEGORIES) yield { kind: 'category', key, name, parentKey: null };
  for (const product of shop.products) {
    const at = dateOfDay(shop.config.startDate, product.launchDay);
    yield productRow(shop, product, product.priceMinor, product.startingStock, at);
    yield {
      kind: 'price',
      sku: product.sku,
      at,
      priceMinor: shop.prices.shelfMinor[product.launchDay * shop.products.length + product.index] ?? product.priceMinor,
      currency: shop.currency,
    };
  }
}

function userRow(shop: Shop, index: number): ShopRow {
  const { externalId, joinDay, consent, email, attributes } = shop.users[index];
  return { kind: 'user', externalId, createdAt: dateOfDay(shop.config.startDate, joinDay), consent, email, attributes: { ...attributes } };
}

function priceRows(shop: Shop, day: number): ShopRow[] {
  const count = shop.products.length;
  const { shelfMinor } = shop.prices;
  const at = dateOfDay(shop.config.startDate, day);
  return shop.products
    .filter(({ index, launchDay }) => day > launchDay && shelfMinor[day * count + index] !== shelfMinor[(day - 1) * count + index])
    .map(({ index, sku }) => ({ kind: 'price', sku, at, priceMinor: shelfMinor[day * count + index], currency: shop.currency }));
}

/** The catalogue as it stands when the history ends: last prices and stock. */
function closingRows(state: ShopState): ShopRow[] {
  const { shop } = state;
  const { days, startDate } = shop.config;
  if (days === 0) return [];
  const last = (days - 1) * shop.products.length;
  const at = new Date(dateOfDay(startDate, days).getTime() - 1);
  return shop.products.map((product) =>
    productRow(shop, product, shop.prices.regularMinor[last + product.index], state.stock[product.index], at),
  );
}

/**
 * Streams the history: categories, products with first prices, users, then each day's rows in time order, at last the
 * catalogue with its closing stock. An order's lines and purchases follow their order at once.
 */
export function* history(shop: Shop, { onDay }: HistoryOptions = {}): Generator<ShopRow> {
  const state = initialState(shop);
  yield* catalogueRows(shop);
  for (const { index } of shop.users) yield userRow(shop, index);
  for (let day = 0; day < shop.config.days; day++) {
    if (day > 0) yield* priceRows(shop, day);
    yield* stepDay(state, day, noOffers, { withRows: true }).rows;
    onDay?.(day + 1, shop.config.days);
  }
  yield* closingRows(state);
  ends.set(shop, state);
}

/** The state on the day after the history: kept if the history was streamed, else replayed without rows. Yours to change. */
export function continueFrom(shop: Shop): ShopState {
  let end = ends.get(shop);
  if (end === undefined) {
    end = initialState(shop);
    for (let day = 0; day < shop.config.days; day++) stepDay(end, day, noOffers, { withRows: false });
    ends.set(shop, end);
  }
  return snapshot(end);
}
