import { newId } from '@promolift/domain';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { migrateDown, migrateUp } from '../shared/migrate.ts';
import { removeGuard } from '../testing/remove-guard.ts';
import { createTestDatabase, startTestDatabase, type TestDatabase } from '../testing/test-database.ts';
import {
  type AccountEntryPost,
  expireAccounts,
  openPointsAccount,
  postAccountEntry,
  releaseEarnings,
  takeEarningBack,
} from './accounts.ts';

const NOON = new Date('2026-03-10T12:00:00Z');
const days = (n: number) => new Date(NOON.getTime() + n * 86_400_000);

let database: TestDatabase;
beforeAll(async () => {
  database = await startTestDatabase();
}, 60_000);
afterAll(() => database.stop());

const pool = () => database.db.pool;
async function account(balance = 0): Promise<string> {
  const user = newId();
  await pool().query('insert into users (id, external_id, pseudonym) values ($1, $2, $2)', [user, `u-${user}`]);
  const id = await openPointsAccount(pool(), user, NOON);
  if (balance > 0) await post(id, { kind: 'adjust', available: balance, key: 'start' });
  return id;
}
const post = (accountId: string, change: Partial<AccountEntryPost> & Pick<AccountEntryPost, 'kind' | 'key'>) =>
  postAccountEntry(pool(), { available: 0, at: NOON, ...change, accountId });
/** What the account says, and what its entries sum to. */
async function state(id: string) {
  const { rows } = await pool().query<Record<string, number>>(
    `select balance::float8, pending::float8, (select coalesce(sum(available), 0)::float8 from account_entries where account_id = $1) available,
       (select coalesce(sum(e.pending), 0)::float8 from account_entries e where account_id = $1) promised from accounts where id = $1`,
    [id],
  );
  const [{ balance = -1, pending = -1, available = -1, promised = -1 } = {}] = rows;
  expect([available, promised]).toEqual([balance, pending]);
  return { balance, pending };
}

test('100 spends of 30 at once out of 1,000: 33 are taken, the others are refused, entries and balance agree', async () => {
  const id = await account(1_000);
  const spends = await Promise.all(Array.from({ length: 100 }, (_, n) => post(id, { kind: 'spend', available: -30, key: `s.${n}` })));
  expect(spends.filter(({ ok }) => ok)).toHaveLength(33);
  expect(new Set(spends.flatMap((one) => (one.ok ? [] : [one.refusal.kind])))).toEqual(new Set(['BALANCE_TOO_SMALL']));
  expect(await state(id)).toEqual({ balance: 10, pending: 0 });
});

test('the same storm overspends without the guard: behind it stands the constraint, behind that nothing', async () => {
  const id = await account(1_000);
  const storm = (round: string) =>
    Promise.allSettled(Array.from({ length: 40 }, (_, n) => post(id, { kind: 'spend', available: -30, key: `${round}.${n}` })));
  const putGuard = await removeGuard(pool(), 'guard: account balance');
  const held = await storm('held');
  expect(held.filter(({ status }) => status === 'rejected')).toHaveLength(7);
  expect(await state(id)).toEqual({ balance: 10, pending: 0 });
  const putCheck = await removeGuard(pool(), 'check: account balance');
  await storm('open');
  expect((await state(id)).balance).toBe(10 - 40 * 30);
  await post(id, { kind: 'adjust', available: 1_190, key: 'mend' });
  await putCheck();
  await putGuard();
});

test('one key is one entry, also when 20 callers use it at once', async () => {
  const id = await account(100);
  const repeats = await Promise.all(Array.from({ length: 20 }, () => post(id, { kind: 'spend', available: -30, key: 'order' })));
  expect(repeats.filter((one) => one.ok && !one.value.isRepeat)).toHaveLength(1);
  expect(await state(id)).toEqual({ balance: 70, pending: 0 });
});

test('promised points become spendable once, on their day; what came back before is missing, what comes back after is taken', async () => {
  const id = await account();
  const earned = await post(id, { kind: 'earn', pending: 100, availableAt: days(14), key: 'earn' });
  if (!earned.ok) throw new Error(earned.refusal.kind);
  const { entryId } = earned.value;
  expect(await state(id)).toEqual({ balance: 0, pending: 100 });
  expect(await takeEarningBack(pool(), { entryId, lost: 30, at: NOON })).toBe(30);
  expect(await takeEarningBack(pool(), { entryId, lost: 30, at: NOON })).toBe(0);
  expect(await releaseEarnings(pool(), days(13.9), null)).toBe(0);
  expect((await Promise.all([1, 2, 3].map(() => releaseEarnings(pool(), days(14), null)))).reduce((sum, n) => sum + n, 0)).toBe(1);
  expect(await state(id)).toEqual({ balance: 70, pending: 0 });
  await post(id, { kind: 'spend', available: -50, key: 'spent' });
  // 70 more are lost, 20 are left: an account never owes.
  expect(await takeEarningBack(pool(), { entryId, lost: 100, at: days(15) })).toBe(20);
  expect(await state(id)).toEqual({ balance: 0, pending: 0 });
});

test('all taken back before the day: nothing is released, and nothing is left to do', async () => {
  const id = await account();
  const earned = await post(id, { kind: 'earn', pending: 10, availableAt: days(14), key: 'earn' });
  if (!earned.ok) throw new Error(earned.refusal.kind);
  const both = await Promise.all([1, 2].map(() => takeEarningBack(pool(), { entryId: earned.value.entryId, lost: 10, at: NOON })));
  expect(both.sort()).toEqual([0, 10]);
  expect(await releaseEarnings(pool(), days(20), null)).toBe(0);
  expect(await state(id)).toEqual({ balance: 0, pending: 0 });
});

