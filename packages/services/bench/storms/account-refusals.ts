import { takeEarningBack } from '@promolift/db';
import { DatabaseError } from 'pg';
import { day, entries, openFor, promise, spendOf } from './account-calls.ts';
import type { Storm } from './storm-shop.ts';

/** A constraint that had to step in is told as a fault: a guard before it is gone. */
const toldBy = <T>(call: Promise<T>): Promise<T | string> =>
  call.catch((error: unknown) => `fault: ${error instanceof Error ? error.message : 'unknown'}`);

/** One call after the other: what each account function refuses, and what it does once only. */
export const accountRefusals: Storm = {
  name: 'every refusal of an account, one after the other',
  run: async ({ shop }) => {
    const { pool } = shop;
    const wrong: string[] = [];
    const expect = async (label: string, call: Promise<unknown>, is: unknown) => {
      const was = await toldBy(call);
      if (was !== is) wrong.push(`${label}: ${String(was)}, not ${String(is)}`);
    };
    const pay = async (id: string, units: number, at?: Date) => {
      const paid = await spendOf(pool, id, units, at);
      return paid.ok ? 'ok' : paid.refusal.kind;
    };
    const firstOf = async (text: string, values: unknown[]) => (await pool.query<{ told: unknown }>(text, values)).rows[0]?.told;

    const ending = await openFor(shop, 80, day(30));
    const expire = (at: Date) => firstOf('select expire_account($1, $2)::int told', [ending, at]);
    await expect('a spend before the end', pay(ending, 1, day(29)), 'ok');
    await expect('a spend at the end', pay(ending, 1, day(30)), 'ACCOUNT_EXPIRED');
    await expect('forfeited before the end', expire(day(29)), 0);
    await expect('forfeited at the end', expire(day(30)), 79);

    const earning = await openFor(shop, 0);
    const entryId = await promise(pool, earning, 100);
    const release = (at: Date) => firstOf('select outcome told from release_earning($1, $2, null)', [entryId, at]);
    const lose = (lost: number) => takeEarningBack(pool, { entryId, lost, at: day(0) });
    await expect('points of a line that came back', lose(30), 30);
    await expect('the same line again', lose(30), 0);
    await expect('fewer than are lost already', lose(20), 0);
    await expect('entries of one loss', entries(shop, earning, 'take_back'), 1);
    await expect('released before the day', release(day(13)), 'REPEAT');
    await expect('released on the day', release(day(14)), 'DONE');
    await expect('released again', release(day(15)), 'REPEAT');
    await expect('a spend of more than there is', pay(earning, 71), 'BALANCE_TOO_SMALL');
    await expect('a spend of what there is', pay(earning, 50), 'ok');
    await expect('lost when most is spent', lose(100), 20);
    return wrong;
  },
};

/** What must be impossible even for a statement that asks no guard. */
const FORBIDDEN: readonly (readonly [string, string])[] = [
  ['owe points', 'update accounts set balance = -1 where id = $1'],
  ['promise less than nothing', 'update accounts set pending = -1 where id = $1'],
  ['hold points in a currency', "update accounts set currency = 'EUR' where id = $1"],
  [
    'use a key of an account twice',
    `insert into account_entries (id, account_id, kind, available, pending, key, at)
     select gen_random_uuid(), account_id, kind, available, pending, key, at from account_entries where account_id = $1`,
  ],
  ['rewrite entries', 'update account_entries set available = 9 where account_id = $1'],
];

export const accountConstraints: Storm = {
  name: 'statements on accounts that ask no guard',
  run: async ({ shop }) => {
    const id = await openFor(shop, 10);
    const wrong: string[] = [];
    const client = await shop.pool.connect();
    for (const [label, text] of FORBIDDEN) {
      await client.query('begin');
      const done = await client.query(text, [id]).catch((error: unknown) => {
        if (error instanceof DatabaseError && error.code?.startsWith('23')) return null;
        throw error;
      });
      await client.query('rollback');
      if (done) wrong.push(`possible: ${label} (${done.rowCount} rows)`);
    }
    client.release();
    return wrong;
  },
};
