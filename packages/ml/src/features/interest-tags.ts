/** One row per event. All arrays: [events]. */
export interface InterestEvents {
  userIndex: ArrayLike<number>;
  categoryIndex: ArrayLike<number>;
  /** How much the event tells, for example 1 for a view and 5 for a purchase. */
  weight: ArrayLike<number>;
  timeMs: ArrayLike<number>;
}

export interface InterestOptions {
  userCount: number;
  categoryCount: number;
  asOfMs: number;
  /** An event this old counts half. Default 60. */
  halfLifeDays?: number;
  /** Weight of the belief that a user is like the whole shop. Default 10. */
  shrinkage?: number;
  /** Least lift of a tag. Default 1.5. */
  minLift?: number;
  /** Tags per user at most. Default 3. */
  maxTags?: number;
}

export interface InterestTag {
  category: number;
  /** Shrunk share of the user's activity ÷ share of the shop's; above 1 = more than usual. */
  lift: number;
  /** Shrunk share of the user's activity, 0..1. */
  share: number;
}

const DAY_MS = 86_400_000;

/**
 * Interests from behaviour: share of a user's decayed activity in a category, shrunk towards the shop's share, divided by that share.
 * Only categories the user touched become tags. Returns a list per user, highest lift first.
 */
export function interestTags(events: InterestEvents, options: InterestOptions): InterestTag[][] {
  const { shrinkage = 10, minLift = 1.5, maxTags = 3 } = options;
  const { byUser, byCategory, total } = decayedSums(events, options);
  return byUser.map((sums) => {
    let activity = 0;
    for (const weight of sums.values()) activity += weight;
    const tags = Array.from(sums, ([category, weight]): InterestTag => {
      const usual = byCategory[category] / total;
      const share = (weight + shrinkage * usual) / (activity + shrinkage);
      return { category, lift: share / usual, share };
    });
    return tags
      .filter(({ lift }) => lift >= minLift)
      .sort((a, b) => b.lift - a.lift || a.category - b.category)
      .slice(0, maxTags);
  });
}

function decayedSums(events: InterestEvents, { userCount, categoryCount, asOfMs, halfLifeDays = 60 }: InterestOptions) {
  const byUser = Array.from({ length: userCount }, () => new Map<number, number>());
  const byCategory = new Float64Array(categoryCount);
  let total = 0;
  for (let row = 0; row < events.userIndex.length; row++) {
    if (events.timeMs[row] >= asOfMs || !(events.weight[row] > 0)) continue;
    const weight = events.weight[row] * 0.5 ** ((asOfMs - events.timeMs[row]) / (halfLifeDays * DAY_MS));
    const [sums, category] = [byUser[events.userIndex[row]], events.categoryIndex[row]];
    sums.set(category, (sums.get(category) ?? 0) + weight);
    byCategory[category] += weight;
    total += weight;
  }
  return { byUser, byCategory, total };
}
