import { ledgerDifferences, openPool, pendingMigrations } from '@promolift/db';
import { withDatabase } from '../shared/with-database.ts';
import type { Finding } from './checks.ts';

const SHOWN = 3;

/** Compares every counter of money and uses with the sum of its ledger entries. */
export const checkLedger = (): Promise<Finding> =>
  withDatabase(
    async ({ url }): Promise<Finding> => {
      if ((await pendingMigrations(url)).length > 0) return { state: 'fine', text: 'not looked at: migrations are waiting' };
      const pool = openPool(url, 1);
      try {
        const found = await ledgerDifferences(pool);
        if (found.length === 0) return { state: 'fine', text: 'every counter equals the sum of its entries' };
        const shown = found.slice(0, SHOWN).map((one) => `${one.counter} ${one.field}: ${one.counted}, by its entries ${one.ledger}`);
        return {
          state: 'broken',
          text: `${found.length} counters differ: ${shown.join('; ')}`,
          fix: 'something wrote counters past reserve_use, commit_use, release_use or refund_use: pause these campaigns and report it',
        };
      } finally {
        await pool.end();
      }
    },
    { isMigrated: false },
  );
