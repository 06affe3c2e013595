import type { Recommendations } from '@promolift/sdk';
import type { Shop } from '@/lib/shop.ts';
import { ProductCard } from './product-card.tsx';

/** A row of recommended products, each with its reason. Nothing at all when there are none. */
export function Picks({ picks, title, shop }: { picks: Recommendations; title: string; shop: Shop }) {
  if (picks.items.length === 0) return null;
  return (
    <section aria-labelledby="picks" className="my-6">
      <h2 id="picks" className="mb-2 text-xl font-bold">
        {title}
      </h2>
      <ul className="row">
        {picks.items.map(({ product, reasons }) => (
          <li key={product.sku}>
            <ProductCard product={product} shop={shop} reason={reasons[0]?.text} token={picks.trackingToken} />
          </li>
        ))}
      </ul>
    </section>
  );
}
