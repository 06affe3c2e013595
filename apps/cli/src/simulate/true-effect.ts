import { type Offer, type OfferLookup, runWindow, type ShopState, snapshot } from '@promolift/simulator';
import { cancels } from './play-visit.ts';
import type { PlayedDay } from './saved-state.ts';

export type TrueEffect = {
  campaignId: string;
  fromDay: number;
  toDay: number;
  offeredUsers: number;
  incrementalMarginMinor: number;
  incrementalRevenueMinor: number;
  incrementalUnits: number;
  discountMinor: number;
  perThousandUsers: { marginMinor: number; revenueMinor: number; units: number };
};

type Sums = { marginMinor: number; revenueMinor: number; units: number; discountMinor: number };

/**
 * What each campaign truly changed: the played days twice from the same state with the same draws, once with everything
 * that was offered and once without this campaign. Sums over the users who were offered it, from its first to its last day, counted
 * as the measurement counts: without cancelled orders, less what came back until the last day. Prices and till are the simulator's own.
 */
export function trueEffects(atHistoryEnd: ShopState, days: readonly PlayedDay[]): TrueEffect[] {
  const campaignIds = [
    ...new Set(days.flatMap(({ groups, offers }) => (groups.length > 0 ? offers.map(({ campaignId }) => campaignId) : []))),
  ];
  return campaignIds.map((campaignId) => {
    const offered = new Set(days.flatMap((played) => usersOffered(played, campaignId)));
    const window = days.filter((played) => usersOffered(played, campaignId).length > 0).map(({ day }) => day);
    const fromDay = Math.min(...window);
    const toDay = Math.max(...window);
    const withIt = play(atHistoryEnd, days, { fromDay, toDay }, offered, () => true);
    const without = play(atHistoryEnd, days, { fromDay, toDay }, offered, (id) => id !== campaignId);
    const difference = (key: keyof Sums) => withIt[key] - without[key];
    const perThousand = (key: keyof Sums) => (1_000 * difference(key)) / Math.max(1, offered.size);
    return {
      campaignId,
      fromDay,
      toDay,
      offeredUsers: offered.size,
      incrementalMarginMinor: difference('marginMinor'),
      incrementalRevenueMinor: difference('revenueMinor'),
      incrementalUnits: difference('units'),
      discountMinor: difference('discountMinor'),
      perThousandUsers: { marginMinor: perThousand('marginMinor'), revenueMinor: perThousand('revenueMinor'), units: perThousand('units') },
    };
  });
}

function usersOffered({ offers, groups }: PlayedDay, campaignId: string): string[] {
  return groups.filter((group) => group.offers.some((at) => offers[at]?.campaignId === campaignId)).flatMap(({ users }) => users);
}

function play(
  atHistoryEnd: ShopState,
  days: readonly PlayedDay[],
  window: { fromDay: number; toDay: number },
  users: ReadonlySet<string>,
  isOffered: (campaignId: string) => boolean,
): Sums {
  const state = snapshot(atHistoryEnd);
  const sums: Sums = { marginMinor: 0, revenueMinor: 0, units: 0, discountMinor: 0 };
  for (const played of days) {
    if (played.day > window.toDay) break;
    state.nextDay = Math.max(state.nextDay, played.day);
    const outcome = runWindow(state, 1, lookupOf(played, isOffered));
    if (played.day < window.fromDay) continue;
    const counts = (user: string) => users.has(user) && !cancels(state.shop.userIndexByExternalId.get(user) ?? -1, played.day);
    for (const [user, { marginMinor, revenueMinor, units, discountMinor }] of outcome.byUser) {
      if (!counts(user)) continue;
      sums.marginMinor += marginMinor;
      sums.revenueMinor += revenueMinor;
      sums.units += units;
      sums.discountMinor += discountMinor;
    }
    takeBack(sums, state, { orderedOn: played.day, until: window.toDay }, counts);
  }
  return sums;
}

/** Takes what was ordered on a day and comes back until another out of the sums; `state` has just played the day of the orders. */
function takeBack(sums: Sums, state: ShopState, days: { orderedOn: number; until: number }, counts: (user: string) => boolean): void {
  const { products, productIndexBySku } = state.shop;
  const rows = state.due.filter(({ day }) => day <= days.until).flatMap((due) => due.rows);
  for (const row of rows) {
    if (row.kind !== 'return' || !row.orderExternalId?.startsWith(`o-${days.orderedOn}-`) || !counts(row.userExternalId ?? '')) continue;
    const costMinor = products[productIndexBySku.get(row.sku) ?? -1]?.costMinor ?? 0;
    sums.marginMinor -= row.refundMinor - costMinor * row.quantity;
    sums.revenueMinor -= row.refundMinor;
    sums.units -= row.quantity;
  }
}

function lookupOf({ offers, groups }: PlayedDay, isOffered: (campaignId: string) => boolean): OfferLookup {
  const none: readonly Offer[] = [];
  const byUser = new Map<string, readonly Offer[]>();
  for (const group of groups) {
    const seen = group.offers.flatMap((at) => {
      const found = offers[at];
      return found && isOffered(found.campaignId) ? [found.offer] : [];
    });
    for (const user of group.users) byUser.set(user, seen);
  }
  return (user) => byUser.get(user) ?? none;
}
