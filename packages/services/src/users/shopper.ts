import { createHmac } from 'node:crypto';
import { AppError, userKey } from '@promolift/domain';
import type { Deps } from '../shared/deps.ts';

/** Who a request is about, as limits, holdouts and audiences see them. Nobody known: `key` is null. */
export type Shopper = {
  userId: string | null;
  anonymousId: string | null;
  key: string | null;
  /** Pseudonym of a guest's e-mail or phone; limits count it beside `key`. */
  guestKey: string | null;
  segmentKeys: string[];
  hasConsent: boolean;
};

export type ShopperReference = { userExternalId: string | null; anonymousId: string | null; guestKey?: string | null };

const HEX_SHA_256 = /^[0-9a-f]{64}$/i;

/** The storefront's hash, keyed again with a secret of ours: nobody who reads our rows can try addresses against it. */
function guestKeyOf({ secrets }: Pick<Deps, 'secrets'>, guestKey: string | null): string | null {
  if (guestKey === null) return null;
  if (!HEX_SHA_256.test(guestKey))
    throw new AppError('BAD_USER_INPUT', 'guestKey must be an HMAC-SHA-256 of the e-mail or phone in hexadecimal, never the clear text', {
      field: ['guestKey'],
    });
  return `guest:${createHmac('sha256', secrets.pseudonymKey).update(guestKey.toLowerCase()).digest('base64url')}`;
}

/**
 * Finds the shopper by the shop's own id. An id we have not met yet counts as anonymous under that id, so that a
 * storefront never fails because an import is late. Without consent no segment is looked at.
 */
export async function findShopper(deps: Pick<Deps, 'sql' | 'secrets'>, reference: ShopperReference): Promise<Shopper> {
  const { userExternalId, anonymousId } = reference;
  const { sql } = deps;
  const guestKey = guestKeyOf(deps, reference.guestKey ?? null);
  if (userExternalId === null)
    return { userId: null, anonymousId, key: userKey({ userId: null, anonymousId }), guestKey, segmentKeys: [], hasConsent: true };
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
      guestKey,
      segmentKeys: [],
      hasConsent: true,
    };
  return {
    userId: user.id,
    anonymousId,
    key: userKey({ userId: user.id, anonymousId }),
    guestKey,
    segmentKeys: user.has_consent ? user.segment_keys : [],
    hasConsent: user.has_consent,
  };
}
