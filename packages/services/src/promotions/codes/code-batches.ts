import type { CodeVariant } from '@promolift/domain';
import type { Deps } from '../../shared/deps.ts';

/** Codes made together. The codes themselves are not stored: number, key and counter say them all. */
export type CodeBatchRecord = {
  id: string;
  number: number;
  campaignId: string;
  promotionId: string;
  variant: CodeVariant;
  /** Codes of an open batch; null: one for every user. */
  size: number | null;
  useLimit: number;
  prefix: string | null;
  startsAt: Date | null;
  endsAt: Date | null;
  createdAt: Date;
  /** Uses so far, reserved ones included. */
  used: number;
  /** Counters that no longer work, ends included; they may overlap. */
  revoked: { first: number; last: number }[];
};

const SELECT = `select b.id, b.number, b.campaign_id "campaignId", b.promotion_id "promotionId", b.variant, b.size, b.use_limit "useLimit", b.prefix,
  b.starts_at "startsAt", b.ends_at "endsAt", b.created_at "createdAt",
  (select coalesce(sum(k.used), 0)::int from codes k where k.batch_number = b.number) used,
  (select coalesce(jsonb_agg(jsonb_build_object('first', r.first, 'last', r.last) order by r.first, r.last), '[]') from code_revocations r where r.batch_number = b.number) revoked
  from code_batches b`;

/** The batches of each campaign, newest first. */
export async function codeBatchesOfCampaigns({ sql }: Pick<Deps, 'sql'>, campaignIds: readonly string[]): Promise<CodeBatchRecord[]> {
  return (await sql.query<CodeBatchRecord>(`${SELECT} where b.campaign_id = any($1::uuid[]) order by b.number desc`, [campaignIds])).rows;
}

export async function findCodeBatch({ sql }: Pick<Deps, 'sql'>, id: string): Promise<CodeBatchRecord | null> {
  return (await sql.query<CodeBatchRecord>(`${SELECT} where b.id = $1`, [id])).rows[0] ?? null;
}
