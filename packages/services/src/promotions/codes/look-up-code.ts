import { type CodeReason, normalCode } from '@promolift/domain';
import type { Deps } from '../../shared/deps.ts';
import { type RedemptionRecord, redemptionsOfCode } from '../read-redemptions.ts';
import { findGeneratedCodes, missOf, writtenCode } from './resolve-codes.ts';

/** One code's whole life. */
export type CodeLife = {
  code: string;
  campaignId: string;
  /** null: a code that stands in a promotion's rule. */
  batchId: string | null;
  /** Its place in an open batch. */
  counter: number | null;
  /** Whose it is; null: whoever has it. */
  userId: string | null;
  /** Why nobody can use it now; null if somebody can. */
  reason: CodeReason | null;
  used: number;
  useLimit: number | null;
  revokedAt: Date | null;
  /** Newest first. */
  redemptions: RedemptionRecord[];
};

/** What is known of a typed code, generated or of a rule; null if it is none of ours. */
export async function lookUpCode(deps: Pick<Deps, 'sql' | 'secrets' | 'clock'>, text: string): Promise<CodeLife | null> {
  const row = (await findGeneratedCodes(deps, [text])).get(text);
  if (!row) return lookUpRuleCode(deps, text);
  return {
    code: writtenCode(deps, row),
    campaignId: row.campaignId,
    batchId: row.batchId,
    counter: row.variant === 'open' ? row.counter : null,
    userId: row.ownerId,
    reason: missOf(row, row.ownerId, deps.clock.now()),
    used: row.used,
    useLimit: row.useLimit,
    revokedAt: row.revokedAt,
    redemptions: row.codeId ? await redemptionsOfCode(deps, row.codeId) : [],
  };
}

async function lookUpRuleCode(deps: Pick<Deps, 'sql'>, text: string): Promise<CodeLife | null> {
  const { rows } = await deps.sql.query<Omit<CodeLife, 'redemptions'> & { id: string }>(
    `select c.id, c.code, c.campaign_id "campaignId", null "batchId", null counter, c.assigned_user_id "userId", c.used, c.use_limit "useLimit", c.revoked_at "revokedAt",
       case when c.revoked_at is not null then 'CODE_REVOKED' when k.is_killed or k.status = 'paused' then 'CODE_STOPPED'
         when k.status in ('rejected', 'ended', 'measured', 'expired') then 'CODE_EXPIRED' when k.status <> 'live' then 'CODE_NOT_STARTED'
         when c.used >= c.use_limit then 'CODE_USED_UP' end reason
     from codes c join campaigns k on k.id = c.campaign_id where c.code = $1 and c.batch_number is null`,
    [normalCode(text)],
  );
  const [found] = rows;
  if (!found) return null;
  const { id, ...life } = found;
  return { ...life, redemptions: await redemptionsOfCode(deps, id) };
}
