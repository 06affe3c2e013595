import { type CartEvaluation, codesOf, endsWithAnOrder, enteredCode, type LimitCounter, type LivePromotion } from '@promolift/domain';
import type { Shopper } from '../users/shopper.ts';
import { countersFor, type Limited } from './shopper-state.ts';

/** Promotion id → the code of the cart that a use of it would count. */
export const codesEntered = (
  typed: readonly string[],
  candidates: readonly LivePromotion[],
  accepted: Readonly<Record<string, readonly string[]>>,
): ReadonlyMap<string, string | null> =>
  new Map(
    candidates.map((promotion) => {
      const { promotionId } = promotion;
      return [promotionId, enteredCode([...(codesOf(promotion) ?? []), ...(accepted[promotionId] ?? [])], typed)];
    }),
  );

/** Promotion id → the orders of the shopper that it was decided upon; of what applied and would end with one order more. */
export function ordersSeenBy(
  { applied }: CartEvaluation,
  promotions: readonly LivePromotion[],
  ordersSeen: number | null,
): ReadonlyMap<string, number> {
  const ends = new Set(promotions.flatMap(({ promotionId, condition }) => (condition && endsWithAnOrder(condition) ? [promotionId] : [])));
  return new Map(
    applied.flatMap(({ promotionId }) => (ordersSeen !== null && ends.has(promotionId) ? [[promotionId, ordersSeen] as const] : [])),
  );
}

/** Promotion id → what its use counts against; of what applied. */
export function limitsOfApplied(
  { applied }: CartEvaluation,
  { contents }: Pick<Limited, 'contents'>,
  shopper: Shopper,
  now: Date,
): ReadonlyMap<string, readonly LimitCounter[]> {
  return new Map(
    applied.flatMap(({ campaignId, promotionId, code }) => {
      const content = contents.get(campaignId);
      const promotion = content?.promotions.find(({ id }) => id === promotionId);
      return content && promotion ? [[promotionId, countersFor(content, promotion, shopper, now, code)] as const] : [];
    }),
  );
}
