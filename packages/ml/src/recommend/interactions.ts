/** One row per event. All arrays: [events]. Indices are dense, from 0. */
export interface InteractionEvents {
  userIndex: ArrayLike<number>;
  itemIndex: ArrayLike<number>;
  /** How strongly the event speaks for the item (> 0), for example 1 for a view and 5 for a purchase. */
  weight: ArrayLike<number>;
  timeMs: ArrayLike<number>;
}

/** Users × items, compressed by rows; items ascend inside a row and are unique. */
export interface Interactions {
  userCount: number;
  itemCount: number;
  /** [userCount + 1] */
  offsets: Int32Array;
  /** [entries] */
  items: Int32Array;
  /** [entries], > 0 */
  weights: Float32Array;
}

/** What is known of one user: items with their weights, [n] each, items unique. */
export interface History {
  items: ArrayLike<number>;
  weights: ArrayLike<number>;
}

export interface InteractionOptions {
  userCount: number;
  itemCount: number;
  /** An event this old counts half. Without it age does not matter. */
  halfLifeDays?: number;
  /** Events at or after this moment are left out; ages are counted back from here. Defaults to the newest event. */
  asOfMs?: number;
  /** Leaves out events before this moment. */
  fromMs?: number;
}

export const DAY_MS = 86_400_000;

/** Sums the (decayed) weights of a user's events on the same item. Throws RangeError for an index outside the counts. */
export function buildInteractions(events: InteractionEvents, options: InteractionOptions): Interactions {
  const { userCount, itemCount } = options;
  const rows: Map<number, number>[] = Array.from({ length: userCount }, () => new Map());
  const asOfMs = options.asOfMs ?? newest(events.timeMs) + 1;
  for (let e = 0; e < events.userIndex.length; e++) {
    const [user, item, timeMs] = [events.userIndex[e], events.itemIndex[e], events.timeMs[e]];
    if (!(user >= 0 && user < userCount && item >= 0 && item < itemCount))
      throw new RangeError(`event ${e}: user ${user} or item ${item} is outside the counts`);
    if (timeMs >= asOfMs || timeMs < (options.fromMs ?? Number.NEGATIVE_INFINITY) || !(events.weight[e] > 0)) continue;
    const decay = options.halfLifeDays ? 0.5 ** ((asOfMs - timeMs) / (options.halfLifeDays * DAY_MS)) : 1;
    rows[user].set(item, (rows[user].get(item) ?? 0) + events.weight[e] * decay);
  }
  return pack(rows, itemCount);
}

function newest(timeMs: ArrayLike<number>): number {
  let latest = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < timeMs.length; i++) if (timeMs[i] > latest) latest = timeMs[i];
  return latest;
}

function pack(rows: Map<number, number>[], itemCount: number): Interactions {
  const offsets = new Int32Array(rows.length + 1);
  rows.forEach((row, user) => {
    offsets[user + 1] = offsets[user] + row.size;
  });
  const items = new Int32Array(offsets[rows.length]);
  const weights = new Float32Array(offsets[rows.length]);
  rows.forEach((row, user) => {
    let at = offsets[user];
    for (const item of [...row.keys()].sort((a, b) => a - b)) {
      items[at] = item;
      weights[at++] = row.get(item) ?? 0;
    }
  });
  return { userCount: rows.length, itemCount, offsets, items, weights };
}

/** Items × users: the same entries compressed by columns. */
export function transpose(matrix: Interactions): Interactions {
  const offsets = new Int32Array(matrix.itemCount + 1);
  for (const item of matrix.items) offsets[item + 1]++;
  for (let i = 0; i < matrix.itemCount; i++) offsets[i + 1] += offsets[i];
  const next = offsets.slice();
  const items = new Int32Array(matrix.items.length);
  const weights = new Float32Array(matrix.items.length);
  for (let user = 0; user < matrix.userCount; user++) {
    for (let e = matrix.offsets[user]; e < matrix.offsets[user + 1]; e++) {
      const at = next[matrix.items[e]]++;
      items[at] = user;
      weights[at] = matrix.weights[e];
    }
  }
  return { userCount: matrix.itemCount, itemCount: matrix.userCount, offsets, items, weights };
}

/** A user's row, as views. */
export function historyOf(matrix: Interactions, user: number): { items: Int32Array; weights: Float32Array } {
  const [from, to] = [matrix.offsets[user], matrix.offsets[user + 1]];
  return { items: matrix.items.subarray(from, to), weights: matrix.weights.subarray(from, to) };
}
