import { type ShopCounts, writeShopRows } from '@promolift/db';
import { AppError, type ShopRow } from '@promolift/domain';
import { settleDiscounts } from './settle-discounts.ts';
import type { Deps } from '../shared/deps.ts';
import { encryptPersonal } from '../shared/personal.ts';

const DAYS_AHEAD = 60; // Events of the coming weeks find their month's partition.

/**
 * Writes shop rows of any origin and leaves the tables ready for reading: partitions for the coming weeks, statistics fresh.
 * Discounts redeemed on orders that arrive cancelled or returned are given back. Running it again with the same rows changes nothing. `userIdSeed`: see `writeShopRows`; for simulated shops only.
 */
export async function importRows(
  deps: Deps,
  rows: AsyncIterable<readonly ShopRow[]>,
  options: { source: string; userIdSeed?: string; onProgress?: (counts: ShopCounts) => void },
): Promise<ShopCounts> {
  const busy: string[] = [];
  const counts = await writeShopRows(deps.sql, rows, {
    source: options.source,
    pseudonymKey: deps.secrets.pseudonymKey,
    encrypt: (email) => encryptPersonal(deps.secrets, email),
    onRedeemed: async (orderExternalIds) => {
      for (const id of orderExternalIds) if (!(await isSettled(deps, id))) busy.push(id);
    },
    ...(options.userIdSeed === undefined ? {} : { userIdSeed: options.userIdSeed }),
    ...(options.onProgress ? { onProgress: options.onProgress } : {}),
  });
  for (const id of busy) await settleDiscounts(deps, id);
  const now = deps.clock.now();
  await deps.sql.query('select ensure_event_partitions($1, $2)', [now, new Date(now.getTime() + DAYS_AHEAD * 86_400_000)]);
  for (const table of ['categories', 'products', 'product_prices', 'users', 'orders', 'order_lines', 'returns', 'events', 'event_keys'])
    await deps.sql.query(`analyze ${table}`);
  return counts;
}

/** False if many want the campaign just now: its order waits until the rest is written. */
async function isSettled(deps: Deps, orderExternalId: string): Promise<boolean> {
  try {
    await settleDiscounts(deps, orderExternalId);
    return true;
  } catch (error) {
    if (error instanceof AppError && error.code === 'RATE_LIMITED') return false;
    throw error;
  }
}
