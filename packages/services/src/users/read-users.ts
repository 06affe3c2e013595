import { AppError } from '@promolift/domain';
import type { Deps } from '../shared/deps.ts';
import { containing, listPage, type PageRequest } from '../shared/list-page.ts';
import type { Page } from '../shared/page.ts';

type Reading = Pick<Deps, 'sql'>;

export type UserRecord = {
  id: string;
  externalId: string;
  pseudonym: string;
  hasConsent: boolean;
  attributes: Record<string, unknown>;
  createdAt: Date;
  erasedAt: Date | null;
};
export type UserFilter = { search?: string | null; segmentKey?: string | null };

const COLUMNS =
  'u.id, u.external_id "externalId", u.pseudonym, u.has_consent "hasConsent", u.attributes, u.created_at "createdAt", u.erased_at "erasedAt"';

const ORDERS = {
  NEWEST: { expression: 'u.created_at', type: 'timestamptz', isDescending: true },
  MONETARY_DESC: { expression: 'coalesce(f.monetary_minor, -1)', type: 'bigint', isDescending: true },
  // Who never bought stands behind everybody who did.
  RECENCY_ASC: { expression: 'coalesce(f.recency_days, 2147483647)', type: 'integer', isDescending: false },
  FREQUENCY_DESC: { expression: 'coalesce(f.frequency, -1)', type: 'integer', isDescending: true },
} as const;
export type UserSort = keyof typeof ORDERS;

/** A page of the shoppers. `search` looks at the shop's own ids and the pseudonyms. */
export function listUsers(
  { sql }: Reading,
  request: PageRequest & { filter?: UserFilter | null; sort?: UserSort },
): Promise<Page<UserRecord>> {
  const { search, segmentKey } = request.filter ?? {};
  const from = `users u left join user_profiles f on f.user_id = u.id
    where ($1::text is null or lower(u.external_id) like $1 or lower(u.pseudonym) like $1)
    and ($2::text is null or exists (select 1 from segment_members m join segments s on s.id = m.segment_id
      where m.user_id = u.id and m.valid_to is null and s.retired_at is null and s.key = $2))`;
  const values = [search?.trim() ? containing(search) : null, segmentKey ?? null];
  return listPage<UserRecord>(sql, request, { columns: COLUMNS, from, values, order: ORDERS[request.sort ?? 'NEWEST'] });
}

export async function usersByIds({ sql }: Reading, ids: readonly string[]): Promise<UserRecord[]> {
  return (await sql.query<UserRecord>(`select ${COLUMNS} from users u where u.id = any($1::uuid[])`, [ids])).rows;
}

/** Exactly one of `id` and `externalId`; throws BAD_USER_INPUT otherwise. */
export async function findUser(deps: Reading, by: { id?: string | null; externalId?: string | null }): Promise<UserRecord | null> {
  if (Boolean(by.id) === Boolean(by.externalId))
    throw new AppError('BAD_USER_INPUT', 'Give either id or externalId.', { field: ['externalId'] });
  if (by.id) return (await usersByIds(deps, [by.id]))[0] ?? null;
  return (await deps.sql.query<UserRecord>(`select ${COLUMNS} from users u where u.external_id = $1`, [by.externalId])).rows[0] ?? null;
}
