import { setTimeout as sleep } from 'node:timers/promises';
import { createShop, type ShopState, takeDueRows, visitsOf } from '@promolift/simulator';
import { CommandStop } from '../shared/command-stop.ts';
import { openGraphql } from '../shared/graphql-client.ts';
import { inParallel } from '../shared/in-parallel.ts';
import type { InstallationFile } from '../shared/installation-file.ts';
import { eventInput, playVisit } from './play-visit.ts';
import { loadSimulation, playedDays, saveDay } from './saved-state.ts';
import { type ManagerApi, openManagerApi, openShopApi, type ShopApi, signInToken } from './shop-api.ts';
import { type TrueEffect, trueEffects } from './true-effect.ts';
import { UserOffers } from './user-offers.ts';

const CONCURRENCY = 8;
const DAY_MS = 86_400_000;
const ADVANCE_LIMIT_MS = 30_000;
const MEASURE_LIMIT_MS = 120_000;

export type DayLine = {
  date: string;
  visits: number;
  orders: number;
  revenueMinor: number;
  discountMinor: number;
  returns: number;
  cancelled: number;
  liveCampaigns: number;
  seconds: number;
};
export type Simulated = { days: DayLine[]; effects: (TrueEffect & { name: string })[] };

/**
 * Lets days pass in a demo shop: every visit goes through the API as a shopper's would, then the shop's clock moves on.
 * Stopped half-way it goes on with the day it was in. The end compares nothing: it only says what was true.
 */
export async function simulateDays(
  context: { apiUrl: string; home: string; file: InstallationFile },
  days: number,
  onDay: (line: DayLine) => void,
): Promise<Simulated> {
  const { apiUrl, home, file } = context;
  const simulated = file.simulatedShop;
  const admin = file.signIns.find(({ role }) => role === 'admin');
  if (!simulated?.isFilled || !file.keys.secret || !admin)
    throw new CommandStop('There is no simulated shop here; start one with "npm start" on an empty database, then simulate days.');
  const shop = createShop({ ...simulated, startDate: new Date(simulated.startDate) });
  const token = await signInToken(openGraphql(apiUrl, null), admin.email, admin.password);
  const manager = openManagerApi(openGraphql(apiUrl, token));
  const api = openShopApi(openGraphql(apiUrl, file.keys.secret));
  if (!(await manager.shopNow()).isDemo)
    throw new CommandStop('This is not a demo shop: its clock cannot be moved, and no simulated shopper may buy in it.');
  const { state, atHistoryEnd } = await loadSimulation(home, shop);
  // One after the other where the run must be repeatable: who comes first takes the last piece of the stock.
  const concurrency = file.reproducible ? 1 : CONCURRENCY;
  const offers = new UserOffers(api, shop);
  const names = new Map<string, string>();
  const lines: DayLine[] = [];
  for (let count = 0; count < days; count += 1) {
    const today = await nextUnplayedDay(manager, state);
    await waitForCampaigns(manager, names);
    const live = await manager.campaigns(['live']);
    for (const { id, name } of live) names.set(id, name);
    const line = await playDay({ api, manager, state, offers, live: live.length, concurrency }, today, () =>
      offers.refresh(
        live,
        shop.users.filter(({ joinDay }) => joinDay <= dayIndex(state, today)).map(({ externalId }) => externalId),
      ),
    );
    await saveDay(home, state, offers.played(state.nextDay - 1));
    await manager.advanceClock(1);
    lines.push(line);
    onDay(line);
  }
  await waitForCampaigns(manager, names);
  const effects = trueEffects(atHistoryEnd, await playedDays(home)).map((effect) => ({
    ...effect,
    name: names.get(effect.campaignId) ?? effect.campaignId,
  }));
  return { days: lines, effects };
}

const dayIndex = (state: ShopState, at: Date): number => Math.floor((at.getTime() - state.shop.config.startDate.getTime()) / DAY_MS);

/** The shop's day, moved on when it was played already (a stop between the last visit and the clock). */
async function nextUnplayedDay(manager: ManagerApi, state: ShopState): Promise<Date> {
  const { now } = await manager.shopNow();
  const behind = state.nextDay - dayIndex(state, now);
  if (behind <= 0) return now;
  await manager.advanceClock(behind);
  return (await manager.shopNow()).now;
}

async function playDay(
  context: { api: ShopApi; manager: ManagerApi; state: ShopState; offers: UserOffers; live: number; concurrency: number },
  now: Date,
  refreshOffers: () => Promise<void>,
): Promise<DayLine> {
  const { api, state, offers, concurrency } = context;
  const startedMs = performance.now();
  await refreshOffers();
  const visits = visitsOf(state, now, offers.lookup);
  const line: DayLine = {
    date: now.toISOString().slice(0, 10),
    visits: visits.length,
    orders: 0,
    revenueMinor: 0,
    discountMinor: 0,
    returns: 0,
    cancelled: 0,
    liveCampaigns: context.live,
    seconds: 0,
  };
  line.returns = await settleDue(api, state, now, concurrency);
  await inParallel(visits, concurrency, async (visit) => {
    const { outcome, isCancelled } = await playVisit(api, state, visit, offers, now);
    line.orders += outcome.orders;
    line.revenueMinor += outcome.revenueMinor;
    line.discountMinor += outcome.discountMinor;
    line.cancelled += isCancelled ? 1 : 0;
  });
  return { ...line, seconds: Math.round((performance.now() - startedMs) / 100) / 10 };
}

/** Returns and ratings that fall due today. Gives how many items came back. */
async function settleDue(api: ShopApi, state: ShopState, now: Date, concurrency: number): Promise<number> {
  let returned = 0;
  const rows = takeDueRows(state, state.nextDay - 1);
  await inParallel(rows, concurrency, async (row) => {
    if (row.kind === 'return' && row.orderExternalId !== null && (await api.returnItem(row.orderExternalId, row.sku, row.quantity)))
      returned += 1;
  });
  await api.track(rows.filter((row) => row.kind === 'event' && row.type === 'rate_item').flatMap((row) => eventInput(row, now, null)));
  return returned;
}

/**
 * The worker's tick starts and ends campaigns, and its job measures those that ended; a day must not be played before, or the
 * measurement would know of returns that came after the window. `played`: campaigns that were live on a simulated day.
 */
async function waitForCampaigns(manager: ManagerApi, played: ReadonlyMap<string, string>): Promise<void> {
  await until(ADVANCE_LIMIT_MS, 'The worker does not start or end campaigns; is it running ("npm start")?', async () => {
    const { now } = await manager.shopNow();
    const waiting = await manager.campaigns(['scheduled', 'live', 'paused']);
    return !waiting.some(({ status, startsAt, endsAt }) => endsAt <= now || (status === 'scheduled' && startsAt <= now));
  });
  await until(MEASURE_LIMIT_MS, 'The worker does not measure a campaign that has ended; see its log.', async () =>
    (await manager.campaigns(['ended'])).every(({ id }) => !played.has(id)),
  );
}

async function until(limitMs: number, complaint: string, isDone: () => Promise<boolean>): Promise<void> {
  const deadline = performance.now() + limitMs;
  while (!(await isDone())) {
    if (performance.now() > deadline) throw new CommandStop(complaint);
    await sleep(250);
  }
}
