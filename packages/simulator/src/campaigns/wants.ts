import type { ShopDay } from '../activity/day.ts';
import type { ShopState } from '../activity/state.ts';
import { CATEGORIES } from '../products/categories.ts';
import { draw, drawExponential, PURPOSE } from '../shared/draws.ts';
import type { SimulatedUser } from '../users/make-users.ts';
import type { OfferView } from '../promotions/offer.ts';

/** A product put into the cart; `anchor` is the product that suggested it, −1 if nothing did. */
export type Want = { readonly product: number; readonly quantity: number; readonly anchor: number };

const MOST_UNITS = 6;
/** Shoppers put more into the cart than they buy: as if everything weighed this much more. */
const HOPE = 2;
const NEED_CALL = 0.4;
const HALO_CHANCE = 0.18;
const CHEAPEST_RATIO = 0.15;

/** How a price moves a product's weight: (price / reference price) ^ −(category's × user's sensitivity). */
export function priceFactor(user: SimulatedUser, categoryIndex: number, ratio: number): number {
  if (ratio === 1) return 1;
  return Math.max(CHEAPEST_RATIO, ratio) ** -(CATEGORIES[categoryIndex].priceSensitivity * user.priceSensitivity);
}

/** Units taken at a price ratio: one, then one more with a chance that rises as the price falls. The same draw at every price. */
export function unitsWanted(seed: number, user: SimulatedUser, day: number, product: number, categoryIndex: number, ratio: number): number {
  const { moreUnits, quantityElasticity } = CATEGORIES[categoryIndex];
  const more = Math.min(0.8, moreUnits * Math.max(CHEAPEST_RATIO, ratio) ** -(quantityElasticity * user.priceSensitivity));
  return Math.min(MOST_UNITS, 1 + Math.floor(Math.log(draw(seed, user.index, day, PURPOSE.quantity, product)) / Math.log(more)));
}

/** Time on the exponential race's clock at which a product is chosen; smaller wins. Infinity = not for sale. */
export function choiceTime(state: ShopState, user: SimulatedUser, day: ShopDay, product: number, ratio: number): number {
  const { products, affinity, config } = state.shop;
  const weight = affinity.weights[user.index * products.length + product] * day.presence[product];
  if (weight <= 0) return Infinity;
  return (
    drawExponential(config.seed, user.index, day.index, PURPOSE.choice, product) /
    (weight * priceFactor(user, products[product].categoryIndex, ratio))
  );
}

/** The clock of buying nothing in a category; spending above the user's budget speeds it up. */
export function outsideTime(state: ShopState, user: SimulatedUser, day: ShopDay, categoryIndex: number): number {
  const over = Math.max(0, state.recentSpendMinor[user.index] / user.monthlyBudgetMinor - 1);
  const weight = state.shop.affinity.outside[user.index * CATEGORIES.length + categoryIndex] * (1 + 1.5 * over);
  return drawExponential(state.shop.config.seed, user.index, day.index, PURPOSE.outside, categoryIndex) / weight;
}

function needChance(state: ShopState, user: SimulatedUser, day: ShopDay, view: OfferView, c: number): number {
  const call = view.call[c] + view.codeCall[c] * user.codeResponsiveness;
  const need = user.needs[c] * day.season[c] * Math.exp(-state.satiation[user.index * CATEGORIES.length + c]);
  return 1 - Math.exp(-need * (1 + NEED_CALL * user.offerResponsiveness * call));
}

/** Whether the user will enter a code today if one is offered. */
export const usesCode = (seed: number, user: SimulatedUser, day: number) =>
  draw(seed, user.index, day, PURPOSE.code) < user.codeResponsiveness;

/** What a visiting user looks at and puts into the cart, seeing shelf prices and the offers shown to them. */
export function wantsOf(state: ShopState, user: SimulatedUser, day: ShopDay, view: OfferView): { wants: Want[]; browsed: number[] } {
  const { seed } = state.shop.config;
  const hasCode = usesCode(seed, user, day.index);
  const ratioOf = (product: number) => {
    const depth = hasCode ? Math.max(view.depth[product], view.codeDepth[product]) : view.depth[product];
    return (day.shelfMinor[product] * (1 - depth)) / state.shop.products[product].priceMinor;
  };
  const wants: Want[] = [];
  const browsed: number[] = [];
  for (let c = 0; c < CATEGORIES.length; c++) {
    if (draw(seed, user.index, day.index, PURPOSE.need, c) >= needChance(state, user, day, view, c)) continue;
    let best = -1;
    let bestTime = Infinity;
    for (const product of state.shop.shelves[c]) {
      const time = choiceTime(state, user, day, product, ratioOf(product));
      if (time < bestTime) [best, bestTime] = [product, time];
    }
    if (best < 0) continue;
    if (bestTime / HOPE < outsideTime(state, user, day, c))
      wants.push({ product: best, quantity: unitsWanted(seed, user, day.index, best, c, ratioOf(best)), anchor: -1 });
    else browsed.push(best);
  }
  return { wants: [...wants, ...haloOf(state, user, day, wants)], browsed };
}

function haloOf(state: ShopState, user: SimulatedUser, day: ShopDay, wants: readonly Want[]): Want[] {
  const { seed } = state.shop.config;
  const taken = new Set(wants.map((want) => want.product));
  const halo: Want[] = [];
  for (const want of wants) {
    if (draw(seed, user.index, day.index, PURPOSE.halo, want.product) >= HALO_CHANCE) continue;
    const [product] = state.shop.products[want.product].complements
      .filter((index) => day.presence[index] > 0 && !taken.has(index))
      .sort((a, b) => choiceTime(state, user, day, a, 1) - choiceTime(state, user, day, b, 1));
    if (product === undefined) continue;
    taken.add(product);
    halo.push({ product, quantity: 1, anchor: want.product });
  }
  return halo;
}
