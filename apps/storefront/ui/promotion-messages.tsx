import type { CartEvaluation } from '@promolift/sdk';
import { formatMoney, textIn } from '@/lib/format.ts';
import type { Shop } from '@/lib/shop.ts';

/** What applies, as sentences. */
export function Applied({ evaluation, shop: { words, locale } }: { evaluation: CartEvaluation; shop: Shop }) {
  if (evaluation.applied.length === 0) return null;
  return (
    <section aria-labelledby="applied" className="rounded-2xl bg-save-soft p-4">
      <h2 id="applied" className="mb-1 font-bold text-save">
        {words.applied}
      </h2>
      <ul className="space-y-1">
        {evaluation.applied.map((promotion) => (
          <li key={promotion.promotionId} className="flex justify-between gap-3">
            <span>{textIn(promotion.message, locale)}</span>
            <strong className="whitespace-nowrap text-save">{`−${formatMoney(promotion.amount, locale)}`}</strong>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** What is just out of reach: the sentence and how far the cart has come. */
export function NearMisses({ evaluation, shop: { words, locale } }: { evaluation: CartEvaluation; shop: Shop }) {
  if (evaluation.nearMisses.length === 0) return null;
  return (
    <section aria-labelledby="almost" className="rounded-2xl bg-offer-soft p-4">
      <h2 id="almost" className="mb-1 font-bold">
        {words.almost}
      </h2>
      <ul className="space-y-3">
        {evaluation.nearMisses.map(({ promotionId, message, progress }) => {
          const percent = Math.round(Math.min(1, Math.max(0, progress)) * 100);
          const sentence = textIn(message, locale);
          return (
            <li key={promotionId}>
              <p>{sentence}</p>
              <div
                role="progressbar"
                aria-valuenow={percent}
                aria-valuemin={0}
                aria-valuemax={100}
                aria-label={sentence}
                className="mt-1.5 h-2.5 overflow-hidden rounded-full bg-surface"
              >
                <div className="h-full rounded-full bg-brand" style={{ width: `${percent}%` }} />
              </div>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
