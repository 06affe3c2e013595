import { createPromolift, type Promolift, type QueryRecord } from '@promolift/sdk';
import { cookies } from 'next/headers';
import { env } from './env.ts';
import { createLastKnown } from './last-known.ts';
import { type Locale, readReader, type Theme } from './reader.ts';
import { newSession, openSession, SESSION_COOKIE, type Session } from './session.ts';
import { type Words, wordsIn } from './words.ts';

type Category = Awaited<ReturnType<Promolift['categories']>>[number];

/** What one page is made with. */
export type Shop = {
  session: Session;
  locale: Locale;
  theme: Theme;
  words: Words;
  promolift: Promolift;
  categories: readonly Category[];
  /** Filled while the page is made: everything it asked. */
  asked: QueryRecord[];
  /** Set when an answer was missing, so that the page says so kindly. */
  state: { isAway: boolean };
};

const TIMEOUT_MS = 1_500;
const CATEGORIES_MS = 60_000;
const lastCategories = createLastKnown<readonly Category[]>();
let freshCategories: { value: readonly Category[]; at: number } | null = null;

export async function readSession(): Promise<Session> {
  return openSession((await cookies()).get(SESSION_COOKIE)?.value) ?? newSession();
}

export const clientWith = (onQuery: (record: QueryRecord) => void): Promolift =>
  createPromolift({ url: env.apiUrl, key: env.storefrontKey, timeoutMs: TIMEOUT_MS, onQuery });

export async function openShop(): Promise<Shop> {
  const [session, { locale, theme }] = await Promise.all([readSession(), readReader()]);
  const asked: QueryRecord[] = [];
  const promolift = clientWith((record) => asked.push(record));
  const shop: Shop = { session, locale, theme, words: wordsIn(locale), promolift, categories: [], asked, state: { isAway: false } };
  return { ...shop, categories: await categoriesOf(shop) };
}

/** Asked once a minute: every page has them in its head. */
async function categoriesOf(shop: Shop): Promise<readonly Category[]> {
  if (freshCategories && Date.now() - freshCategories.at < CATEGORIES_MS) return freshCategories.value;
  const { value, isFresh } = await lastCategories.load('all', () => shop.promolift.categories());
  if (isFresh && value) freshCategories = { value, at: Date.now() };
  else shop.state.isAway = true;
  return value ?? [];
}
