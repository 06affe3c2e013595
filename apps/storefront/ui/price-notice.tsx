import type { PriceNotice as Notice } from '@promolift/sdk';
import { fill, formatDay, formatMoney, formatPercent, textIn } from '@/lib/format.ts';
import type { Shop } from '@/lib/shop.ts';

/** What may and must be said beside a price: the honest percentage, the unit price, how long it holds, and that it is personal. */
export function PriceNotice({ notice, shop: { words, locale } }: { notice: Notice; shop: Pick<Shop, 'words' | 'locale'> }) {
  const { mayAnnounceReduction, announcedReductionBasisPoints, priorPrice, unitPrice, validUntil, disclosure } = notice;
  const lines = [
    mayAnnounceReduction && priorPrice
      ? fill(words.belowPrior, { percent: formatPercent(announcedReductionBasisPoints, locale), price: formatMoney(priorPrice, locale) })
      : null,
    unitPrice ? `${formatMoney(unitPrice.price, locale)} / ${words[`per_${perOf(unitPrice.per)}`]}` : null,
    validUntil ? `${words.until} ${formatDay(validUntil, locale)}` : null,
  ].filter((line) => line !== null);
  return (
    <>
      {lines.length > 0 && <p className="text-xs text-muted">{lines.join(' · ')}</p>}
      {disclosure && (
        <p role="note" className="text-xs text-muted">
          {textIn(disclosure, locale)}
        </p>
      )}
    </>
  );
}

const BASES = ['kg', 'l', 'm', 'piece'] as const;
const perOf = (per: string): (typeof BASES)[number] => BASES.find((base) => base === per) ?? 'piece';
