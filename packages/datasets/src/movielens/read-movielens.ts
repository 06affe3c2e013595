import { basename } from 'node:path';
import { DatasetError } from '../shared/dataset-error.ts';
import { attributesOf, type FormatReader, findPath, type ReadContext, unstatedConsent } from '../shared/reader.ts';
import { Table, type TableOptions } from '../shared/table.ts';
import { GENRES, MOVIELENS_RULES } from './rules.ts';

/** Ratings are the only dated rows; films take the day MovieLens began as the date of what is known about them. */
const FILMS_KNOWN_AT = new Date(Date.UTC(1997, 7, 1));
const U_ITEM_HEADER = ['movieId', 'title', 'released', 'video', 'link', ...GENRES];
const U_DATA_HEADER = ['userId', 'movieId', 'rating', 'timestamp'];

interface Layout {
  films: { path: string; options: TableOptions };
  ratings: { path: string; options: TableOptions };
}

/** MovieLens 100k (`u.item`, `u.data`) and the csv layout of the later sets (`movies.csv`, `ratings.csv`). */
export const movielens: FormatReader = {
  format: 'movielens',
  defaults: { currency: 'USD', timeZone: 'UTC' },
  rules: MOVIELENS_RULES,
  detect: (headers) =>
    headers.has('u.data') || [...headers.values()].some((header) => ['userId', 'movieId', 'rating'].every((name) => header.includes(name))),
  async *read(context) {
    const { films, ratings } = layoutOf(context.paths);
    await readFilms(films.path, films.options, context);
    yield* context.sink.full();
    const table = await Table.open(ratings.path, { ...ratings.options, limit: context.options.limit });
    const tally = context.tally(ratings.path);
    const columns = table.columns(['userId', 'movieId', 'rating', 'timestamp']);
    const users = new Set<string>();
    for await (const rows of table.batches(tally)) {
      for (const row of rows) {
        const user = row[columns.userId] ?? '';
        const sku = row[columns.movieId] ?? '';
        const rating = Number(row[columns.rating]);
        const seconds = Number(row[columns.timestamp]);
        const at = new Date(seconds * 1_000);
        const fault = faultOf(context, sku, rating, at);
        if (fault) {
          tally.apply(fault, row.join(' '));
          continue;
        }
        emitUser(user, users, context);
        context.sink.push({
          kind: 'event',
          eventId: `movielens-${user}-${sku}-${seconds}`,
          type: 'rate_item',
          userExternalId: user,
          anonymousId: null,
          sku,
          at,
          quantity: null,
          valueMinor: null,
          currency: null,
          rating,
          query: null,
          orderExternalId: null,
        });
      }
      yield* context.sink.full();
    }
    yield* context.sink.rest();
  },
};

function layoutOf(paths: readonly string[]): Layout {
  const named = (name: string): string | undefined => paths.find((path) => basename(path).replace(/\.gz$/i, '').toLowerCase() === name);
  const oldFilms = named('u.item');
  const oldRatings = named('u.data');
  if (oldFilms && oldRatings) {
    return {
      films: { path: oldFilms, options: { delimiter: '|', quote: false, encoding: 'latin1', header: U_ITEM_HEADER } },
      ratings: { path: oldRatings, options: { delimiter: '\t', quote: false, header: U_DATA_HEADER } },
    };
  }
  const films = findPath(paths, 'movies');
  const ratings = findPath(paths, 'ratings');
  if (films && ratings) return { films: { path: films, options: {} }, ratings: { path: ratings, options: {} } };
  throw new DatasetError('FILE_NOT_FOUND', 'the data set needs u.item and u.data, or movies.csv and ratings.csv');
}

async function readFilms(path: string, options: TableOptions, context: ReadContext): Promise<void> {
  const table = await Table.open(path, options);
  const tally = context.tally(path);
  const columns = table.columns(['movieId', 'title']);
  const genresAt = table.optionalColumn('genres');
  const firstFlagAt = table.optionalColumn(GENRES[0]);
  for await (const rows of table.batches(tally)) {
    for (const row of rows) {
      const sku = row[columns.movieId] ?? '';
      if (context.catalog.has(sku)) {
        tally.apply('duplicate_film', sku);
        continue;
      }
      tally.apply('no_price');
      const genres = genresAt >= 0 ? (row[genresAt] ?? '').split('|') : GENRES.filter((_, at) => row[firstFlagAt + at] === '1');
      for (const genre of genres) context.catalog.category(genre, genre, null);
      const attributes = { price_source: 'none', ...attributesOf({ genres: genres.join('|') }) };
      const name = row[columns.title] ?? sku;
      context.catalog.product({
        sku,
        name,
        categoryKey: genres[0] ?? null,
        priceMinor: 0,
        costMinor: null,
        stock: null,
        attributes,
        at: FILMS_KNOWN_AT,
      });
    }
  }
}

function faultOf(context: ReadContext, sku: string, rating: number, at: Date): string | null {
  if (!(rating >= 0.5 && rating <= 5 && Number.isInteger(rating * 2))) return 'bad_rating';
  if (Number.isNaN(at.getTime()) || !context.isPossible(at)) return 'bad_timestamp';
  return context.catalog.has(sku) ? null : 'unknown_film';
}

function emitUser(user: string, users: Set<string>, context: ReadContext): void {
  if (users.has(user)) return;
  users.add(user);
  context.sink.push({ kind: 'user', externalId: user, createdAt: null, email: null, ...unstatedConsent(context.options) });
}
