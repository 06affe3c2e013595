import { historyOf, type Interactions } from './interactions.ts';

export interface SegmentPopularityOptions {
  /** Overall weight mixed into each segment's, in units of a segment's total: a segment of this total is half its own. Default 100. */
  shrinkage?: number;
}

/**
 * What each segment chooses, shrunk to what everybody chooses: share_s(i) = (w_s(i) + λ share(i)) / (W_s + λ). For users without a history.
 * `segmentOf`: [userCount], −1 for none. Returns [segmentCount × itemCount], each row summing to 1 where anything was chosen.
 */
export function segmentPopularity(
  interactions: Interactions,
  segmentOf: ArrayLike<number>,
  segmentCount: number,
  { shrinkage = 100 }: SegmentPopularityOptions = {},
): Float64Array {
  const { itemCount, userCount } = interactions;
  const shares = new Float64Array(segmentCount * itemCount);
  const overall = new Float64Array(itemCount);
  const totals = new Float64Array(segmentCount);
  let total = 0;
  for (let user = 0; user < userCount; user++) {
    const { items, weights } = historyOf(interactions, user);
    const segment = segmentOf[user];
    for (let h = 0; h < items.length; h++) {
      overall[items[h]] += weights[h];
      total += weights[h];
      if (segment < 0) continue;
      shares[segment * itemCount + items[h]] += weights[h];
      totals[segment] += weights[h];
    }
  }
  for (let at = 0; at < shares.length; at++) {
    const prior = total === 0 ? 0 : (shrinkage * overall[at % itemCount]) / total;
    shares[at] = (shares[at] + prior) / (totals[Math.floor(at / itemCount)] + shrinkage);
  }
  return shares;
}
