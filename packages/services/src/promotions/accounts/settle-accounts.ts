import { expireAccounts, releaseEarnings } from '@promolift/db';
import type { Deps } from '../../shared/deps.ts';
import { readSettings } from '../../shared/settings.ts';
import { pointsExpireAt } from './pay-order.ts';

/** What the routine tick does for accounts: points past their return window become spendable, what has run out is forfeited. Harmless when run twice. */
export async function settleAccounts(deps: Pick<Deps, 'sql' | 'clock'>): Promise<{ released: number; expired: number }> {
  const now = deps.clock.now();
  const settings = await readSettings(deps);
  if (settings.pointsExpireDays === null)
    await deps.sql.query("update accounts set expires_at = null where kind = 'points' and expires_at is not null");
  return { released: await releaseEarnings(deps.sql, now, pointsExpireAt(settings, now)), expired: await expireAccounts(deps.sql, now) };
}
