import { type GiftCardMeans, type PointsMeans, type Referral, referralRefusal } from '@promolift/domain';
import type { Deps } from '../../shared/deps.ts';
import type { Shopper } from '../../users/shopper.ts';
import type { CartRequest } from '../evaluate-cart.ts';
import { accountCodeHash } from './account-codes.ts';

type Reading = Pick<Deps, 'sql' | 'secrets'>;

/** What a cart brings to pay with, and who brought the shopper. */
type FoundMeans = {
  points: Omit<PointsMeans, 'pointsPerMinor'> | null;
  cards: GiftCardMeans[];
  refusedCards: string[];
  referral: FoundReferral | null;
  /** For whoever counts guesses. */
  wrongCodes: string[];
};

/** Codes of accounts that a cart says; whoever guesses them is counted. */
export const accountCodesOf = ({ giftCardCodes = [], referralCode }: CartRequest): string[] => [
  ...giftCardCodes,
  ...(referralCode ? [referralCode] : []),
];

export async function findMeans(deps: Reading, request: CartRequest, shopper: Shopper, now: Date): Promise<FoundMeans> {
  const { pointsToSpend = 0, giftCardCodes = [], referralCode } = request;
  const [points, { cards, refused }, referral] = await Promise.all([
    pointsToSpend > 0 ? findPoints(deps, shopper, now) : null,
    findGiftCards(deps, giftCardCodes, request.currency, now),
    referralCode ? findReferral(deps, referralCode, shopper) : null,
  ]);
  const unknownReferral = referralCode && !referral ? [referralCode] : [];
  return {
    points: points && { ...points, wantedPoints: pointsToSpend },
    cards,
    refusedCards: refused,
    referral,
    wrongCodes: [...refused, ...unknownReferral],
  };
}

/** The points a shopper could spend now; null for guests and those who never had any. */
async function findPoints(
  { sql }: Reading,
  { userId }: Shopper,
  now: Date,
): Promise<Pick<PointsMeans, 'accountId' | 'balancePoints'> | null> {
  if (userId === null) return null;
  const { rows } = await sql.query<{ accountId: string; balancePoints: number }>(
    `select id "accountId", case when expires_at <= $2 then 0 else balance end "balancePoints" from accounts where user_id = $1 and kind = 'points'`,
    [userId, now],
  );
  return rows[0] ?? null;
}

/** Cards that can pay in this currency now, in the order typed, and the codes that cannot. */
async function findGiftCards(
  deps: Reading,
  typed: readonly string[],
  currency: string,
  now: Date,
): Promise<{ cards: GiftCardMeans[]; refused: string[] }> {
  if (typed.length === 0) return { cards: [], refused: [] };
  const hashes = typed.map((code) => accountCodeHash(deps.secrets, code));
  const { rows } = await deps.sql.query<GiftCardMeans & { code_hash: string }>(
    `select id "accountId", balance "balanceMinor", code_hash from accounts
     where code_hash = any($1) and kind = 'gift_card' and currency = $2 and (expires_at is null or expires_at > $3)`,
    [hashes.filter((hash) => hash !== null), currency, now],
  );
  const byHash = new Map(rows.map(({ code_hash, ...card }) => [code_hash, card]));
  const found = hashes.map((hash) => (hash === null ? undefined : byHash.get(hash)));
  return { cards: found.flatMap((card) => card ?? []), refused: typed.filter((_, index) => !found[index]) };
}

type FoundReferral = { accountId: string; referral: Referral };

type ReferralRow = {
  account_id: string;
  user_id: string;
  guest_key: string | null;
  is_same_browser: boolean;
  friend_orders: number;
  was_rewarded: boolean;
  rewards: Record<string, number> | null;
};

/** Whose code it is and what stands against it; null where it is nobody's. */
async function findReferral(deps: Reading, typed: string, friend: Shopper): Promise<FoundReferral | null> {
  const hash = accountCodeHash(deps.secrets, typed);
  if (hash === null) return null;
  const { rows } = await deps.sql.query<ReferralRow>(
    `select a.id account_id, a.user_id, a.guest_key,
       exists (select from orders o where o.user_id = a.user_id and o.anonymous_id = $3) is_same_browser,
       (select count(*)::int from orders o where o.user_id = $2 and o.status <> 'cancelled') friend_orders,
       exists (select from account_entries e join accounts f on f.id = e.account_id where f.user_id = $2 and e.kind = 'referred') was_rewarded,
       (select jsonb_object_agg(r.campaign_id, r.rewards) from (select e.campaign_id, count(*) rewards from account_entries e
         where e.account_id = a.id and e.kind = 'refer' group by 1) r) rewards
     from accounts a where a.code_hash = $1 and a.kind = 'points'`,
    [hash, friend.userId, friend.anonymousId],
  );
  const row = rows[0];
  if (!row) return null;
  const refusal = referralRefusal({
    referrerUserId: row.user_id,
    referrerGuestKey: row.guest_key,
    friendUserId: friend.userId,
    friendGuestKey: friend.guestKey,
    isSameBrowser: row.is_same_browser,
    friendOrders: row.friend_orders,
    wasFriendRewarded: row.was_rewarded,
  });
  return { accountId: row.account_id, referral: { refusal, rewardsByCampaign: row.rewards ?? {} } };
}
