import { AppError, newId, type Result } from '@promolift/domain';
import { sqlState } from '../shared/retry-conflicts.ts';
import { runSql, type SqlRunner } from '../shared/sql.ts';

const MESSAGES = {
  NOT_FOUND: 'There is no such account.',
  ACCOUNT_EXPIRED: 'The account has expired.',
  BALANCE_TOO_SMALL: 'The account holds less than that.',
  REFERRER_LIMIT_REACHED: 'The referrer has been rewarded as often as may be.',
} as const;
type AccountRefusalKind = keyof typeof MESSAGES;
export type AccountRefusal = { kind: AccountRefusalKind; message: string };
/** `isRepeat`: the same entry was posted before and nothing changed now. */
export type AccountResult = Result<{ entryId: string; isRepeat: boolean }, AccountRefusal>;

export type AccountEntryPost = {
  accountId: string;
  kind: 'issue' | 'adjust' | 'earn' | 'refer' | 'referred' | 'spend' | 'give_back';
  /** Change of what can be spent, in points or minor units. */
  available: number;
  /** Change of what is promised. */
  pending?: number;
  /** Of a spend or its return: what it was worth in minor units of the order. */
  minor?: number;
  orderId?: string;
  campaignId?: string;
  promotionId?: string;
  /** Which lines of the order earned how many. */
  lines?: readonly { lineId: string; points: number }[];
  /** Most entries of this kind and campaign that a referrer may have. */
  most?: number;
  at: Date;
  /** Of what is promised: when it can be spent. */
  availableAt?: Date;
  /** When the account runs out from now on; left out = as before. */
  expiresAt?: Date | null;
  /** The entry that this one gives back. */
  ofEntryId?: string;
  /** Unique in the account: the same key again changes nothing. */
  key: string;
};

/** Changes an account and writes its entry, or says why not and does neither. */
export async function postAccountEntry(runner: SqlRunner, post: AccountEntryPost): Promise<AccountResult> {
  const {
    accountId,
    kind,
    available,
    pending = 0,
    minor,
    orderId,
    campaignId,
    promotionId,
    lines,
    most,
    at,
    availableAt,
    expiresAt,
    ofEntryId,
    key,
  } = post;
  const [row] = await busy(
    runSql<{ id: string; outcome: string }>(
      runner,
      'select * from post_account_entry($1::uuid, $2::text, $3::bigint, $4::bigint, $5::bigint, $6::uuid, $7::uuid, $8::uuid, $9::jsonb, $10::int, $11::timestamptz, $12::timestamptz, $13::timestamptz, $14::uuid, $15::text)',
      [
        accountId,
        kind,
        available,
        pending,
        minor ?? null,
        orderId ?? null,
        campaignId ?? null,
        promotionId ?? null,
        lines ? JSON.stringify(lines) : null,
        most ?? null,
        at,
        availableAt ?? null,
        expiresAt ?? null,
        ofEntryId ?? null,
        key,
      ],
    ),
  );
  if (!row) throw new Error('an account statement returned no row');
  if (row.outcome === 'DONE' || row.outcome === 'REPEAT')
    return { ok: true, value: { entryId: row.id, isRepeat: row.outcome === 'REPEAT' } };
  if (!isRefusal(row.outcome)) throw new Error(`an account statement refused with the unknown kind ${row.outcome}`);
  return { ok: false, refusal: { kind: row.outcome, message: MESSAGES[row.outcome] } };
}

const isRefusal = (outcome: string): outcome is AccountRefusalKind => Object.hasOwn(MESSAGES, outcome);

/** Takes earned points back until `lost` of them are; returns how many went now. Of points spent since, what is left. */
export async function takeEarningBack(runner: SqlRunner, is: { entryId: string; lost: number; at: Date }): Promise<number> {
  const [row] = await busy(
    runSql<{ taken: number }>(
      runner,
      'select taken::float8 taken from take_earning_back($1::uuid, $2::bigint, $3::timestamptz, $4::text)',
      [is.entryId, is.lost, is.at, newId()],
    ),
  );
  return row?.taken ?? 0;
}

/** The points account of a user, opened when they first need one. */
export async function openPointsAccount(runner: SqlRunner, userId: string, at: Date): Promise<string> {
  await runSql(
    runner,
    "insert into accounts (id, kind, user_id, created_at) values ($1, 'points', $2, $3) on conflict (user_id) where kind = 'points' do nothing",
    [newId(), userId, at],
  );
  const [row] = await runSql<{ id: string }>(runner, "select id from accounts where user_id = $1 and kind = 'points'", [userId]);
  if (!row) throw new Error('a points account was neither there nor made');
  return row.id;
}

/** Locks what several entries of one transaction will change, by id. */
export async function lockAccounts(runner: SqlRunner, accountIds: readonly string[]): Promise<void> {
  await busy(
    runSql(runner, 'select lock_accounts(array(select jsonb_array_elements_text($1::jsonb)::uuid))', [JSON.stringify(accountIds)]),
  );
}

const AT_ONCE = 500;

/** Makes points spendable whose time has come, the oldest first; returns how many earnings. */
export async function releaseEarnings(runner: SqlRunner, at: Date, expiresAt: Date | null): Promise<number> {
  const due = await runSql<{ id: string }>(
    runner,
    `select entry_id id from pending_earnings where available_at <= $1 order by available_at limit ${AT_ONCE}`,
    [at],
  );
  let released = 0;
  for (const { id } of due) {
    const [row] = await runSql<{ outcome: string }>(
      runner,
      'select outcome from release_earning($1::uuid, $2::timestamptz, $3::timestamptz)',
      [id, at, expiresAt],
    );
    if (row?.outcome === 'DONE') released += 1;
  }
  return released;
}

/** Forfeits what accounts hold that have run out; returns how many accounts. */
export async function expireAccounts(runner: SqlRunner, at: Date): Promise<number> {
  const due = await runSql<{ id: string }>(
    runner,
    `select id from accounts where expires_at <= $1 and balance > 0 order by expires_at limit ${AT_ONCE}`,
    [at],
  );
  for (const { id } of due) await runSql(runner, 'select expire_account($1::uuid, $2::timestamptz)', [id, at]);
  return due.length;
}

const LOCK_NOT_AVAILABLE = '55P03';

/** Whoever waited too long may try again with the same key: nothing was done. */
async function busy<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    if (sqlState(error) !== LOCK_NOT_AVAILABLE) throw error;
    throw new AppError('RATE_LIMITED', 'Too many changes of this account at once; try again.', { retryAfterSeconds: 1, cause: error });
  }
}
