/** One row per order. All arrays: [orders]. */
export interface OrderRows {
  userIndex: ArrayLike<number>;
  timeMs: ArrayLike<number>;
  valueMinor: ArrayLike<number>;
}

/** One value per user, [userCount]. Users without an order have recency and tenure NaN, frequency and value 0. */
export interface RfmFeatures {
  /** Days since the last order. */
  recencyDays: Float64Array;
  /** Number of orders. */
  frequency: Float64Array;
  monetaryMinor: Float64Array;
  /** Days since the first order. */
  tenureDays: Float64Array;
}

const DAY_MS = 86_400_000;

/** Recency, frequency and value as they stood at `asOfMs`: orders at or after it do not exist yet. */
export function rfmFeatures({ userIndex, timeMs, valueMinor }: OrderRows, userCount: number, asOfMs: number): RfmFeatures {
  const recencyDays = new Float64Array(userCount).fill(Number.NaN);
  const tenureDays = new Float64Array(userCount).fill(Number.NaN);
  const frequency = new Float64Array(userCount);
  const monetaryMinor = new Float64Array(userCount);
  for (let row = 0; row < userIndex.length; row++) {
    if (timeMs[row] >= asOfMs) continue;
    const user = userIndex[row];
    const ageDays = (asOfMs - timeMs[row]) / DAY_MS;
    if (!(recencyDays[user] <= ageDays)) recencyDays[user] = ageDays;
    if (!(tenureDays[user] >= ageDays)) tenureDays[user] = ageDays;
    frequency[user]++;
    monetaryMinor[user] += valueMinor[row];
  }
  return { recencyDays, frequency, monetaryMinor, tenureDays };
}
