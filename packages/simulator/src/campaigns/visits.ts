import { openDay, restock, type ShopDay } from '../activity/day.ts';
import { engagementOf, touchUser, type ShopState } from '../activity/state.ts';
import { CATEGORIES } from '../products/categories.ts';
import { draw, PURPOSE } from '../shared/draws.ts';
import type { SimulatedUser } from '../users/make-users.ts';
import { viewOffers, type Offer, type OfferLookup, type OfferView } from '../promotions/offer.ts';
import type { CartLine } from '../promotions/quote-cart.ts';
import { wantsOf, type Want } from './wants.ts';

/** One shopper in the shop, before any price is quoted. `browsed` are product indexes looked at and left. */
export type Visit = {
  readonly userExternalId: string;
  readonly user: SimulatedUser;
  readonly day: ShopDay;
  readonly at: Date;
  readonly channel: 'web' | 'app';
  readonly country: string;
  readonly wants: readonly Want[];
  readonly browsed: readonly number[];
  readonly cart: readonly CartLine[];
  readonly offers: readonly Offer[];
};

const LOUDNESS = 1.1;
const WIN_BACK = 5;
const MOST_LIFT = 1.5;
const NATURAL_RETURN = 1 / 500;

/** Relative rise of the visit rate, in proportion to the mean depth over what the user needs. */
function visitLift(user: SimulatedUser, day: ShopDay, view: OfferView): number {
  let wanted = 0;
  let called = 0;
  for (let c = 0; c < CATEGORIES.length; c++) {
    const need = user.needs[c] * day.season[c];
    wanted += need;
    called += need * (view.call[c] + view.codeCall[c] * user.codeResponsiveness);
  }
  return wanted === 0 ? 0 : Math.min(MOST_LIFT, LOUDNESS * user.offerResponsiveness * (called / wanted));
}

function moveLapsing(state: ShopState, user: SimulatedUser, day: number): void {
  const chance = draw(state.shop.config.seed, user.index, day, PURPOSE.lapse);
  if (state.lapsedOnDay[user.index] < 0) {
    if (chance < user.lapseRate) state.lapsedOnDay[user.index] = day;
  } else if (chance > 1 - NATURAL_RETURN) state.lapsedOnDay[user.index] = -1;
}

function visits(state: ShopState, user: SimulatedUser, day: ShopDay, view: OfferView): boolean {
  const engagement = engagementOf(state, user.index, day.index);
  const lift = visitLift(user, day, view);
  const wonBack = (1 - engagement) * user.winBackResponsiveness * WIN_BACK * lift;
  const rate = user.visitRate * day.traffic * (engagement * (1 + lift) + wonBack);
  return draw(state.shop.config.seed, user.index, day.index, PURPOSE.visit) < 1 - Math.exp(-rate);
}

/**
 * Begins a day: restocks, lets users lapse or return, and gives the day's visits in the order of their time.
 * Days may be skipped but not repeated: an earlier day throws RangeError.
 */
export function beginDay(state: ShopState, dayIndex: number, offers: OfferLookup): { day: ShopDay; visits: Visit[] } {
  if (dayIndex < state.nextDay) throw new RangeError(`Day ${dayIndex} is over; the next day is ${state.nextDay}.`);
  state.nextDay = dayIndex + 1;
  restock(state, dayIndex);
  const day = openDay(state, dayIndex);
  const { seed } = state.shop.config;
  const views = new Map<readonly Offer[], OfferView>();
  const found: Visit[] = [];
  for (const user of state.shop.users) {
    if (user.joinDay > dayIndex) continue;
    moveLapsing(state, user, dayIndex);
    const userOffers = offers(user.externalId);
    let view = views.get(userOffers);
    if (view === undefined) views.set(userOffers, (view = viewOffers(state.shop, day, userOffers)));
    if (!visits(state, user, day, view)) continue;
    touchUser(state, user.index, dayIndex);
    const { wants, browsed } = wantsOf(state, user, day, view);
    found.push({
      userExternalId: user.externalId,
      user,
      day,
      wants,
      browsed,
      offers: userOffers,
      // Two draws added make the shop busiest in the afternoon.
      at: new Date(
        day.date.getTime() +
          Math.floor(
            (7 + 8 * (draw(seed, user.index, dayIndex, PURPOSE.hour) + draw(seed, user.index, dayIndex, PURPOSE.hour, 1))) * 3_600_000,
          ),
      ),
      channel:
        draw(seed, user.index, 0, PURPOSE.channel) < 0.6 === draw(seed, user.index, dayIndex, PURPOSE.channel) < 0.85 ? 'web' : 'app',
      country: user.attributes['country'] ?? 'DE',
      cart: wants.map((want) => ({ sku: state.shop.products[want.product].sku, quantity: want.quantity })),
    });
  }
  found.sort((a, b) => a.at.getTime() - b.at.getTime() || a.user.index - b.user.index);
  return { day, visits: found };
}
