import type { Metadata } from 'next';
import Link from 'next/link';
import { redirect } from 'next/navigation';
import { placeOrder } from '@/actions/order.actions.ts';
import { loadCart } from '@/lib/cart.ts';
import { cartCurrency } from '@/lib/currency.ts';
import { formatMoney, majorOf } from '@/lib/format.ts';
import { openShop, type Shop } from '@/lib/shop.ts';
import { track } from '@/lib/track.ts';
import { Frame } from '@/ui/frame.tsx';
import { Applied } from '@/ui/promotion-messages.tsx';
import { SubmitButton } from '@/ui/submit-button.tsx';
import { Totals } from '@/ui/totals.tsx';

export const metadata: Metadata = { title: 'Checkout' };
type Problem = { problem?: string | string[]; before?: string | string[] };

export default async function CheckoutPage({ searchParams }: { searchParams: Promise<Problem> }) {
  const problem = await searchParams;
  const shop = await openShop();
  const { words, session, locale } = shop;
  if (session.lines.length === 0) redirect('/cart');
  const currency = await cartCurrency(shop);
  const evaluation = currency === null ? null : await loadCart(shop, currency);
  if (evaluation === null || currency === null) {
    return (
      <Frame shop={shop}>
        <h1 className="mb-4 text-2xl font-bold">{words.checkout}</h1>
        <p className="card p-6">
          {words.failed}{' '}
          <Link href="/cart" prefetch={false} className="text-link underline">
            {words.yourCart}
          </Link>
        </p>
      </Frame>
    );
  }
  const items = evaluation.lines
    .filter(({ isGift }) => !isGift)
    .map(({ product, quantity, unitPrice }) => ({ item_id: product.sku, quantity, price: majorOf(unitPrice) }));
  track(session, { name: 'begin_checkout', params: { currency, value: majorOf(evaluation.total), items } });
  return (
    <Frame shop={shop}>
      <div className="mx-auto max-w-xl space-y-4">
        <h1 className="text-2xl font-bold">{words.checkout}</h1>
        <Refused problem={problem} total={evaluation.total} shop={shop} />
        <ul className="card divide-y divide-line">
          {evaluation.lines.map((line) => (
            <li key={line.lineId} className="flex justify-between gap-3 px-4 py-2">
              <span>
                {`${line.quantity} × ${line.product.name}`}
                {line.isGift && ` (${words.gift})`}
              </span>
              <span className="whitespace-nowrap">{line.isGift ? words.free : formatMoney(line.final, locale)}</span>
            </li>
          ))}
        </ul>
        <Applied evaluation={evaluation} shop={shop} />
        <div className="card p-4">
          <Totals sums={evaluation} shop={shop} />
        </div>
        <form action={placeOrder}>
          <input type="hidden" name="expectedTotalMinor" value={evaluation.total.amountMinor} />
          <input type="hidden" name="currency" value={currency} />
          <SubmitButton className="button w-full text-lg">{`${words.placeOrder} · ${formatMoney(evaluation.total, locale)}`}</SubmitButton>
        </form>
        <p className="text-center text-sm text-muted">{words.checkoutNote}</p>
      </div>
    </Frame>
  );
}

function Refused({
  problem: { problem, before },
  total,
  shop: { words, locale },
}: {
  problem: Problem;
  total: { amountMinor: number; currency: string };
  shop: Shop;
}) {
  if (!problem) return null;
  const beforeMinor = Number(before);
  const isPrice = problem === 'price';
  return (
    <div role="alert" className="rounded-2xl border border-bad bg-surface p-4">
      <p className="font-semibold">{isPrice ? words.priceChanged : words.failed}</p>
      {isPrice && Number.isSafeInteger(beforeMinor) && (
        <p className="mt-1">{`${words.oldTotal} ${formatMoney({ ...total, amountMinor: beforeMinor }, locale)} → ${words.newTotal} ${formatMoney(total, locale)}`}</p>
      )}
    </div>
  );
}
