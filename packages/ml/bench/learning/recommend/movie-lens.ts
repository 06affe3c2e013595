import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { buildRatings, type Interactions, type Ratings } from '../../../src/index.ts';

export type Fold = { train: Ratings; heldOut: Ratings };

/** GroupLens' own five folds of MovieLens 100K, or null where the data set is missing. */
export function movieLensFolds(data: string): Fold[] | null {
  const path = join(data, 'movielens-100k/ratings_with_folds.csv.gz');
  if (!existsSync(path)) return null;
  const lines = gunzipSync(readFileSync(path)).toString('utf8').split('\n').slice(1).filter(Boolean);
  const rows = lines.map((line) => line.split(',').map(Number));
  const ratings = (kept: number[][]) =>
    buildRatings(
      { userIndex: kept.map(([user]) => user - 1), itemIndex: kept.map(([, item]) => item - 1), value: kept.map((row) => row[2]) },
      { userCount: 943, itemCount: 1_682, lowest: 1, highest: 5 },
    );
  return [1, 2, 3, 4, 5].map((fold) => ({
    train: ratings(rows.filter((row) => row[4] !== fold)),
    heldOut: ratings(rows.filter((row) => row[4] === fold)),
  }));
}

/** The same rows with every rating counting 1. */
export const asChoices = (ratings: Ratings): Interactions => ({ ...ratings, weights: new Float32Array(ratings.weights.length).fill(1) });

export const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/** The result and the seconds of processor time it took: on a busy machine the clock says more of the others. */
export function timed<Value>(work: () => Value): { value: Value; seconds: number } {
  const before = process.cpuUsage();
  const value = work();
  return { value, seconds: process.cpuUsage(before).user / 1e6 };
}
