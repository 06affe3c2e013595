import { takeOutbox } from '@promolift/db';
import type { JobQueue } from '@promolift/jobs';
import type pg from 'pg';

const BATCH = 100;

/**
 * Moves outbox rows to the queue. Several relays may run. Killed between enqueue and mark, a row is sent again, and the
 * contract's job id makes that harmless; a row that cannot be sent waits behind the others and `onFault` hears of its first
 * failure. Returns how many were sent.
 */
export async function relayOutbox(pool: pg.Pool, queue: JobQueue, onFault: (fault: unknown) => void): Promise<number> {
  const { dispatched } = await takeOutbox(pool, BATCH, async ({ jobName, payload, attempts }) => {
    try {
      await queue.enqueueNamed(jobName, payload);
    } catch (fault) {
      if (attempts === 0) onFault(fault);
      throw fault;
    }
  });
  return dispatched;
}
