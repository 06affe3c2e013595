import type { Metadata } from 'next';
import { loadPicks, loadProducts } from '@/lib/catalogue.ts';
import { openShop } from '@/lib/shop.ts';
import { track } from '@/lib/track.ts';
import { Frame } from '@/ui/frame.tsx';
import { Picks } from '@/ui/picks.tsx';
import { ProductShelf } from '@/ui/product-shelf.tsx';

export const metadata: Metadata = { title: 'Search' };

export default async function SearchPage({
  searchParams,
}: {
  searchParams: Promise<{ q?: string | string[]; after?: string | string[] }>;
}) {
  const { q, after } = await searchParams;
  const search = (typeof q === 'string' ? q : '').trim().slice(0, 80);
  const shop = await openShop();
  const page = await loadProducts(shop, { search, ...(typeof after === 'string' && { after }) });
  const picks = page?.nodes.length === 0 ? await loadPicks(shop, { placement: 'search-empty' }) : null;
  if (search && !after) track(shop.session, { name: 'search', params: { search_term: search } });
  const { words } = shop;
  return (
    <Frame shop={shop} query={search}>
      <h1 className="mb-4 text-2xl font-bold">
        {search ? `${words.results} “${search}”` : words.search}
        {page && <span className="ml-2 text-base font-normal text-muted">{`${page.totalCount} ${words.products}`}</span>}
      </h1>
      <h2 className="sr-only">{words.products}</h2>
      <ProductShelf
        page={page}
        shop={shop}
        nextHref={(cursor) => `/search?q=${encodeURIComponent(search)}&after=${encodeURIComponent(cursor)}`}
      />
      {picks && <Picks picks={picks} title={words.popularNow} shop={shop} />}
    </Frame>
  );
}
