import type { ReferralRefusal } from './promotion-kind.ts';

/** What the shop knows of two people, of whom one came with the other's code. null = not known. */
export interface ReferralFacts {
  readonly referrerUserId: string;
  readonly referrerGuestKey: string | null;
  readonly friendUserId: string | null;
  readonly friendGuestKey: string | null;
  /** Has the referrer ordered from the browser that the friend uses now? */
  readonly isSameBrowser: boolean;
  /** Orders of the friend that were not cancelled, before this one. */
  readonly friendOrders: number;
  /** Was the friend rewarded for coming before, in whatever campaign? Once a life. */
  readonly wasFriendRewarded: boolean;
}

/** Why the code earns nothing, whatever the campaign; null = it may. */
export function referralRefusal(facts: ReferralFacts): ReferralRefusal | null {
  const isSameGuest = facts.referrerGuestKey !== null && facts.referrerGuestKey === facts.friendGuestKey;
  if (facts.referrerUserId === facts.friendUserId || isSameGuest || facts.isSameBrowser) return 'SELF_REFERRAL';
  return facts.friendOrders > 0 || facts.wasFriendRewarded ? 'NOT_FIRST_ORDER' : null;
}
