import Link from 'next/link';
import type { ReactNode } from 'react';
import { chooseReader } from '@/actions/visitor.actions.ts';
import { unitsIn } from '@/lib/session.ts';
import type { Shop } from '@/lib/shop.ts';
import { categoryName } from '@/lib/words.ts';
import { AskedPanel } from './asked-panel.tsx';

/** Head, foot and the panel around one page. Made last, when everything the page asked is known. */
export function Frame({
  shop,
  children,
  query = '',
  categoryKey,
}: {
  shop: Shop;
  children: ReactNode;
  query?: string;
  categoryKey?: string;
}) {
  const { words, state } = shop;
  return (
    <>
      <a href="#content" className="sr-only-focusable">
        {words.skip}
      </a>
      <Head shop={shop} query={query} categoryKey={categoryKey} />
      <main id="content" className="mx-auto max-w-6xl px-4 pt-4 pb-28">
        {state.isAway && (
          <p role="status" className="mb-4 rounded-xl bg-offer-soft px-4 py-3 text-sm">
            {words.away}
          </p>
        )}
        {children}
      </main>
      <Foot shop={shop} />
      <AskedPanel shop={shop} />
    </>
  );
}

function Head({ shop, query, categoryKey }: { shop: Shop; query: string; categoryKey: string | undefined }) {
  const { words, session, categories, locale } = shop;
  const units = unitsIn(session);
  return (
    <header className="border-b border-line bg-surface">
      <div className="mx-auto flex max-w-6xl flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3">
        <Link href="/" prefetch={false} className="flex items-center gap-2 text-xl font-bold">
          <Flower />
          {words.shop}
        </Link>
        <search className="order-last w-full sm:order-none sm:w-auto sm:flex-1">
          <form action="/search">
            <label className="sr-only" htmlFor="q">
              {words.search}
            </label>
            <input
              id="q"
              name="q"
              type="search"
              defaultValue={query}
              placeholder={words.searchPlaceholder}
              className="field"
              enterKeyHint="search"
            />
          </form>
        </search>
        <Link
          href="/people"
          prefetch={false}
          className="ml-auto max-w-36 truncate text-sm text-link underline-offset-4 hover:underline sm:ml-0"
          title={words.switchShopper}
        >
          <span className="sr-only">{`${words.shoppingAs} `}</span>
          {session.userId ?? words.guest}
        </Link>
        <Link href="/cart" prefetch={false} className="button-quiet relative">
          <CartIcon />
          <span className="max-sm:sr-only">{words.cart}</span>
          <span className="rounded-full bg-brand px-2 text-sm text-brand-ink">{units}</span>
        </Link>
      </div>
      {categories.length > 0 && (
        <nav aria-label={words.categories} className="mx-auto flex max-w-6xl gap-1 overflow-x-auto px-3 pb-2">
          {categories.map((category) => (
            <Link
              key={category.key}
              href={`/category/${encodeURIComponent(category.key)}`}
              prefetch={false}
              aria-current={category.key === categoryKey ? 'page' : undefined}
              className="rounded-full px-3 py-1.5 text-sm whitespace-nowrap hover:bg-sunken aria-[current]:bg-brand aria-[current]:font-semibold aria-[current]:text-brand-ink"
            >
              {categoryName(category, locale)}
            </Link>
          ))}
        </nav>
      )}
    </header>
  );
}

function Foot({ shop: { words, locale, theme } }: { shop: Shop }) {
  const other = locale === 'en' ? 'zh' : 'en';
  return (
    <footer className="border-t border-line bg-surface pt-6 pb-20 text-sm text-muted">
      <div className="mx-auto flex max-w-6xl flex-wrap items-center gap-3 px-4">
        <p className="mr-auto">{words.checkoutNote}</p>
        <form action={chooseReader} className="flex flex-wrap gap-2">
          <button type="submit" name="locale" value={other} lang={other === 'zh' ? 'zh-CN' : 'en'} className="button-quiet text-sm">
            {words.otherLanguage}
          </button>
          <button
            type="submit"
            name="theme"
            value={theme === 'light' ? 'system' : 'light'}
            aria-pressed={theme === 'light'}
            className="button-quiet text-sm aria-pressed:bg-sunken"
          >
            {words.light}
          </button>
          <button
            type="submit"
            name="theme"
            value={theme === 'dark' ? 'system' : 'dark'}
            aria-pressed={theme === 'dark'}
            className="button-quiet text-sm aria-pressed:bg-sunken"
          >
            {words.dark}
          </button>
        </form>
      </div>
    </footer>
  );
}

const Flower = () => (
  <svg viewBox="0 0 32 32" className="size-8" aria-hidden="true">
    <g fill="#f2a81d">
      <circle cx="16" cy="7" r="6" />
      <circle cx="24" cy="12" r="6" />
      <circle cx="22" cy="22" r="6" />
      <circle cx="10" cy="22" r="6" />
      <circle cx="8" cy="12" r="6" />
    </g>
    <circle cx="16" cy="16" r="6" fill="#b4560c" />
  </svg>
);

const CartIcon = () => (
  <svg
    viewBox="0 0 24 24"
    className="size-5"
    fill="none"
    stroke="currentColor"
    strokeWidth="2"
    strokeLinecap="round"
    strokeLinejoin="round"
    aria-hidden="true"
  >
    <path d="M3 4h2l2.4 11h10.2L20 8H6.2" />
    <circle cx="9" cy="19.5" r="1.5" />
    <circle cx="16.5" cy="19.5" r="1.5" />
  </svg>
);
