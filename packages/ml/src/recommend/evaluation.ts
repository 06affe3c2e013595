import { historyOf, type Interactions } from './interactions.ts';
import { type Recommender, type RecommenderKind, recommend, type ScoredItem } from './recommender.ts';

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

export interface RankingOptions {
  /** Length of the list. Default 10. */
  k?: number;
  /** Limits the evaluation to some users. */
  userIndex?: ArrayLike<number>;
  /** Default true: only items new to the user are ranked and counted as relevant. False where buying again matters. */
  excludeHistory?: boolean;
}

/** Ranks all items for each user and compares the first `k` with the user's row of `heldOut`. Users without relevant items are left out. */
export function evaluateRanking(
  model: Recommender,
  train: Interactions,
  heldOut: Interactions,
  options: RankingOptions = {},
): RankingQuality {
  const { k = 10, excludeHistory = true } = options;
  const listOf = (user: number) => recommend(model, historyOf(train, user), { count: k, excludeHistory });
  return evaluateLists(listOf, train, heldOut, options);
}

/** The same for a model that knows users, not histories: `listOf` gives a user's `k` best items. */
export function evaluateLists(
  listOf: (user: number) => readonly ScoredItem[],
  train: Interactions,
  heldOut: Interactions,
  options: RankingOptions = {},
): RankingQuality {
  const { k = 10, userIndex, excludeHistory = true } = options;
  const seen = new Set<number>();
  const sums = { ndcg: 0, recall: 0, precision: 0, users: 0 };
  const count = userIndex?.length ?? heldOut.userCount;
  for (let at = 0; at < count; at++) {
    const user = userIndex ? userIndex[at] : at;
    const history = historyOf(train, user);
    const relevant = new Set(historyOf(heldOut, user).items);
    if (excludeHistory) for (const item of history.items) relevant.delete(item);
    if (relevant.size === 0) continue;
    let [gain, hits] = [0, 0];
    listOf(user).forEach(({ item }, rank) => {
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
  const coverage = seen.size / train.itemCount;
  return users === 0
    ? { ndcg: 0, recall: 0, precision: 0, coverage, users }
    : { ndcg: sums.ndcg / users, recall: sums.recall / users, precision: sums.precision / users, coverage, users };
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
