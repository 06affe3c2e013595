import { byContribution, type Contribution } from './recommender.ts';

/** Item indices in the order they were touched. */
export type Session = ArrayLike<number>;

export interface TransitionOptions {
  /** How far apart two items of a session may stand to count as a transition; at distance d it counts 1/d. Default 3. */
  reach?: number;
  /** Observations of the overall popularity mixed into every item's transitions, so that rare items say little. Default 5. */
  shrinkage?: number;
}

/** A next-item model: what follows depends on what came last. */
export interface SessionModel {
  readonly itemCount: number;
  /** A score for every item, [itemCount]; newer items of the session weigh more. Items outside the counts are ignored. */
  scores(session: Session): Float64Array;
  /** How much each item of the session adds to `item`'s score; largest first. */
  explain(session: Session, item: number): Contribution[];
}

const RECENCY = 0.6; // Weight of each item against the one after it.

/**
 * Item transitions, the baseline of session-based recommendation (first-order Markov chain; Ludewig & Jannach 2018): P(next = j | i) from how
 * often j came within `reach` places after i, shrunk to j's popularity; a session scores Σ 0.6^age · P(j | item).
 */
export function trainTransitions(sessions: readonly Session[], itemCount: number, options: TransitionOptions = {}): SessionModel {
  const { reach = 3, shrinkage = 5 } = options;
  const rows: Map<number, number>[] = Array.from({ length: itemCount }, () => new Map());
  const totals = new Float64Array(itemCount);
  const popularity = new Float64Array(itemCount);
  let all = 0;
  for (const session of sessions) {
    for (let at = 0; at < session.length; at++) {
      popularity[session[at]]++;
      all++;
      for (let before = Math.max(0, at - reach); before < at; before++) {
        if (session[before] === session[at]) continue;
        const weight = 1 / (at - before);
        rows[session[before]].set(session[at], (rows[session[before]].get(session[at]) ?? 0) + weight);
        totals[session[before]] += weight;
      }
    }
  }
  const share = popularity.map((count) => count / Math.max(1, all));
  const probability = (from: number, to: number) => ((rows[from].get(to) ?? 0) + shrinkage * share[to]) / (totals[from] + shrinkage);
  const known = (session: Session) => Array.from(session).filter((item) => item >= 0 && item < itemCount);
  return {
    itemCount,
    scores(session) {
      const items = known(session);
      const scores = items.length === 0 ? share.slice() : new Float64Array(itemCount);
      items.forEach((from, at) => {
        const weight = RECENCY ** (items.length - 1 - at);
        const base = (weight * shrinkage) / (totals[from] + shrinkage);
        for (let to = 0; to < itemCount; to++) scores[to] += base * share[to];
        for (const [to, count] of rows[from]) scores[to] += (weight * count) / (totals[from] + shrinkage);
      });
      return scores;
    },
    explain: (session, item) => {
      const items = known(session);
      return byContribution(
        items.map((from, at) => ({ item: from, contribution: RECENCY ** (items.length - 1 - at) * probability(from, item) })),
      );
    },
  };
}
