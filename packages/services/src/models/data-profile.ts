import { checkData, DataCheck, DataProfile, type DataSubject } from '@promolift/domain';
import { countByEdges, populationStability, quantileEdges } from '@promolift/ml';
import { z } from 'zod';
import type { ShopHistory } from '../activity/shop-history.ts';
import type { Deps } from '../shared/deps.ts';
import { readColumns } from '../shared/read-columns.ts';

const WINDOW_DAYS = 90;
const DAY_MS = 86_400_000;
const BINS = 10;
/** Categories beyond the first of their keys are counted together, so that a profile stays small. */
const MOST_CATEGORIES = 50;

const CheckedData = z.object({ profile: DataProfile, checks: z.array(DataCheck) });
export type CheckedData = z.infer<typeof CheckedData>;

/** What this training will learn from, against what the last one learned from. */
export async function checkTrainingData(deps: Deps, history: ShopHistory): Promise<CheckedData> {
  const before = (await lastTrainingData(deps))?.profile ?? null;
  const values = featureValues(history, await unitPrices(deps));
  const categories = categoryCounts(history);
  const shifts = before
    ? Object.fromEntries([
        ...Object.entries(values).flatMap(([name, now]) => {
          const old = before.features[name];
          return old ? [[name, populationStability(old.counts, countByEdges(now, old.edges))] as const] : [];
        }),
        ...categoryShift(before, categories),
      ])
    : {};
  const profile: DataProfile = {
    asOf: history.asOf.toISOString(),
    users: history.userIds.length,
    products: history.productIds.length,
    orders: history.orders.timeMs.length,
    events: history.interactions.timeMs.length,
    missing: await missingShares(deps, history),
    features: { ...Object.fromEntries(Object.entries(values).map(([name, now]) => [name, describe(now)])), categories },
  };
  return { profile, checks: checkData(profile, before, shifts) };
}

const LEVELS = ['stop', 'warning', 'ok'] as const;

/** What the last training that succeeded learned from, the worst finding first; null before the first. */
export async function lastTrainingData({ sql }: Pick<Deps, 'sql'>): Promise<CheckedData | null> {
  const { rows } = await sql.query<{ data: unknown }>(
    `select result -> 'data' data from job_runs
     where name = 'train-models' and status = 'succeeded' and result -> 'data' is not null order by finished_at desc limit 1`,
  );
  const parsed = CheckedData.safeParse(rows[0]?.data);
  if (!parsed.success) return null;
  const { profile, checks } = parsed.data;
  return { profile, checks: checks.toSorted((a, b) => LEVELS.indexOf(a.level) - LEVELS.indexOf(b.level)) };
}

const unitPrices = async (deps: Deps): Promise<Float64Array> =>
  (await readColumns(deps, 'select price_minor::float8 from products where is_active and price_minor > 0', ['float64']))[0];

type Values = Record<Exclude<DataSubject, 'categories' | 'users' | 'products' | 'orders' | `${string}Without${string}`>, Float64Array>;

function featureValues({ asOf, orders, interactions, userIds }: ShopHistory, unitPrice: Float64Array): Values {
  const fromMs = asOf.getTime() - WINDOW_DAYS * DAY_MS;
  const events = new Float64Array(userIds.length);
  for (const [row, at] of interactions.timeMs.entries()) {
    const user = interactions.userIndex[row] ?? 0;
    if (at >= fromMs) events[user] = (events[user] ?? 0) + 1;
  }
  return {
    orderValue: orders.valueMinor.filter((_, row) => (orders.timeMs[row] ?? 0) >= fromMs),
    unitPrice,
    eventsPerUser: events.filter((count) => count > 0),
  };
}

function describe(values: Float64Array): DataProfile['features'][string] {
  const edges = quantileEdges(values, BINS);
  const sorted = values.slice().sort();
  return { edges, counts: countByEdges(values, edges), median: sorted[Math.floor(sorted.length / 2)] ?? null };
}

/** Purchases by category in the window; the edges are the categories' numbers in the order of their keys. */
function categoryCounts({ asOf, interactions, categoryOfProduct, categoryKeys }: ShopHistory): DataProfile['features'][string] {
  const fromMs = asOf.getTime() - WINDOW_DAYS * DAY_MS;
  const size = Math.min(MOST_CATEGORIES, categoryKeys.length) + 1;
  const counts = new Array<number>(size).fill(0);
  for (const [row, at] of interactions.timeMs.entries()) {
    if (at < fromMs || !interactions.isPurchase[row]) continue;
    const category = categoryOfProduct[interactions.itemIndex[row] ?? 0] ?? -1;
    const place = category >= 0 && category < size - 1 ? category : size - 1;
    counts[place] = (counts[place] ?? 0) + 1;
  }
  return { edges: Array.from({ length: size - 1 }, (_, at) => at + 1), counts, median: null };
}

/** A new or renamed category moves the numbers of the others, so mixes of different sets are not compared. */
const categoryShift = (before: DataProfile, now: DataProfile['features'][string]): (readonly ['categories', number])[] => {
  const old = before.features['categories'];
  return old && old.counts.length === now.counts.length ? [['categories', populationStability(old.counts, now.counts)]] : [];
};

async function missingShares({ sql }: Pick<Deps, 'sql'>, { asOf }: ShopHistory): Promise<Record<string, number>> {
  const { rows } = await sql.query<{ orders: number; strangers: number; products: number; costless: number; uncategorised: number }>(
    `select o.*, p.* from
       (select count(*)::float8 orders, count(*) filter (where u.id is null)::float8 strangers from orders o
          left join users u on u.id = o.user_id and u.has_consent and u.erased_at is null where o.status = 'placed' and o.placed_at < $1) o,
       (select count(*)::float8 products, count(*) filter (where cost_minor is null)::float8 costless, count(*) filter (where category_id is null)::float8 uncategorised
          from products where is_active) p`,
    [asOf],
  );
  const [row] = rows;
  const share = (part = 0, whole = 0) => (whole > 0 ? part / whole : 0);
  return {
    ordersWithoutUser: share(row?.strangers, row?.orders),
    productsWithoutCost: share(row?.costless, row?.products),
    productsWithoutCategory: share(row?.uncategorised, row?.products),
  };
}
