import { type AccountResult, openPointsAccount, postAccountEntry } from '@promolift/db';
import { newId } from '@promolift/domain';
import type pg from 'pg';
import type { TestShop } from '../../src/promotions/test-campaign.ts';

const NOON = new Date('2026-03-10T12:00:00Z');
const DAY_MS = 86_400_000;
export const day = (n: number): Date => new Date(NOON.getTime() + n * DAY_MS);

/** The points account of a new user, which holds this much; `expiresAt`: when it runs out. Returns its id. */
export async function openFor({ pool }: TestShop, balance: number, expiresAt?: Date): Promise<string> {
  const userId = newId();
  await pool.query('insert into users (id, external_id, pseudonym) values ($1, $2, $2)', [userId, `a-${userId}`]);
  const accountId = await openPointsAccount(pool, userId, NOON);
  if (balance > 0)
    await postAccountEntry(pool, {
      accountId,
      kind: 'adjust',
      available: balance,
      at: NOON,
      ...(expiresAt && { expiresAt }),
      key: 'start',
    });
  return accountId;
}

/** Promises points for the fourteenth day; returns the entry's id. */
export async function promise(pool: pg.Pool, accountId: string, pending: number): Promise<string> {
  const key = newId();
  const earned = await postAccountEntry(pool, { accountId, kind: 'earn', available: 0, pending, at: NOON, availableAt: day(14), key });
  if (!earned.ok) throw new Error(earned.refusal.kind);
  return earned.value.entryId;
}

export const spendOf = (runner: pg.Pool | pg.PoolClient, accountId: string, units: number, at = NOON): Promise<AccountResult> =>
  postAccountEntry(runner, { accountId, kind: 'spend', available: -units, at, key: newId() });

export async function entries({ pool }: TestShop, accountId: string, kind: string): Promise<number> {
  const text = 'select count(*)::int n from account_entries where account_id = $1 and kind = $2';
  return (await pool.query<{ n: number }>(text, [accountId, kind])).rows[0]?.n ?? 0;
}

/** Every account that does not hold what its entries sum to. */
export async function accountDifferences({ pool }: TestShop): Promise<string[]> {
  const { rows } = await pool.query<{ wrong: string }>(
    `select format('account %s holds %s and %s, its entries say %s and %s', a.id, a.balance, a.pending, s.available, s.pending) wrong
     from accounts a
     cross join lateral (select coalesce(sum(e.available), 0) available, coalesce(sum(e.pending), 0) pending from account_entries e where e.account_id = a.id) s
     where (a.balance, a.pending) is distinct from (s.available, s.pending)`,
  );
  return rows.map(({ wrong }) => wrong);
}
