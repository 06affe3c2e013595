import { createRandom } from '../random/random.ts';
import { buildInteractions, type Interactions } from './interactions.ts';

/** `rows[u]`: the items of user u, each of weight 1 at time 0. */
export function interactionsOf(rows: number[][], itemCount: number): Interactions {
  const pairs = rows.flatMap((items, user) => items.map((item) => [user, item]));
  const events = {
    userIndex: pairs.map(([u]) => u),
    itemIndex: pairs.map(([, i]) => i),
    weight: pairs.map(() => 1),
    timeMs: pairs.map(() => 0),
  };
  return buildInteractions(events, { userCount: rows.length, itemCount });
}

/** 60 users with half of 10 even or of 10 odd items each. */
export function twoTastes(): Interactions {
  const random = createRandom('tastes');
  return interactionsOf(
    Array.from({ length: 60 }, (_, user) => random.shuffle(Array.from({ length: 10 }, (_, i) => 2 * i + (user % 2))).slice(0, 5)),
    20,
  );
}
