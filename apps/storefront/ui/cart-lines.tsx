import type { CartEvaluation, Money } from '@promolift/sdk';
import Link from 'next/link';
import { setQuantity } from '@/actions/cart.actions.ts';
import { formatMoney, textIn } from '@/lib/format.ts';
import type { Shop } from '@/lib/shop.ts';
import { PriceNotice } from './price-notice.tsx';
import { Picture } from './product-card.tsx';
import { SubmitButton } from './submit-button.tsx';

type Line = CartEvaluation['lines'][number];

export function CartLines({ evaluation, shop }: { evaluation: CartEvaluation; shop: Shop }) {
  return (
    <ul className="card divide-y divide-line">
      {evaluation.lines.map((line) => (
        <LineRow key={line.lineId} line={line} evaluation={evaluation} shop={shop} />
      ))}
    </ul>
  );
}

function LineRow({ line, evaluation, shop }: { line: Line; evaluation: CartEvaluation; shop: Shop }) {
  const { words, locale } = shop;
  const { product, quantity, isGift, final, priceNotice } = line;
  const struck = struckPrice(line);
  return (
    <li className="grid grid-cols-[4.5rem_1fr_auto] gap-3 p-3">
      <Picture product={product} />
      <div className="min-w-0">
        <Link href={`/product/${encodeURIComponent(product.sku)}`} prefetch={false} className="font-medium hover:underline">
          {product.name}
        </Link>
        {isGift ? (
          <p className="mt-1 inline-block rounded-full bg-save-soft px-2.5 py-0.5 text-sm font-semibold text-save">{`${words.gift} × ${quantity}`}</p>
        ) : (
          <Stepper line={line} shop={shop} />
        )}
        {line.discounts.map(({ promotionId, amount }) => (
          <p key={promotionId} className="mt-1 text-sm text-save">
            {`−${formatMoney(amount, locale)} · ${messageOf(evaluation, promotionId, shop)}`}
          </p>
        ))}
        {priceNotice && <PriceNotice notice={priceNotice} shop={shop} />}
      </div>
      <div className="text-right">
        {struck && <s className="block text-sm text-muted">{formatMoney(struck, locale)}</s>}
        <p className="font-semibold">{isGift && final.amountMinor === 0 ? words.free : formatMoney(final, locale)}</p>
        {!isGift && quantity > 1 && <p className="text-xs text-muted">{`${formatMoney(line.unitPrice, locale)} ${words.each}`}</p>}
      </div>
    </li>
  );
}

/** The prior price of the whole line where it may be called reduced; null otherwise: a struck price is an announcement. */
function struckPrice({ discount, quantity, priceNotice }: Line): Money | null {
  if (discount.amountMinor === 0 || !priceNotice?.mayAnnounceReduction || !priceNotice.priorPrice) return null;
  return { ...priceNotice.priorPrice, amountMinor: priceNotice.priorPrice.amountMinor * quantity };
}

function messageOf(evaluation: CartEvaluation, promotionId: string, { words, locale }: Shop): string {
  const applied = evaluation.applied.find((promotion) => promotion.promotionId === promotionId);
  return applied ? textIn(applied.message, locale) : words.savedLine;
}

function Stepper({ line: { product, quantity }, shop: { words } }: { line: Line; shop: Shop }) {
  const step = (to: number, sign: string, label: string) => (
    <form action={setQuantity}>
      <input type="hidden" name="sku" value={product.sku} />
      <input type="hidden" name="quantity" value={to} />
      <SubmitButton
        className="size-9 rounded-full border border-line-strong text-lg leading-none hover:bg-sunken"
        label={`${label}: ${product.name}`}
      >
        {sign}
      </SubmitButton>
    </form>
  );
  return (
    <div className="mt-1 flex items-center gap-2">
      {step(quantity - 1, '−', quantity === 1 ? words.remove : words.less)}
      <span className="min-w-6 text-center">
        <span className="sr-only">{`${words.quantity} `}</span>
        {quantity}
      </span>
      {step(quantity + 1, '+', words.more)}
    </div>
  );
}
