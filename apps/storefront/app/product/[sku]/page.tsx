import type { CartEvaluation, Product } from '@promolift/sdk';
import Link from 'next/link';
import { notFound } from 'next/navigation';
import { addToCart } from '@/actions/cart.actions.ts';
import { loadQuote } from '@/lib/cart.ts';
import { loadPicks, loadProduct } from '@/lib/catalogue.ts';
import { formatMoney, majorOf } from '@/lib/format.ts';
import { loadOffers, offersFor } from '@/lib/offers.ts';
import { openShop, type Shop } from '@/lib/shop.ts';
import { track } from '@/lib/track.ts';
import { categoryName } from '@/lib/words.ts';
import { Frame } from '@/ui/frame.tsx';
import { Offers } from '@/ui/offers.tsx';
import { Picks } from '@/ui/picks.tsx';
import { PriceNotice } from '@/ui/price-notice.tsx';
import { Picture } from '@/ui/product-card.tsx';
import { SubmitButton } from '@/ui/submit-button.tsx';

type Props = { params: Promise<{ sku: string }>; searchParams: Promise<{ from?: string | string[] }> };
type Quote = CartEvaluation['lines'][number] | null;

const FEW = 5;

export default async function ProductPage({ params, searchParams }: Props) {
  const [{ sku: raw }, { from }] = await Promise.all([params, searchParams]);
  const sku = decodeURIComponent(raw);
  const token = typeof from === 'string' ? from.slice(0, 200) : undefined;
  const shop = await openShop();
  const [product, offers, picks] = await Promise.all([
    loadProduct(shop, sku),
    loadOffers(shop),
    loadPicks(shop, { placement: 'product', productSku: sku }),
  ]);
  if (product === null) notFound();
  if (product === undefined)
    return (
      <Frame shop={shop}>
        <h1 className="card p-6 text-center text-lg">{shop.words.awayEmpty}</h1>
      </Frame>
    );
  const { currency } = product.price;
  const quote = await loadQuote(shop, currency, sku);
  track(shop.session, {
    name: 'view_item',
    trackingToken: token,
    params: { currency, value: majorOf(product.price), items: [{ item_id: sku, quantity: 1, price: majorOf(product.price) }] },
  });
  return (
    <Frame shop={shop} {...(product.category && { categoryKey: product.category.key })}>
      <title>{`${product.name} · Marigold`}</title>
      <div className="grid gap-6 sm:grid-cols-2">
        <Picture product={product} className="mx-auto max-w-md" />
        <div>
          {product.category && (
            <Link
              href={`/category/${encodeURIComponent(product.category.key)}`}
              prefetch={false}
              className="text-sm text-link underline-offset-4 hover:underline"
            >
              {categoryName(product.category, shop.locale)}
            </Link>
          )}
          <h1 className="mt-1 text-2xl font-bold sm:text-3xl">{product.name}</h1>
          <Price product={product} quote={quote} shop={shop} />
          <Stock product={product} shop={shop} />
          <Offers offers={offersFor(offers, sku)} shop={shop} />
          <Buy product={product} shop={shop} token={token} />
          <p className="mt-4 text-sm text-muted">{`${shop.words.sku} ${product.sku}`}</p>
        </div>
      </div>
      <Picks picks={picks} title={shop.words.goesWith} shop={shop} />
    </Frame>
  );
}

/** Only a price that may be called reduced stands beside a struck one, and the struck one is the prior price. */
function Price({ product, quote, shop }: { product: Product; quote: Quote; shop: Shop }) {
  const { words, locale } = shop;
  const isCheaper = quote !== null && quote.discount.amountMinor > 0;
  const notice = (isCheaper && quote.priceNotice) || product.priceNotice;
  return (
    <div className="my-3">
      <p className="flex flex-wrap items-baseline gap-x-3 text-3xl font-bold">
        <span className={isCheaper ? 'text-save' : ''}>{formatMoney(isCheaper ? quote.final : product.price, locale)}</span>
        {notice.mayAnnounceReduction && notice.priorPrice && (
          <s className="text-lg font-normal text-muted">{formatMoney(notice.priorPrice, locale)}</s>
        )}
        {isCheaper && <span className="text-sm font-semibold text-save">{words.withOffer}</span>}
      </p>
      <PriceNotice notice={notice} shop={shop} />
    </div>
  );
}

function Stock({ product: { stock }, shop: { words } }: { product: Product; shop: Shop }) {
  if (stock === null) return null;
  return <p className="text-sm text-muted">{stock <= 0 ? words.soldOut : stock <= FEW ? words.lowStock : words.inStock}</p>;
}

function Buy({ product, shop, token }: { product: Product; shop: Shop; token: string | undefined }) {
  if (product.stock !== null && product.stock <= 0) return null;
  return (
    <form action={addToCart} className="mt-4">
      <input type="hidden" name="sku" value={product.sku} />
      {token && <input type="hidden" name="token" value={token} />}
      <SubmitButton className="button w-full text-lg sm:w-auto sm:px-10">{shop.words.add}</SubmitButton>
    </form>
  );
}
