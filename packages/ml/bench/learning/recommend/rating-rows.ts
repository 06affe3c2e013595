import {
  createRandom,
  evaluateRatings,
  fitBaseline,
  fitBiasedMf,
  fitBlend,
  fitCoClustering,
  fitNeighbours,
  fitNonNegativeMf,
  fitSlopeOne,
  fitSvdPlusPlus,
  type Random,
  type RatingModel,
  type Ratings,
} from '../../../src/index.ts';
import type { PartOptions } from '../part.ts';
import { type Fold, mean, timed } from './movie-lens.ts';

const TABLE = 'Rating prediction, MovieLens 100K, folds u1..u5';
/** Measured on the same folds with Surprise 1.1.4; co-clustering's is from its README (random folds, which are easier). */
const SURPRISE = 'Surprise 1.1.4, same folds';
const SURPRISE_README = 'Surprise README, random folds';
const TOLERANCE = 0.004;
const SEEDS = [1, 2, 3]; // Models that start from chance differ more between seeds than from Surprise.

type Contestant = {
  what: string;
  fit(ratings: Ratings, random: Random): RatingModel;
  published: { source: string; value: number } | null;
  /** Of Surprise, a fold with its predictions. */
  publishedSeconds?: number;
  goal?: number;
  isShort?: boolean;
  seeds?: number[];
};

const SURPRISE_SVD = { factors: 100, epochs: 20, learningRate: 0.005, regularisation: 0.02 };
const LONG_SVD_PLUS_PLUS = { factors: 50, epochs: 60, learningRate: 0.005, regularisation: 0.1 };

const CONTESTANTS: Contestant[] = [
  { what: 'baseline', fit: (rows) => fitBaseline(rows), published: { source: SURPRISE, value: 0.9457 }, isShort: true },
  {
    what: 'KNNBasic (users)',
    fit: (rows) => fitNeighbours(rows, { relativeTo: 'nothing', between: 'users' }),
    published: { source: SURPRISE, value: 0.9801 },
  },
  {
    what: 'KNNWithMeans (users)',
    publishedSeconds: 3.2,
    fit: (rows) => fitNeighbours(rows, { relativeTo: 'means', between: 'users' }),
    published: { source: SURPRISE, value: 0.9527 },
  },
  {
    what: 'KNNBaseline (users)',
    fit: (rows) => fitNeighbours(rows, { between: 'users', similarity: { measure: 'mean-squared-difference' } }),
    published: { source: SURPRISE, value: 0.9323 },
  },
  {
    what: 'KNNBaseline (items, Pearson-baseline)',
    fit: (rows) => fitNeighbours(rows),
    published: { source: SURPRISE, value: 0.9204 },
    isShort: true,
  },
  { what: 'Slope One', fit: (rows) => fitSlopeOne(rows), published: { source: SURPRISE, value: 0.947 } },
  {
    what: 'co-clustering',
    fit: (rows, random) => fitCoClustering(rows, random),
    published: { source: SURPRISE_README, value: 0.963 },
    seeds: SEEDS,
  },
  {
    what: 'non-negative MF',
    fit: (rows, random) => fitNonNegativeMf(rows, random),
    published: { source: SURPRISE, value: 0.9689 },
    seeds: SEEDS,
  },
  {
    what: 'SVD as in Surprise',
    publishedSeconds: 1.66,
    fit: (rows, random) => fitBiasedMf(rows, random, SURPRISE_SVD),
    published: { source: SURPRISE, value: 0.938 },
    isShort: true,
  },
  { what: 'biased MF, 50 factors', fit: (rows, random) => fitBiasedMf(rows, random), published: { source: SURPRISE, value: 0.9149 } },
  { what: 'SVD++ as in Surprise', fit: (rows, random) => fitSvdPlusPlus(rows, random), published: { source: SURPRISE, value: 0.9218 } },
  {
    what: 'SVD++, 50 factors',
    fit: (rows, random) => fitSvdPlusPlus(rows, random, LONG_SVD_PLUS_PLUS),
    published: null,
    goal: 0.92,
    isShort: true,
  },
  { what: 'blend', fit: (rows, random) => fitBlend(rows, random), published: null, goal: 0.912 },
];

/** RMSE of every rating model, and the time it takes to learn one fold. */
export function ratingRows(folds: readonly Fold[], { short, report }: PartOptions): void {
  for (const { what, fit, published, publishedSeconds, goal, isShort, seeds = [1] } of CONTESTANTS) {
    if (short && !isShort) continue;
    const runs = folds.flatMap(({ train, heldOut }) =>
      seeds.map((seed) => {
        const { value: model, seconds } = timed(() => fit(train, createRandom(seed)));
        return { seconds, ...evaluateRatings(model, heldOut) };
      }),
    );
    const row = { table: TABLE, what, better: 'lower', peer: null } as const;
    report({
      ...row,
      measure: 'RMSE',
      ours: mean(runs.map(({ rmse }) => rmse)),
      published,
      goal: goal ?? (published ? published.value + TOLERANCE : null),
      kind: 'quality',
    });
    report({
      ...row,
      measure: 'CPU s to learn a fold',

      ours: Math.min(...runs.map(({ seconds }) => seconds)),
      published: publishedSeconds === undefined ? null : { source: 'Surprise, learn and predict a fold', value: publishedSeconds },
      goal: null,
      kind: 'time',
    });
  }
}
