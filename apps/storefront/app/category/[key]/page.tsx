import { loadPicks, loadProducts } from '@/lib/catalogue.ts';
import { openShop } from '@/lib/shop.ts';
import { categoryName } from '@/lib/words.ts';
import { Frame } from '@/ui/frame.tsx';
import { Picks } from '@/ui/picks.tsx';
import { ProductShelf } from '@/ui/product-shelf.tsx';

type Props = { params: Promise<{ key: string }>; searchParams: Promise<{ after?: string | string[] }> };

export default async function CategoryPage({ params, searchParams }: Props) {
  const [{ key: raw }, { after }] = await Promise.all([params, searchParams]);
  const key = decodeURIComponent(raw);
  const isFirst = typeof after !== 'string';
  const shop = await openShop();
  const [page, picks] = await Promise.all([
    loadProducts(shop, { categoryKey: key, ...(isFirst ? {} : { after }) }),
    isFirst ? loadPicks(shop, { placement: 'category', categoryKey: key }) : null,
  ]);
  const category = shop.categories.find((known) => known.key === key);
  return (
    <Frame shop={shop} categoryKey={key}>
      <title>{`${category?.name ?? key} · Marigold`}</title>
      <h1 className="mb-4 text-2xl font-bold">
        {category ? categoryName(category, shop.locale) : key}
        {page && <span className="ml-2 text-base font-normal text-muted">{`${page.totalCount} ${shop.words.products}`}</span>}
      </h1>
      {picks && <Picks picks={picks} title={shop.session.userId ? shop.words.forYou : shop.words.popularNow} shop={shop} />}
      <h2 className="sr-only">{shop.words.products}</h2>
      <ProductShelf
        page={page}
        shop={shop}
        nextHref={(cursor) => `/category/${encodeURIComponent(key)}?after=${encodeURIComponent(cursor)}`}
      />
    </Frame>
  );
}
