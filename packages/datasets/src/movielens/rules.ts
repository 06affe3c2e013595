import type { CleaningRule } from '../shared/import-report.ts';
import { TABLE_RULES } from '../shared/reader.ts';

/** Genre of each 0/1 column of `u.item`, in its order. */
export const GENRES = [
  'unknown',
  'Action',
  'Adventure',
  'Animation',
  "Children's",
  'Comedy',
  'Crime',
  'Documentary',
  'Drama',
  'Fantasy',
  'Film-Noir',
  'Horror',
  'Musical',
  'Mystery',
  'Romance',
  'Sci-Fi',
  'Thriller',
  'War',
  'Western',
] as const;

export const MOVIELENS_RULES: readonly CleaningRule[] = [
  ...TABLE_RULES,
  {
    reason: 'no_price',
    column: 'title',
    outcome: 'kept',
    statement: 'Films have no price: priceMinor is 0 with the attribute price_source: none. No promotion can be made from this data set.',
  },
  { reason: 'bad_rating', column: 'rating', outcome: 'rejected', statement: 'A rating must be a multiple of 0.5 from 0.5 to 5.' },
  {
    reason: 'bad_timestamp',
    column: 'timestamp',
    outcome: 'rejected',
    statement: 'The timestamp must be seconds since 1970, from 1995 to a day after the import.',
  },
  { reason: 'unknown_film', column: 'item', outcome: 'rejected', statement: 'A rating of a film that the film list lacks is left out.' },
  { reason: 'duplicate_film', column: 'film', outcome: 'rejected', statement: 'A second row of a film number is left out.' },
];
