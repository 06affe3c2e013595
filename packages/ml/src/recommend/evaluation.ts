import { historyOf, type Interactions } from './interactions.ts';
import { type Recommender, type RecommenderKind, recommend } from './recommender.ts';

export interface RankingQuality {
  /** Mean over users of the normalised discounted cumulative gain with binary relevance. */
  ndcg: number;
  recall: number;
  precision: number;
  /** Share of all items that appear in at least one list. */
  coverage: number;
  /** Users with something held out. */
  users: number;
}

/**
 * Ranks all items not in a user's training row, and compares the first `k` with the user's row of `heldOut`.
 * Users without held-out items are left out. `userIndex` limits the evaluation to some users.
 */
export function evaluateRanking(model: Recommender, train: Interactions, heldOut: Interactions, k = 10, userIndex?: ArrayLike<number>): RankingQuality {
  const seen = new Set<number>();
  const sums = { ndcg: 0, recall: 0, precision: 0, users: 0 };
  const count = userIndex?.length ?? heldOut.userCount;
  for (let at = 0; at < count; at++) {
    const user = userIndex ? userIndex[at] : at;
    const relevant = new Set(historyOf(heldOut, user).items);
    if (relevant.size === 0) continue;
    const list = recommend(model, historyOf(train, user), { count: k });
    let [gain, hits] = [0, 0];
    list.forEach(({ item }, rank) => {
      seen.add(item);
      if (!relevant.has(item)) return;
      hits++;
      gain += discount(rank);
    });
    sums.users++;
    sums.ndcg += gain / idealGain(Math.min(k, relevant.size));
    sums.recall += hits / relevant.size;
    sums.precision += hits / k;
  }
  const { users } = sums;
  const coverage = seen.size / model.itemCount;
  return users === 0 ? { ndcg: 0, recall: 0, precision: 0, coverage, users } : { ndcg: sums.ndcg / users, recall: sums.recall / users, precision: sums.precision / users, coverage, users };
}

const discount = (rank: number) => 1 / Math.log2(rank + 2);

function idealGain(count: number): number {
  let sum = 0;
  for (let rank = 0; rank < count; rank++) sum += discount(rank);
  return sum;
}

export interface Candidate {
  kind: RecommenderKind;
  ndcg: number;
}

export interface Champion {
  kind: RecommenderKind;
  ndcg: number;
  popularityNdcg: number;
  /** False: no candidate beat popularity, so popularity serves. */
  beatsPopularity: boolean;
}

/** The best candidate if its NDCG is above popularity's, else popularity. Throws RangeError when popularity is not among the candidates. */
export function chooseRecommender(candidates: readonly Candidate[]): Champion {
  const popularity = candidates.find(({ kind }) => kind === 'popularity');
  if (!popularity) throw new RangeError('popularity must be among the candidates');
  const best = candidates.reduce((a, b) => (b.ndcg > a.ndcg ? b : a), popularity);
  return { kind: best.kind, ndcg: best.ndcg, popularityNdcg: popularity.ndcg, beatsPopularity: best.ndcg > popularity.ndcg };
}
