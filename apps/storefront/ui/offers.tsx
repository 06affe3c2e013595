import { formatDay, textIn } from '@/lib/format.ts';
import type { Offer } from '@/lib/offers.ts';
import type { Shop } from '@/lib/shop.ts';

/** Offers for this very shopper, as sentences. */
export function Offers({ offers, shop }: { offers: readonly Offer[]; shop: Shop }) {
  const { words, locale } = shop;
  if (offers.length === 0) return null;
  return (
    <section aria-labelledby="offers" className="my-4">
      <h2 id="offers" className="sr-only">
        {words.forYouOffers}
      </h2>
      <ul className="grid gap-3 sm:grid-cols-2">
        {offers.map((offer) => (
          <li key={offer.promotionId} className="rounded-2xl bg-offer-soft p-4">
            <p className="font-semibold">{textIn(offer.sentence, locale)}</p>
            <p className="mt-1 text-sm text-muted">
              {offer.code && (
                <>
                  {words.withCode} <code className="rounded bg-surface px-1.5 py-0.5 font-mono font-semibold text-ink">{offer.code}</code> ·{' '}
                </>
              )}
              {`${words.from} ${formatDay(offer.startsAt, locale)} ${words.until} ${formatDay(offer.endsAt, locale)}`}
            </p>
            {offer.disclosure && (
              <p role="note" className="mt-1 text-xs text-muted">
                {textIn(offer.disclosure, locale)}
              </p>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
