import { expireAccounts, lockAccounts, releaseEarnings, takeEarningBack } from '@promolift/db';
import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import type { TestShop } from '../../src/promotions/test-campaign.ts';
import { day, entries, openFor, promise, spendOf } from './account-calls.ts';
import type { Storm } from './storm-shop.ts';

type Runner = pg.Pool | pg.PoolClient;
/** Time for a call to read what it will decide on, and far less than a lock is waited for. */
const READ_MS = 150;

/** Whoever changes an account waits for the change before; without its lock it decides on what is no longer true. */
export const accountLocks: Storm = {
  name: 'an account changed again before the first change ends',
  run: async ({ shop }) => {
    // What other storms left due comes first, and one call takes no more than its part of it.
    while ((await releaseEarnings(shop.pool, day(14), null)) > 0);
    while ((await expireAccounts(shop.pool, day(1))) > 0);
    const losing = await openFor(shop, 0);
    const entryId = await promise(shop.pool, losing, 10);
    await promise(shop.pool, losing, 100);
    const gaining = await openFor(shop, 0);
    await promise(shop.pool, gaining, 10);
    const ending = await openFor(shop, 80, day(1));
    return [
      ...(await twice(shop, losing, 'take_back', (runner) => takeEarningBack(runner, { entryId, lost: 10, at: day(0) }))),
      ...(await twice(shop, gaining, 'release', (runner) => releaseEarnings(runner, day(14), null))),
      ...(await twice(shop, ending, 'expire', (runner) => expireAccounts(runner, day(1)))),
      ...(await crossed(shop)),
    ];
  },
};

/** The same change in a transaction that is still open, and beside it: one entry of this kind. */
async function twice(shop: TestShop, accountId: string, kind: string, change: (runner: Runner) => Promise<unknown>): Promise<string[]> {
  const first = shop.pool.connect().then(async (client) => {
    await client.query('begin');
    await change(client).catch((error: unknown) => {
      client.release(true);
      throw error;
    });
    await sleep(READ_MS);
    await client.query('commit');
    client.release();
  });
  const second = sleep(READ_MS / 2).then(() => change(shop.pool));
  const told = await Promise.allSettled([first, second]);
  const count = await entries(shop, accountId, kind);
  return [...faults(kind, told), ...(count === 1 ? [] : [`${count} entries ${kind}`])];
}

/** Two orders with the same two accounts, each of which begins with the other's second. */
async function crossed(shop: TestShop): Promise<string[]> {
  const [a, b] = [await openFor(shop, 50), await openFor(shop, 50)];
  const order = async (accountIds: string[]) => {
    const client = await shop.pool.connect();
    try {
      await client.query('begin');
      await lockAccounts(client, accountIds);
      for (const accountId of accountIds) {
        await spendOf(client, accountId, 1);
        await sleep(READ_MS);
      }
      await client.query('commit');
    } catch (error) {
      await client.query('rollback');
      throw error;
    } finally {
      client.release();
    }
  };
  return faults('two orders', await Promise.allSettled([order([a, b]), order([b, a])]));
}

const faults = (label: string, told: readonly PromiseSettledResult<unknown>[]): string[] =>
  told.flatMap((one) =>
    one.status === 'rejected' ? [`${label}: ${one.reason instanceof Error ? one.reason.message : String(one.reason)}`] : [],
  );
