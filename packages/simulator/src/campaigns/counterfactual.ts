import { snapshot, type ShopState } from '../activity/state.ts';
import { dayIndexOf } from '../shared/calendar.ts';
import { noOffers, type OfferLookup } from '../promotions/offer.ts';
import { emptyOutcome, type Outcome } from './settle.ts';
import { stepDay } from './step.ts';

export type WindowOutcome = {
  readonly total: Outcome;
  readonly byUser: ReadonlyMap<string, Outcome>;
  readonly unitsBySku: ReadonlyMap<string, number>;
};

/** `incremental` = `withOffers` − `without`, in sum, per user and per sku. Users without a visit in either world are absent. */
export type Counterfactual = { readonly withOffers: WindowOutcome; readonly without: WindowOutcome; readonly incremental: WindowOutcome };

export type CounterfactualOptions = {
  /** Offered in the other world and in the cooldown of both; `offers` is the whole of what is offered in the first. */ readonly baseline?: OfferLookup;
  /** Days after the offers that still count, so that purchases pulled forward are paid back. */ readonly cooldownDays?: number;
};

function add(into: Outcome, from: Outcome, sign: 1 | -1 = 1): Outcome {
  into.revenueMinor += sign * from.revenueMinor;
  into.marginMinor += sign * from.marginMinor;
  into.units += sign * from.units;
  into.discountMinor += sign * from.discountMinor;
  into.orders += sign * from.orders;
  return into;
}

/** Plays `days` days from `state.nextDay`, no rows. Moves `state` on. */
export function runWindow(state: ShopState, days: number, offers: OfferLookup): WindowOutcome {
  const total = emptyOutcome();
  const byUser = new Map<string, Outcome>();
  const unitsBySku = new Map<string, number>();
  for (let day = 0; day < days; day++) {
    const result = stepDay(state, state.nextDay, offers, { withRows: false });
    for (const [user, outcome] of result.outcomes) {
      add(total, outcome);
      byUser.set(user, add(byUser.get(user) ?? emptyOutcome(), outcome));
    }
    for (const { product, quantity } of result.sold) {
      const { sku } = state.shop.products[product];
      unitsBySku.set(sku, (unitsBySku.get(sku) ?? 0) + quantity);
    }
  }
  return { total, byUser, unitsBySku };
}

function join(first: WindowOutcome, second: WindowOutcome, sign: 1 | -1): WindowOutcome {
  const byUser = new Map([...first.byUser].map(([user, outcome]) => [user, { ...outcome }]));
  for (const [user, outcome] of second.byUser) byUser.set(user, add(byUser.get(user) ?? emptyOutcome(), outcome, sign));
  const unitsBySku = new Map(first.unitsBySku);
  for (const [sku, units] of second.unitsBySku) unitsBySku.set(sku, (unitsBySku.get(sku) ?? 0) + sign * units);
  return { total: add({ ...first.total }, second.total, sign), byUser, unitsBySku };
}

function play(state: ShopState, fromDay: number, days: number, offers: OfferLookup, options: CounterfactualOptions): WindowOutcome {
  const baseline = options.baseline ?? noOffers;
  const world = snapshot(state);
  runWindow(world, fromDay - world.nextDay, baseline);
  const during = runWindow(world, days, offers);
  return join(during, runWindow(world, options.cooldownDays ?? 0, baseline), 1);
}

/**
 * The true effect of offers: the same days twice from copies of `state`, with the same draws, with and without them.
 * `state` itself stays where it is; days between it and `fromDay` are played first without offers.
 */
export function counterfactual(
  state: ShopState,
  fromDay: Date,
  days: number,
  offers: OfferLookup,
  options: CounterfactualOptions = {},
): Counterfactual {
  const from = dayIndexOf(state.shop.config.startDate, fromDay);
  if (from < state.nextDay) throw new RangeError(`Day ${from} is over; the next day is ${state.nextDay}.`);
  const baseline = options.baseline ?? noOffers;
  const withOffers = play(state, from, days, offers, options);
  const without = play(state, from, days, baseline, options);
  return { withOffers, without, incremental: join(withOffers, without, -1) };
}
