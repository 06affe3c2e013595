import type { Part } from './part.ts';
import { latencyRows } from './recommend/latency-rows.ts';
import { movieLensFolds } from './recommend/movie-lens.ts';
import { rankingRows } from './recommend/ranking-rows.ts';
import { ratingRows } from './recommend/rating-rows.ts';
import { ruleRows } from './recommend/rule-rows.ts';

/** Recommenders: predicted ratings, ranked lists, rules, and the time a list takes. */
export const recommenders: Part = {
  name: 'recommenders',
  async run(options) {
    latencyRows(options);
    ruleRows(options);
    const folds = movieLensFolds(options.data);
    if (!folds) return console.log(`Left out: there is no movielens-100k in ${options.data}.`);
    rankingRows(folds, options);
    ratingRows(folds, options);
  },
};
