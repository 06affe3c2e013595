import type { Deps } from '../../shared/deps.ts';
import { accountCodeHash } from './account-codes.ts';

export type AccountRecord = {
  id: string;
  userId: string | null;
  kind: 'points' | 'gift_card';
  currency: string | null;
  balance: number;
  pending: number;
  codeEnding: string | null;
  expiresAt: Date | null;
  createdAt: Date;
};
export type AccountEntryRecord = {
  id: string;
  accountId: string;
  kind: string;
  available: number;
  pending: number;
  orderExternalId: string | null;
  at: Date;
  availableAt: Date | null;
};

type Reading = Pick<Deps, 'sql' | 'secrets'>;
const COLUMNS =
  'a.id, a.user_id "userId", a.kind, a.currency, a.balance, a.pending, a.code_ending "codeEnding", a.expires_at "expiresAt", a.created_at "createdAt"';

export async function accountsOfUsers(
  { sql }: Pick<Reading, 'sql'>,
  userIds: readonly string[],
): Promise<(AccountRecord & { userId: string })[]> {
  const { rows } = await sql.query<AccountRecord & { userId: string }>(
    `select ${COLUMNS} from accounts a where a.user_id = any($1::uuid[]) order by a.kind desc, a.created_at, a.id`,
    [userIds],
  );
  return rows;
}

export async function accountById({ sql }: Pick<Reading, 'sql'>, id: string): Promise<AccountRecord | null> {
  return (await sql.query<AccountRecord>(`select ${COLUMNS} from accounts a where a.id = $1`, [id])).rows[0] ?? null;
}

/** The card with this code; null where there is none. */
export async function findGiftCard({ sql, secrets }: Reading, typed: string): Promise<AccountRecord | null> {
  const hash = accountCodeHash(secrets, typed);
  if (hash === null) return null;
  const found = await sql.query<AccountRecord>(`select ${COLUMNS} from accounts a where a.code_hash = $1 and a.kind = 'gift_card'`, [hash]);
  return found.rows[0] ?? null;
}

/** Newest first, at most `first` of each account. */
export async function entriesOfAccounts(
  { sql }: Pick<Reading, 'sql'>,
  accountIds: readonly string[],
  first: number,
): Promise<AccountEntryRecord[]> {
  const { rows } = await sql.query<AccountEntryRecord>(
    `select e.id, e.account_id "accountId", e.kind, e.available, e.pending, o.external_id "orderExternalId", e.at, e.available_at "availableAt"
     from unnest($1::uuid[]) wanted(id)
     cross join lateral (select * from account_entries x where x.account_id = wanted.id order by x.at desc, x.place desc limit $2) e
     left join orders o on o.id = e.order_id order by e.at desc, e.place desc`,
    [accountIds, first],
  );
  return rows;
}
