import Link from 'next/link';
import type { ProductPage } from '@/lib/catalogue.ts';
import type { Shop } from '@/lib/shop.ts';
import { ProductCard } from './product-card.tsx';

/** A grid of products with a way to the next ones; says kindly when the shelves are not known. */
export function ProductShelf({
  page,
  shop,
  nextHref,
}: {
  page: ProductPage | null;
  shop: Shop;
  nextHref?: ((after: string) => string) | undefined;
}) {
  const { words } = shop;
  if (page === null) return <p className="card p-6 text-center">{words.awayEmpty}</p>;
  if (page.nodes.length === 0) return <p className="card p-6 text-center">{words.nothingFound}</p>;
  const { hasNextPage, endCursor } = page.pageInfo;
  return (
    <>
      <ul className="shelf">
        {page.nodes.map((product) => (
          <li key={product.sku}>
            <ProductCard product={product} shop={shop} />
          </li>
        ))}
      </ul>
      {nextHref && hasNextPage && endCursor && (
        <p className="mt-6 text-center">
          <Link href={nextHref(endCursor)} prefetch={false} className="button-quiet">
            {words.next}
          </Link>
        </p>
      )}
    </>
  );
}
