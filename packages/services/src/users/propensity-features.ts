import type { ProfileHistory } from './train-profiles.ts';

const DAY_MS = 86_400_000;
const HALF_LIVES_DAYS = [14, 90];

/** Columns of one row per user × category; the last column set is the user's alone and also feeds the churn model. */
export const USER_COLUMNS = 6;
export const CATEGORY_COLUMNS = USER_COLUMNS + 6;

export type Counts = {
  /** [users × categories] decayed purchases, one array per half-life. */
  bought: Float64Array[];
  /** [users × categories] decayed views and carts, 14 days. */
  looked: Float64Array;
  /** [users × categories] time of the last purchase, 0 = never. */
  lastMs: Float64Array;
  /** [categories] share of all decayed purchases. */
  popularity: Float64Array;
  user: { orders: Float64Array; firstMs: Float64Array; lastMs: Float64Array; recentOrders: Float64Array; looked: Float64Array };
};

/** Everything known at `asOfMs`: later rows do not exist. */
export function countBefore(
  { userIds, categoryKeys, categoryOfProduct, interactions, orders }: ProfileHistory,
  isPurchase: Uint8Array,
  asOfMs: number,
): Counts {
  const [users, categories] = [userIds.length, categoryKeys.length];
  const cells = users * categories;
  const bought = HALF_LIVES_DAYS.map(() => new Float64Array(cells));
  const [looked, lastMs, popularity] = [new Float64Array(cells), new Float64Array(cells), new Float64Array(categories)];
  const column = () => new Float64Array(users);
  const user = { orders: column(), firstMs: column(), lastMs: column(), recentOrders: column(), looked: column() };
  let total = 0;
  for (let row = 0; row < interactions.userIndex.length; row++) {
    const timeMs = interactions.timeMs[row];
    const category = categoryOfProduct[interactions.itemIndex[row]];
    if (timeMs >= asOfMs || category < 0) continue;
    const cell = interactions.userIndex[row] * categories + category;
    const ageDays = (asOfMs - timeMs) / DAY_MS;
    if (!isPurchase[row]) {
      const weight = 0.5 ** (ageDays / HALF_LIVES_DAYS[0]);
      looked[cell] += weight;
      user.looked[interactions.userIndex[row]] += weight;
      continue;
    }
    HALF_LIVES_DAYS.forEach((halfLife, at) => {
      bought[at][cell] += 0.5 ** (ageDays / halfLife);
    });
    lastMs[cell] = Math.max(lastMs[cell], timeMs);
    const weight = 0.5 ** (ageDays / HALF_LIVES_DAYS[1]);
    popularity[category] += weight;
    total += weight;
  }
  for (let row = 0; row < orders.userIndex.length; row++) {
    const timeMs = orders.timeMs[row];
    if (timeMs >= asOfMs) continue;
    const index = orders.userIndex[row];
    user.orders[index]++;
    user.firstMs[index] = user.firstMs[index] === 0 ? timeMs : Math.min(user.firstMs[index], timeMs);
    user.lastMs[index] = Math.max(user.lastMs[index], timeMs);
    user.recentOrders[index] += 0.5 ** ((asOfMs - timeMs) / (HALF_LIVES_DAYS[0] * DAY_MS));
  }
  for (let category = 0; category < categories; category++) popularity[category] /= Math.max(1e-9, total);
  return { bought, looked, lastMs, popularity, user };
}

const UNKNOWN_DAYS = 365;
const daysSince = (asOfMs: number, timeMs: number): number =>
  timeMs === 0 ? UNKNOWN_DAYS : Math.min(UNKNOWN_DAYS, (asOfMs - timeMs) / DAY_MS);

/** Recency and gap in logarithms, and how overdue the user is by the own rhythm. Writes USER_COLUMNS values. */
export function writeUserFeatures({ user }: Counts, index: number, asOfMs: number, into: Float32Array, at: number): void {
  const recencyDays = daysSince(asOfMs, user.lastMs[index]);
  const orders = user.orders[index];
  const gapDays = orders > 1 ? Math.max(1, (user.lastMs[index] - user.firstMs[index]) / DAY_MS / (orders - 1)) : 60;
  into[at] = Math.log1p(recencyDays);
  into[at + 1] = Math.log1p(orders);
  into[at + 2] = Math.log(gapDays);
  into[at + 3] = Math.log1p(recencyDays / gapDays);
  into[at + 4] = Math.log1p(user.recentOrders[index]);
  into[at + 5] = Math.log1p(user.looked[index]);
}

/** Writes CATEGORY_COLUMNS values: the user's and what the user did in this category. */
export function writeCategoryFeatures(
  counts: Counts,
  index: number,
  category: number,
  categories: number,
  asOfMs: number,
  into: Float32Array,
  at: number,
): void {
  writeUserFeatures(counts, index, asOfMs, into, at);
  const cell = index * categories + category;
  into[at + USER_COLUMNS] = Math.log1p(counts.bought[0][cell]);
  into[at + USER_COLUMNS + 1] = Math.log1p(counts.bought[1][cell]);
  into[at + USER_COLUMNS + 2] = Math.log1p(counts.looked[cell]);
  into[at + USER_COLUMNS + 3] = Math.log1p(daysSince(asOfMs, counts.lastMs[cell]));
  into[at + USER_COLUMNS + 4] = Math.log(counts.popularity[category] + 1e-4);
  into[at + USER_COLUMNS + 5] = counts.lastMs[cell] === 0 ? 0 : 1;
}
