import type { Money } from '@promolift/sdk';
import { formatMoney } from '@/lib/format.ts';
import type { Shop } from '@/lib/shop.ts';

type Sums = { subtotal: Money; discount: Money; shipping: Money; total: Money };

export function Totals({ sums, shop: { words, locale } }: { sums: Sums; shop: Shop }) {
  return (
    <dl className="grid grid-cols-[1fr_auto] gap-y-1">
      <dt>{words.subtotal}</dt>
      <dd className="text-right">{formatMoney(sums.subtotal, locale)}</dd>
      {sums.discount.amountMinor > 0 && (
        <>
          <dt className="font-semibold text-save">{words.discount}</dt>
          <dd className="text-right font-semibold text-save">{`−${formatMoney(sums.discount, locale)}`}</dd>
        </>
      )}
      <dt>{words.shipping}</dt>
      <dd className="text-right">{sums.shipping.amountMinor === 0 ? words.free : formatMoney(sums.shipping, locale)}</dd>
      <dt className="mt-2 border-t border-line pt-2 text-lg font-bold">{words.total}</dt>
      <dd className="mt-2 border-t border-line pt-2 text-right text-lg font-bold">{formatMoney(sums.total, locale)}</dd>
    </dl>
  );
}
