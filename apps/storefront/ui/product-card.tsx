import type { Product } from '@promolift/sdk';
import Link from 'next/link';
import { addToCart } from '@/actions/cart.actions.ts';
import { formatMoney } from '@/lib/format.ts';
import type { Shop } from '@/lib/shop.ts';
import { PriceNotice } from './price-notice.tsx';
import { SubmitButton } from './submit-button.tsx';

type Pictured = Pick<Product, 'sku' | 'name' | 'category'>;

const pictureOf = ({ sku, name, category }: Pictured): string =>
  `/picture/${encodeURIComponent(category?.key ?? 'all')}/${encodeURIComponent(sku)}?name=${encodeURIComponent(name)}`;

/** The name stands beside every picture, so the picture itself says nothing to a screen reader. */
export function Picture({ product, className = '' }: { product: Pictured; className?: string }) {
  return (
    <img
      src={pictureOf(product)}
      alt=""
      width={200}
      height={200}
      loading="lazy"
      decoding="async"
      className={`aspect-square w-full rounded-xl ${className}`}
    />
  );
}

export function ProductCard({
  product,
  shop,
  reason,
  token,
}: {
  product: Product;
  shop: Shop;
  reason?: string | undefined;
  token?: string | undefined;
}) {
  const { words, locale } = shop;
  const isSoldOut = product.stock !== null && product.stock <= 0;
  return (
    <article className="card flex h-full flex-col p-2.5">
      <Link href={productHref(product, token)} prefetch={false} className="group flex flex-1 flex-col">
        <Picture product={product} />
        <h3 className="mt-2 line-clamp-2 text-sm leading-5 font-medium group-hover:underline">{product.name}</h3>
        {reason && <p className="mt-1 line-clamp-3 text-xs text-muted">{reason}</p>}
      </Link>
      <div className="mt-2 flex items-center justify-between gap-2">
        <div className="min-w-0">
          <p className="font-semibold">{formatMoney(product.price, locale)}</p>
          <PriceNotice notice={product.priceNotice} shop={shop} />
        </div>
        {isSoldOut ? (
          <p className="text-sm text-muted">{words.soldOut}</p>
        ) : (
          <form action={addToCart}>
            <input type="hidden" name="sku" value={product.sku} />
            {token && <input type="hidden" name="token" value={token} />}
            <SubmitButton className="button !min-h-10 !px-3.5 !py-1 text-sm" label={`${words.add}: ${product.name}`}>
              {words.addShort}
            </SubmitButton>
          </form>
        )}
      </div>
    </article>
  );
}

const productHref = ({ sku }: Pictured, token: string | undefined): string =>
  `/product/${encodeURIComponent(sku)}${token ? `?from=${encodeURIComponent(token)}` : ''}`;