test('a referrer is rewarded as often as the campaign says, however many friends come at once; more without the guard', async () => {
  const [id, campaignId] = [await account(), newId()];
  const storm = (round: string) =>
    Promise.all(
      Array.from({ length: 12 }, (_, n) =>
        post(id, { kind: 'refer', pending: 5, most: 3, campaignId, availableAt: days(14), key: `${round}.${n}` }),
      ),
    );
  const first = await storm('a');
  expect(first.filter(({ ok }) => ok)).toHaveLength(3);
  expect(first.find(({ ok }) => !ok)).toMatchObject({ refusal: { kind: 'REFERRER_LIMIT_REACHED' } });
  const put = await removeGuard(pool(), 'guard: rewards of a referrer');
  expect((await storm('b')).filter(({ ok }) => ok)).toHaveLength(12);
  await put();
});

test('an account that has run out pays nothing and is emptied once; giving back keeps it open', async () => {
  const id = await account();
  await post(id, { kind: 'adjust', available: 80, expiresAt: days(30), key: 'start' });
  expect(await post(id, { kind: 'spend', available: -1, at: days(30), key: 'late' })).toMatchObject({
    refusal: { kind: 'ACCOUNT_EXPIRED' },
  });
  expect(await post(id, { kind: 'spend', available: -20, at: days(29), key: 'in time' })).toMatchObject({ ok: true });
  await post(id, { kind: 'give_back', available: 20, at: days(29), expiresAt: days(90), key: 'back' });
  await expireAccounts(pool(), days(30));
  expect(await state(id)).toEqual({ balance: 80, pending: 0 });
  await Promise.all([1, 2, 3].map(() => expireAccounts(pool(), days(90))));
  expect(await state(id)).toEqual({ balance: 0, pending: 0 });
  const expired = await pool().query("select count(*)::int n from account_entries where account_id = $1 and kind = 'expire'", [id]);
  expect(expired.rows).toEqual([{ n: 1 }]);
});

test('without its guard an account pays after its end, points are released before their time, and what has not run out is forfeited', async () => {
  const id = await account();
  await post(id, { kind: 'adjust', available: 80, expiresAt: days(30), key: 'start' });
  const earned = await post(id, { kind: 'earn', pending: 10, availableAt: days(14), key: 'earn' });
  if (!earned.ok) throw new Error(earned.refusal.kind);
  const late = (key: string) => post(id, { kind: 'spend', available: -1, at: days(31), key });
  const release = async () =>
    (await pool().query('select outcome from release_earning($1, $2, null)', [earned.value.entryId, days(1)])).rows[0];
  const expire = async () => (await pool().query('select expire_account($1, $2)::int forfeited', [id, days(1)])).rows[0];
  const without = async <T>(guard: string, call: () => Promise<T>): Promise<T> => {
    const put = await removeGuard(pool(), guard);
    const answer = await call();
    await put();
    return answer;
  };
  expect([(await late('a')).ok, await release(), await expire()]).toEqual([false, { outcome: 'REPEAT' }, { forfeited: 0 }]);
  expect((await without('guard: account expiry', () => late('b'))).ok).toBe(true);
  expect(await without('guard: points released once', release)).toEqual({ outcome: 'DONE' });
  expect(await without('guard: expiry is due', expire)).toEqual({ forfeited: 89 });
});

test('two spends of one balance see each other by the lock alone: without it both pass the guard', async () => {
  const race = async (round: string): Promise<number> => {
    const id = await account(10);
    const client = await pool().connect();
    await client.query('begin');
    await postAccountEntry(client, { accountId: id, kind: 'spend', available: -10, at: NOON, key: `${round}.1` });
    const second = post(id, { kind: 'spend', available: -10, key: `${round}.2` });
    // Time for the other to read what it will decide on.
    await new Promise((resolve) => setTimeout(resolve, 200));
    await client.query('commit');
    client.release();
    await second;
    return (await state(id)).balance;
  };
  expect(await race('locked')).toBe(0);
  const [putLock, putCheck] = [await removeGuard(pool(), 'lock: account'), await removeGuard(pool(), 'check: account balance')];
  expect(await race('open')).toBe(-10);
  await pool().query('update accounts set balance = 0 where balance < 0');
  await putCheck();
  await putLock();
});

test('entries are never changed, and accounts say one thing', async () => {
  const id = await account(5);
  await expect(pool().query('update account_entries set available = 9 where account_id = $1', [id])).rejects.toThrow(/append-only/);
  await expect(pool().query('delete from account_entries where account_id = $1', [id])).rejects.toThrow(/append-only/);
  await expect(pool().query('truncate account_entries cascade')).rejects.toThrow(/append-only/);
  await expect(pool().query("update accounts set currency = 'EUR' where id = $1", [id])).rejects.toThrow(/accounts_kind/);
  await expect(pool().query('update accounts set pending = -1 where id = $1', [id])).rejects.toThrow(/accounts_pending/);
});

test('the migration goes down, also with entries, and up again', async () => {
  const { url, stop } = await createTestDatabase();
  const before = 'm0015-ruleset-revision';
  expect(await migrateDown(url, before)).toContain('m0016-accounts');
  expect(await migrateUp(url)).toContain('m0016-accounts');
  await stop();
});
