import { readRows } from '../../test-data.ts';
import { buildRatings, type Ratings } from './ratings.ts';

let rows: number[][] | undefined;

/** Training and held-out ratings of one of GroupLens' own five folds of MovieLens 100K. */
export function movieLensFold(fold: number): [Ratings, Ratings] {
  rows ??= readRows('movielens-100k/ratings_with_folds.csv.gz').map((row) => row.map(Number));
  const part = (isHeldOut: boolean) => {
    const kept = (rows ?? []).filter((row) => (row[4] === fold) === isHeldOut);
    return buildRatings(
      { userIndex: kept.map((row) => row[0] - 1), itemIndex: kept.map((row) => row[1] - 1), value: kept.map((row) => row[2]) },
      { userCount: 943, itemCount: 1_682, lowest: 1, highest: 5 },
    );
  };
  return [part(false), part(true)];
}
