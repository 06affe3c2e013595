import type { Deps } from '../shared/deps.ts';

type Reading = Pick<Deps, 'sql'>;

export type RedemptionRecord = {
  id: string;
  campaignId: string;
  promotionId: string;
  /** Its amount is what a gift costs us, which no shopper may know. */
  isGift: boolean;
  orderId: string | null;
  userId: string | null;
  status: 'reserved' | 'committed' | 'released';
  currency: string;
  amountMinor: number;
  refundedMinor: number;
  reservedAt: Date;
  expiresAt: Date;
  committedAt: Date | null;
  releasedAt: Date | null;
  code: string | null;
};

const COLUMNS = `r.id, r.campaign_id "campaignId", r.promotion_id "promotionId", r.order_id "orderId", r.user_id "userId", r.status, r.currency, r.amount_minor "amountMinor",
  r.refunded_minor "refundedMinor", r.reserved_at "reservedAt", r.expires_at "expiresAt", r.committed_at "committedAt", r.released_at "releasedAt",
  coalesce((select k.code from codes k where k.id = r.code_id), (select upper(trim(p.rule ->> 'code')) from promotions p where p.id = r.promotion_id)) code,
  exists (select from promotions p where p.id = r.promotion_id and p.kind = 'free_gift') "isGift"`;

export async function redemptionsByIds({ sql }: Reading, ids: readonly string[]): Promise<RedemptionRecord[]> {
  const { rows } = await sql.query<RedemptionRecord>(
    `select ${COLUMNS} from redemptions r where r.id = any($1::uuid[]) order by array_position($1::uuid[], r.id)`,
    [ids],
  );
  return rows;
}

export async function redemptionsOfOrders(
  { sql }: Reading,
  orderIds: readonly string[],
): Promise<(RedemptionRecord & { orderId: string })[]> {
  const { rows } = await sql.query<RedemptionRecord & { orderId: string }>(
    `select ${COLUMNS} from redemptions r where r.order_id = any($1::uuid[]) order by r.reserved_at, r.id`,
    [orderIds],
  );
  return rows;
}

/** The newest redemptions of each campaign, newest first. */
export async function redemptionsOfCampaigns({ sql }: Reading, campaignIds: readonly string[], first: number): Promise<RedemptionRecord[]> {
  const { rows } = await sql.query<RedemptionRecord>(
    `select found.* from unnest($1::uuid[]) wanted(id)
     cross join lateral (select ${COLUMNS} from redemptions r where r.campaign_id = wanted.id order by r.reserved_at desc, r.id desc limit $2) found`,
    [campaignIds, first],
  );
  return rows;
}

/** Everything that one code was used for, newest first. */
export async function redemptionsOfCode({ sql }: Reading, codeId: string): Promise<RedemptionRecord[]> {
  const { rows } = await sql.query<RedemptionRecord>(
    `select ${COLUMNS} from redemptions r where r.code_id = $1 order by r.reserved_at desc, r.id desc limit 100`,
    [codeId],
  );
  return rows;
}

export type LedgerRecord = {
  id: string;
  campaignId: string;
  redemptionId: string;
  kind: 'reserve' | 'commit' | 'release' | 'refund';
  amountMinor: number;
  currency: string;
  uses: number;
  at: Date;
};

/** The newest ledger entries of each campaign, newest first; what is spent at once was set aside before. */
export async function ledgerOfCampaigns({ sql }: Reading, campaignIds: readonly string[], first: number): Promise<LedgerRecord[]> {
  const { rows } = await sql.query<LedgerRecord>(
    `select found.* from unnest($1::uuid[]) wanted(id)
     cross join lateral (select e.id, e.campaign_id "campaignId", e.redemption_id "redemptionId", e.kind, e.amount_minor "amountMinor", c.currency, e.uses, e.at
       from ledger_entries e join campaign_counters c on c.campaign_id = e.campaign_id where e.campaign_id = wanted.id order by e.at desc, e.kind = 'reserve', e.id desc limit $2) found`,
    [campaignIds, first],
  );
  return rows;
}

export type CodeRecord = { campaignId: string; code: string; used: number; useLimit: number | null; isRevoked: boolean };

/** The first codes of each campaign; uses of a rule's code are counted from what was redeemed with its promotion. Generated codes appear once they were used. */
export async function codesOfCampaigns({ sql }: Reading, campaignIds: readonly string[], first: number): Promise<CodeRecord[]> {
  const { rows } = await sql.query<CodeRecord>(
    `select found.* from unnest($1::uuid[]) wanted(id)
     cross join lateral (select k.campaign_id "campaignId", k.code, k.use_limit "useLimit", k.revoked_at is not null "isRevoked",
         case when k.batch_number is null then (select count(*)::int from redemptions r where r.promotion_id = k.promotion_id and (r.code_id is null or r.code_id = k.id) and r.status <> 'released') else k.used end used
       from codes k where k.campaign_id = wanted.id order by k.code limit $2) found`,
    [campaignIds, first],
  );
  return rows;
}
