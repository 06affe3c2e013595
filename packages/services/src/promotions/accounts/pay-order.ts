import { type AccountEntryPost, lockAccounts, openPointsAccount, postAccountEntry } from '@promolift/db';
import { accept, type AppliedPromotion, type Refusal, refuse, type Result, type ShopSettings } from '@promolift/domain';
import type { Deps } from '../../shared/deps.ts';
import { cachedSettings } from '../../shared/settings.ts';
import type { EvaluatedCart } from '../evaluate-cart.ts';
import type { OrderRequest } from '../place-order.ts';

const DAY_MS = 86_400_000;
type Posting = AccountEntryPost & { field: string };
export type PaymentRefusal = Refusal & { kind: string };

/**
 * Takes what points and gift cards pay and promises what was earned, in the order's transaction. The plan was made from what
 * this process read; the statement decides on what is true, and a no undoes the order.
 */
export async function payOrder(deps: Deps, cart: EvaluatedCart, orderId: string): Promise<Result<null, PaymentRefusal>> {
  const settings = await cachedSettings.get(deps.sql);
  const earning = cart.evaluation.applied.filter(({ earned }) => earned);
  const own =
    earning.length > 0 && cart.shopper.userId !== null ? await openPointsAccount(deps.em, cart.shopper.userId, cart.decidedAt) : null;
  const postings = [
    ...spendsOf(cart, orderId, settings),
    ...earning.flatMap((applied) => earningsOf(applied, cart, orderId, own, settings)),
  ];
  await lockAccounts(
    deps.em,
    postings.map(({ accountId }) => accountId),
  );
  for (const { field, ...posting } of postings) {
    const posted = await postAccountEntry(deps.em, posting);
    if (!posted.ok) return refuse({ ...posted.refusal, field: [field] });
    // Keys of an order are new, but a shopper is a new customer once: another order of theirs was quicker.
    if (posted.value.isRepeat)
      return refuse({ kind: 'NOT_FIRST_ORDER', message: 'This shopper was rewarded for coming before.', field: [field] });
  }
  return accept(null);
}

/** Why an order cannot be paid as its shopper was told; null = it can. What the statements find out later is refused there. */
export function paymentRefusal(
  { pointsToSpend = 0, expectedDueNowMinor }: Pick<OrderRequest, 'pointsToSpend' | 'expectedDueNowMinor'>,
  { payments, refusedGiftCards, evaluation }: EvaluatedCart,
): PaymentRefusal | null {
  if (refusedGiftCards.length > 0)
    return {
      kind: 'GIFT_CARD_NOT_VALID',
      message: 'A gift card is unknown, has run out or is in another currency.',
      field: ['giftCardCodes'],
    };
  const isPaid = payments.means.some(({ kind }) => kind === 'points');
  if (pointsToSpend > 0 && !isPaid && evaluation.totals.dueNowMinor > 0)
    return { kind: 'NO_POINTS', message: 'The shopper has no points that pay in this currency.', field: ['pointsToSpend'] };
  if (expectedDueNowMinor != null && expectedDueNowMinor !== payments.dueNowMinor)
    return {
      kind: 'PAYMENT_CHANGED',
      message: `${payments.dueNowMinor} is due now, not ${expectedDueNowMinor}.`,
      field: ['expectedDueNowMinor'],
    };
  return null;
}

function spendsOf({ payments, decidedAt }: EvaluatedCart, orderId: string, settings: ShopSettings): Posting[] {
  return payments.means.map(({ accountId, kind, amountMinor, units }) => ({
    accountId,
    kind: 'spend',
    available: -units,
    minor: amountMinor,
    orderId,
    at: decidedAt,
    ...(kind === 'points' && { expiresAt: pointsExpireAt(settings, decidedAt) }),
    key: `spend.${orderId}`,
    field: kind === 'points' ? 'pointsToSpend' : 'giftCardCodes',
  }));
}

function earningsOf(
  { earned, campaignId, promotionId }: AppliedPromotion,
  { decidedAt, referrerAccountId }: EvaluatedCart,
  orderId: string,
  ownAccountId: string | null,
  { returnWindowDays }: ShopSettings,
): Posting[] {
  if (!earned || ownAccountId === null) return [];
  const availableAt = new Date(decidedAt.getTime() + returnWindowDays * DAY_MS);
  const shared = { available: 0, orderId, campaignId, promotionId, at: decidedAt, availableAt, field: 'referralCode' };
  const { points, referrerPoints, maxPerReferrer, lines } = earned;
  if (maxPerReferrer === undefined)
    return [{ ...shared, accountId: ownAccountId, kind: 'earn', pending: points, lines, key: `earn.${orderId}.${promotionId}` }];
  if (referrerAccountId === null) return [];
  return [
    { ...shared, accountId: ownAccountId, kind: 'referred', pending: points, lines, key: `referred.${promotionId}` },
    {
      ...shared,
      accountId: referrerAccountId,
      kind: 'refer',
      pending: referrerPoints,
      lines,
      most: maxPerReferrer,
      key: `refer.${orderId}.${promotionId}`,
    },
  ];
}

/** When points run out that move now; null where they never do. */
export const pointsExpireAt = ({ pointsExpireDays }: Pick<ShopSettings, 'pointsExpireDays'>, at: Date): Date | null =>
  pointsExpireDays === null ? null : new Date(at.getTime() + pointsExpireDays * DAY_MS);
