import { type ScoredItem, topItems } from '../recommender.ts';
import { historyOf } from '../interactions.ts';
import type { Ratings } from './ratings.ts';

/** One addend of a predicted rating: what it stands for, and the user or item it comes from, where it comes from one. */
export interface RatingPart {
  from: 'mean' | 'user' | 'item' | 'taste' | 'neighbour';
  index: number | null;
  amount: number;
}

/** A model of what a user would rate. Users and items it has not seen, also those outside the counts, get the best answer without them. */
export interface RatingModel {
  /** Predicted rating, clipped to the scale. */
  predict(user: number, item: number): number;
  /** The same before clipping. */
  unclipped(user: number, item: number): number;
  /** The addends of the unclipped prediction. */
  explain(user: number, item: number): RatingPart[];
}

/** A model from its addends, and from their sum where that is found quicker. */
export const ratingModel = ({ lowest, highest }: Ratings, explain: RatingModel['explain'], sum?: RatingModel['unclipped']): RatingModel => {
  const unclipped = sum ?? ((user: number, item: number) => explain(user, item).reduce((total, { amount }) => total + amount, 0));
  return { explain, unclipped, predict: (user, item) => Math.min(highest, Math.max(lowest, unclipped(user, item))) };
};

/** The items a user has not rated, by predicted rating. Rating models rank badly (see docs/models.md): for lists use a `Recommender`. */
export function recommendByRating(model: RatingModel, ratings: Ratings, user: number, count: number): ScoredItem[] {
  const scores = Float64Array.from({ length: ratings.itemCount }, (_, item) => model.predict(user, item));
  return topItems(scores, count, new Set(historyOf(ratings, user).items));
}

export interface RatingQuality {
  rmse: number;
  mae: number;
}

/** Errors over all ratings of `heldOut`; zeros when it is empty. */
export function evaluateRatings(model: RatingModel, heldOut: Ratings): RatingQuality {
  let [squares, absolutes] = [0, 0];
  for (let user = 0; user < heldOut.userCount; user++) {
    for (let e = heldOut.offsets[user]; e < heldOut.offsets[user + 1]; e++) {
      const error = model.predict(user, heldOut.items[e]) - heldOut.weights[e];
      squares += error * error;
      absolutes += Math.abs(error);
    }
  }
  const count = Math.max(1, heldOut.items.length);
  return { rmse: Math.sqrt(squares / count), mae: absolutes / count };
}
