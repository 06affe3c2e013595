import { userKey } from '@promolift/domain';
import type { Deps } from '../shared/deps.ts';

/** Who a request is about, as limits, holdouts and audiences see them. Nobody known: `key` is null. */
export type Shopper = { userId: string | null; anonymousId: string | null; key: string | null; segmentKeys: string[]; hasConsent: boolean };

/**
 * Finds the shopper by the shop's own id. An id we have not met yet counts as anonymous under that id, so that a
 * storefront never fails because an import is late. Without consent no segment is looked at.
 */
export async function findShopper(
  { sql }: Pick<Deps, 'sql'>,
  reference: { userExternalId: string | null; anonymousId: string | null },
): Promise<Shopper> {
  const { userExternalId, anonymousId } = reference;
  if (userExternalId === null)
    return { userId: null, anonymousId, key: userKey({ userId: null, anonymousId }), segmentKeys: [], hasConsent: true };
  const { rows } = await sql.query<{ id: string; has_consent: boolean; segment_keys: string[] }>(
    `select u.id, u.has_consent, coalesce(array_agg(s.key order by s.key) filter (where s.key is not null), '{}') segment_keys
     from users u
     left join segment_members m on m.user_id = u.id and m.valid_to is null
     left join segments s on s.id = m.segment_id and s.retired_at is null
     where u.external_id = $1 and u.erased_at is null group by u.id`,
    [userExternalId],
  );
  const user = rows[0];
  if (!user)
    return {
      userId: null,
      anonymousId: userExternalId,
      key: userKey({ userId: null, anonymousId: userExternalId }),
      segmentKeys: [],
      hasConsent: true,
    };
  return {
    userId: user.id,
    anonymousId,
    key: userKey({ userId: user.id, anonymousId }),
    segmentKeys: user.has_consent ? user.segment_keys : [],
    hasConsent: user.has_consent,
  };
}
