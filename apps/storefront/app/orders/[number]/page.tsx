import type { Order } from '@promolift/sdk';
import { notFound } from 'next/navigation';
import { cancelOrder, returnOne } from '@/actions/order.actions.ts';
import { loadPicks } from '@/lib/catalogue.ts';
import { formatDay, formatMoney } from '@/lib/format.ts';
import { createLastKnown } from '@/lib/last-known.ts';
import { openShop, type Shop } from '@/lib/shop.ts';
import { Frame } from '@/ui/frame.tsx';
import { Picks } from '@/ui/picks.tsx';
import { Picture } from '@/ui/product-card.tsx';
import { SubmitButton } from '@/ui/submit-button.tsx';
import { Totals } from '@/ui/totals.tsx';

type Props = { params: Promise<{ number: string }>; searchParams: Promise<{ new?: string; refund?: string; problem?: string }> };
const lastOrders = createLastKnown<Order | null>();

export default async function OrderPage({ params, searchParams }: Props) {
  const [{ number }, { new: isNew, refund, problem }] = await Promise.all([params, searchParams]);
  const shop = await openShop();
  // An order is shown to the session that placed it, to nobody else.
  if (!shop.session.orders.includes(number)) notFound();
  const [{ value: order, isFresh }, picks] = await Promise.all([
    lastOrders.load(number, () => shop.promolift.order(number)),
    loadPicks(shop, { placement: 'order' }),
  ]);
  if (!isFresh) shop.state.isAway = true;
  const { words, locale } = shop;
  return (
    <Frame shop={shop}>
      <title>{`${number} · Marigold`}</title>
      <div className="mx-auto max-w-xl space-y-4">
        <h1 className="text-2xl font-bold">{isNew ? words.thanks : `${words.orderNumber} ${number}`}</h1>
        {isNew && <p>{`${words.orderNumber} ${number}`}</p>}
        {problem && (
          <p role="alert" className="rounded-2xl border border-bad p-4">
            {words.failed}
          </p>
        )}
        {order && refund !== undefined && (
          <p
            role="status"
            className="rounded-2xl bg-save-soft p-4"
          >{`${words.refundNote} ${formatMoney({ ...order.total, amountMinor: Math.max(0, Math.trunc(Number(refund) || 0)) }, locale)}`}</p>
        )}
        {order ? <OrderDetails order={order} shop={shop} /> : <p className="card p-6">{words.awayEmpty}</p>}
      </div>
      <Picks picks={picks} title={words.mayLike} shop={shop} />
    </Frame>
  );
}

function OrderDetails({ order, shop }: { order: Order; shop: Shop }) {
  const { words, locale } = shop;
  const isCancelled = order.status === 'cancelled';
  return (
    <>
      {isCancelled && (
        <p role="status" className="rounded-2xl bg-offer-soft p-4">
          {words.cancelNote}
        </p>
      )}
      {!isCancelled && order.discount.amountMinor > 0 && (
        <div className="rounded-2xl bg-save-soft p-4">
          <p className="text-xl font-bold text-save">{`${words.saved} ${formatMoney(order.discount, locale)}`}</p>
        </div>
      )}
      <p className="text-sm text-muted">{`${words.placedOn} ${formatDay(order.placedAt, locale)}${isCancelled ? ` · ${words.cancelled}` : ''}`}</p>
      <ul className="card divide-y divide-line">
        {order.lines.map((line) => (
          <LineRow key={line.lineNumber} line={line} order={order} shop={shop} />
        ))}
      </ul>
      <div className="card p-4">
        <Totals sums={order} shop={shop} />
      </div>
      {!isCancelled && order.lines.every(({ returnedQuantity }) => returnedQuantity === 0) && (
        <form action={cancelOrder}>
          <input type="hidden" name="externalId" value={order.externalId} />
          <SubmitButton className="button-quiet w-full">{words.cancelOrder}</SubmitButton>
        </form>
      )}
    </>
  );
}

function LineRow({ line, order, shop: { words, locale } }: { line: Order['lines'][number]; order: Order; shop: Shop }) {
  const { product, quantity, isGift, returnedQuantity, unitPrice, discount, lineNumber } = line;
  const paid = { ...unitPrice, amountMinor: unitPrice.amountMinor * quantity - discount.amountMinor };
  const canReturn = order.status === 'placed' && !isGift && returnedQuantity < quantity;
  return (
    <li className="grid grid-cols-[3.5rem_1fr_auto] items-start gap-3 p-3">
      <Picture product={product} />
      <div className="min-w-0">
        <p>{`${quantity} × ${product.name}`}</p>
        {isGift && <p className="text-sm font-semibold text-save">{words.gift}</p>}
        {returnedQuantity > 0 && <p className="text-sm text-muted">{`${returnedQuantity} ${words.returned}`}</p>}
        {canReturn && (
          <form action={returnOne} className="mt-1">
            <input type="hidden" name="externalId" value={order.externalId} />
            <input type="hidden" name="lineNumber" value={lineNumber} />
            <input type="hidden" name="returned" value={returnedQuantity} />
            <SubmitButton className="min-h-8 text-sm text-link underline underline-offset-4" label={`${words.returnOne}: ${product.name}`}>
              {words.returnOne}
            </SubmitButton>
          </form>
        )}
      </div>
      <p className="font-semibold">{isGift ? words.free : formatMoney(paid, locale)}</p>
    </li>
  );
}
