import { multiplyDivide } from '../shared/integer-arithmetic.ts';

/**
 * Points and gift cards are money that the shop owes already: they pay a price and never change it, so no floor, cap, tax or
 * margin knows of them.
 */
export interface Payment {
  readonly accountId: string;
  readonly kind: 'points' | 'gift_card';
  readonly amountMinor: number;
  /** What is taken from the account: points, or minor units of a gift card. */
  readonly units: number;
}

export interface Payments {
  readonly means: readonly Payment[];
  /** Of what is due now, what must be paid otherwise. */
  readonly dueNowMinor: number;
  /** Of the total, what is paid otherwise, now or later. */
  readonly restMinor: number;
}

export interface PointsMeans {
  readonly accountId: string;
  /** As many as the shopper wants to spend. */
  readonly wantedPoints: number;
  readonly balancePoints: number;
  /** null = points are worth nothing in this currency. */
  readonly pointsPerMinor: number | null;
}
export interface GiftCardMeans {
  readonly accountId: string;
  readonly balanceMinor: number;
}

/** Points first, then gift cards in the order in which they were given. Only whole minor units are paid: odd points stay. */
export function planPayments(
  { totalMinor, dueNowMinor }: { readonly totalMinor: number; readonly dueNowMinor: number },
  points: PointsMeans | null,
  giftCards: readonly GiftCardMeans[],
): Payments {
  const means: Payment[] = [];
  let dueMinor = dueNowMinor;
  const pay = (accountId: string, kind: Payment['kind'], offeredMinor: number, unitsPerMinor: number) => {
    const amountMinor = Math.min(offeredMinor, dueMinor);
    if (amountMinor <= 0 || means.some((one) => one.accountId === accountId)) return;
    dueMinor -= amountMinor;
    means.push({ accountId, kind, amountMinor, units: amountMinor * unitsPerMinor });
  };
  if (points?.pointsPerMinor) {
    const spendable = Math.min(points.wantedPoints, points.balancePoints);
    pay(points.accountId, 'points', multiplyDivide(spendable, 1, points.pointsPerMinor).quotient, points.pointsPerMinor);
  }
  for (const { accountId, balanceMinor } of giftCards) pay(accountId, 'gift_card', balanceMinor, 1);
  return { means, dueNowMinor: dueMinor, restMinor: totalMinor - (dueNowMinor - dueMinor) };
}

/** What one refund gives back by each means, in the order of `paidMinor`, and the rest by whatever paid the rest. */
export interface RefundShares {
  readonly sharesMinor: readonly number[];
  readonly restMinor: number;
}

/**
 * Splits a refund over the means in proportion to what each paid. Any sequence of refunds gives each means the same as one
 * refund of their sum, and all of the total gives each exactly what it paid: each share is a difference of `refundedUpTo`,
 * which never falls.
 */
export function splitRefund(paidMinor: readonly number[], totalMinor: number, beforeMinor: number, refundMinor: number): RefundShares {
  const before = refundedUpTo(paidMinor, totalMinor, beforeMinor);
  const after = refundedUpTo(paidMinor, totalMinor, beforeMinor + refundMinor);
  return {
    sharesMinor: after.sharesMinor.map((share, index) => share - (before.sharesMinor[index] ?? 0)),
    restMinor: after.restMinor - before.restMinor,
  };
}

/**
 * One means after the other takes its floor of what the ones before it left. When one more minor unit is refunded, each step passes on
 * one or keeps one, so no share ever falls; largest remainder has no such guarantee.
 */
function refundedUpTo(paidMinor: readonly number[], totalMinor: number, upToMinor: number): RefundShares {
  let left = Math.min(upToMinor, totalMinor);
  let whole = totalMinor;
  const sharesMinor = paidMinor.map((paid) => {
    const share = whole === 0 ? 0 : multiplyDivide(left, paid, whole).quotient;
    left -= share;
    whole -= paid;
    return share;
  });
  return { sharesMinor, restMinor: left };
}
