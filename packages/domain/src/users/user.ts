/** How a shopper is named: by the shop's own id once known, before that by the browser's. */
export interface UserReference {
  readonly userId: string | null;
  readonly anonymousId: string | null;
}

/** The key that holdouts and limits are counted by; null = nobody known. The user id wins once it is known. */
export function userKey(user: UserReference): string | null {
  if (user.userId) return `user:${user.userId}`;
  return user.anonymousId ? `anonymous:${user.anonymousId}` : null;
}

/** Is it the key of somebody whom the shop knows by name, and not of a browser? */
export const isAccountKey = (key: string | null): boolean => key?.startsWith('user:') === true;

/** Stages of a shopper's life with the shop, from recency against their own rhythm. */
export const LIFECYCLE_STAGES = ['new', 'active', 'slipping', 'lapsed', 'never_bought'] as const;
export type LifecycleStage = (typeof LIFECYCLE_STAGES)[number];

/**
 * `daysSinceLastOrder` null = never bought. Slipping: later than 1.5 of the user's own gaps between orders; lapsed: later than 3.
 * Users with one order have no rhythm of their own; the shop's median gap stands in.
 */
export function lifecycleStage(
  user: { orders: number; daysSinceLastOrder: number | null; medianGapDays: number | null },
  shopMedianGapDays: number,
): LifecycleStage {
  if (user.daysSinceLastOrder === null || user.orders === 0) return 'never_bought';
  const gapDays = Math.max(1, user.medianGapDays ?? shopMedianGapDays);
  const overdue = user.daysSinceLastOrder / gapDays;
  if (overdue > 3) return 'lapsed';
  if (overdue > 1.5) return 'slipping';
  return user.orders === 1 ? 'new' : 'active';
}
