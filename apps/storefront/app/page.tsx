import Link from 'next/link';
import { loadPicks, loadProducts } from '@/lib/catalogue.ts';
import { loadOffers } from '@/lib/offers.ts';
import { openShop, type Shop } from '@/lib/shop.ts';
import { categoryName } from '@/lib/words.ts';
import { Frame } from '@/ui/frame.tsx';
import { Offers } from '@/ui/offers.tsx';
import { Picks } from '@/ui/picks.tsx';
import { Picture } from '@/ui/product-card.tsx';
import { ProductShelf } from '@/ui/product-shelf.tsx';

export default async function HomePage() {
  const shop = await openShop();
  const [picks, offers, products] = await Promise.all([
    loadPicks(shop, { placement: 'home', first: 10 }),
    loadOffers(shop),
    loadProducts(shop, { sort: 'NEWEST', first: 16 }),
  ]);
  const { words } = shop;
  const isPersonal =
    picks.servedBy === 'MODEL' || picks.servedBy === 'SEGMENT' || (picks.servedBy === 'CACHE' && shop.session.userId !== null);
  return (
    <Frame shop={shop}>
      <h1 className="text-2xl font-bold sm:text-3xl">{words.tagline}</h1>
      <Offers offers={offers} shop={shop} />
      <Picks picks={picks} title={isPersonal ? words.forYou : words.popularNow} shop={shop} />
      <CategoryTiles shop={shop} />
      <section aria-labelledby="fresh">
        <h2 id="fresh" className="mb-3 text-xl font-bold">
          {words.fresh}
        </h2>
        <ProductShelf page={products} shop={shop} />
      </section>
    </Frame>
  );
}

function CategoryTiles({ shop: { categories, words, locale } }: { shop: Shop }) {
  if (categories.length === 0) return null;
  return (
    <section aria-labelledby="categories" className="my-6">
      <h2 id="categories" className="mb-2 text-xl font-bold">
        {words.categories}
      </h2>
      <ul className="grid grid-cols-3 gap-3 sm:grid-cols-5">
        {categories.slice(0, 10).map((category) => (
          <li key={category.key}>
            <Link
              href={`/category/${encodeURIComponent(category.key)}`}
              prefetch={false}
              className="card block p-2 text-center text-sm font-medium hover:underline"
            >
              <Picture product={{ sku: category.key, name: '', category }} />
              <span className="mt-1 block">{categoryName(category, locale)}</span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
