import type { Metadata } from 'next';
import Link from 'next/link';
import { setQuantity } from '@/actions/cart.actions.ts';
import { loadCart } from '@/lib/cart.ts';
import { loadPicks } from '@/lib/catalogue.ts';
import { cartCurrency } from '@/lib/currency.ts';
import { openShop, type Shop } from '@/lib/shop.ts';
import { CartLines } from '@/ui/cart-lines.tsx';
import { Codes } from '@/ui/codes.tsx';
import { Frame } from '@/ui/frame.tsx';
import { Picks } from '@/ui/picks.tsx';
import { Applied, NearMisses } from '@/ui/promotion-messages.tsx';
import { SubmitButton } from '@/ui/submit-button.tsx';
import { Totals } from '@/ui/totals.tsx';

export const metadata: Metadata = { title: 'Cart' };

export default async function CartPage() {
  const shop = await openShop();
  const { words, session } = shop;
  const isEmpty = session.lines.length === 0;
  const [evaluation, picks] = await Promise.all([isEmpty ? null : evaluateOwn(shop), loadPicks(shop, { placement: 'cart' })]);
  return (
    <Frame shop={shop}>
      <h1 className="mb-4 text-2xl font-bold">{words.yourCart}</h1>
      {isEmpty && (
        <div className="card p-8 text-center">
          <p className="mb-4">{words.cartEmpty}</p>
          <Link href="/" prefetch={false} className="button">
            {words.goShopping}
          </Link>
        </div>
      )}
      {!isEmpty && !evaluation && <KnownLines shop={shop} />}
      {evaluation && (
        <div className="grid gap-4 lg:grid-cols-[1fr_22rem] lg:items-start">
          <div className="space-y-4">
            <NearMisses evaluation={evaluation} shop={shop} />
            <CartLines evaluation={evaluation} shop={shop} />
          </div>
          <div className="space-y-4">
            <Applied evaluation={evaluation} shop={shop} />
            <Codes codes={evaluation.codes} shop={shop} />
            <div className="card space-y-4 p-4">
              <Totals sums={evaluation} shop={shop} />
              <Link href="/checkout" prefetch={false} className="button w-full text-lg">
                {words.checkout}
              </Link>
            </div>
          </div>
        </div>
      )}
      <Picks picks={picks} title={words.mayLike} shop={shop} />
    </Frame>
  );
}

async function evaluateOwn(shop: Shop) {
  const currency = await cartCurrency(shop);
  return currency === null ? null : loadCart(shop, currency);
}

/** Promolift is away, or a product is not sold any more: the cart is kept, and can be emptied line by line. */
function KnownLines({ shop: { session, words } }: { shop: Shop }) {
  return (
    <div className="card p-4">
      <p className="mb-3">{words.failed}</p>
      <ul className="divide-y divide-line">
        {session.lines.map(({ sku, quantity }) => (
          <li key={sku} className="flex items-center justify-between gap-3 py-2">
            <span>{`${sku} × ${quantity}`}</span>
            <form action={setQuantity}>
              <input type="hidden" name="sku" value={sku} />
              <input type="hidden" name="quantity" value={0} />
              <SubmitButton className="button-quiet text-sm" label={`${words.remove}: ${sku}`}>
                {words.remove}
              </SubmitButton>
            </form>
          </li>
        ))}
      </ul>
    </div>
  );
}
