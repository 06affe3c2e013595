import { setTimeout as sleep } from 'node:timers/promises';

/** PostgreSQL undid a transaction for the sake of another one; the same again may succeed. */
const CONFLICTS = new Set(['40001', '40P01']);
const MOST_RETRIES = 5;
const FIRST_WAIT_MS = 5;

/** SQLSTATE of a fault, also where the ORM wrapped it. */
export function sqlState(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  if ('code' in error && typeof error.code === 'string') return error.code;
  return sqlState(error.cause);
}

/** Runs a whole transaction again, up to five times, when it met a deadlock or a serialization failure; `chance` (0..1) spreads the waits. */
export async function retryConflicts<T>(transaction: () => Promise<T>, chance: () => number = Math.random): Promise<T> {
  for (let retry = 0; ; retry += 1) {
    try {
      return await transaction();
    } catch (error) {
      if (retry === MOST_RETRIES || !CONFLICTS.has(sqlState(error) ?? '')) throw error;
      await sleep(FIRST_WAIT_MS * 2 ** retry * (0.5 + chance()));
    }
  }
}
