import { runSql } from '@promolift/db';
import { AppError, type Approval, CampaignContent, type CampaignStatus, type ModelVersions, type Refusal } from '@promolift/domain';
import type { Deps } from '../shared/deps.ts';

/** A campaign with the version that decisions are about; locked when read for a change. */
export type CampaignRecord = {
  id: string;
  status: CampaignStatus;
  authorId: string | null;
  origin: 'ai' | 'manager';
  version: number;
  /** Version that is served, now or from the start on; null before it was scheduled. */
  liveVersion: number | null;
  /** Highest version ever written: a rejected revision keeps its number. */
  newestVersion: number;
  /** Did an approver ask for changes of `version`? */
  areChangesRequested: boolean;
  content: CampaignContent;
  contentHash: string;
  modelVersions: ModelVersions;
  evidenceId: string | null;
  /** Managers who wrote any version. */
  authorIds: string[];
};

export type CampaignRefusal = Refusal & { kind: string };

type Row = {
  id: string;
  status: CampaignStatus;
  author_id: string | null;
  origin: 'ai' | 'manager';
  version: number;
  live_version: number | null;
  newest_version: number;
  are_changes_requested: boolean;
  content: unknown;
  content_hash: string;
  model_versions: ModelVersions;
  evidence_id: string | null;
  writers: string[] | null;
};

/** Reads and locks the campaign until the transaction of `deps.em` ends; throws NOT_FOUND. */
export async function lockCampaign(deps: Deps, id: string): Promise<CampaignRecord> {
  await runSql(deps.em, 'select 1 from campaigns where id = $1 for no key update', [id]);
  const [row] = await runSql<Row>(
    deps.em,
    `select c.id, c.status, c.author_id, c.origin, v.version, v.content, v.content_hash, v.model_versions, v.evidence_id, c.live_version,
       (select max(w.version) from campaign_versions w where w.campaign_id = c.id) newest_version,
       exists (select from approvals a where a.campaign_id = c.id and a.version = v.version and a.decision = 'request_changes') are_changes_requested,
       (select array_agg(distinct w.created_by) filter (where w.created_by is not null) from campaign_versions w where w.campaign_id = c.id) writers
     from campaigns c join campaign_versions v on v.campaign_id = c.id and v.version = c.current_version where c.id = $1`,
    [id],
  );
  if (!row) throw new AppError('NOT_FOUND', 'There is no such campaign.', { field: ['id'] });
  const authorIds = [...new Set([...(row.writers ?? []), ...(row.author_id ? [row.author_id] : [])])];
  return {
    id: row.id,
    status: row.status,
    authorId: row.author_id,
    origin: row.origin,
    version: row.version,
    liveVersion: row.live_version,
    newestVersion: row.newest_version,
    areChangesRequested: row.are_changes_requested,
    content: CampaignContent.parse(row.content),
    contentHash: row.content_hash,
    modelVersions: row.model_versions,
    evidenceId: row.evidence_id,
    authorIds,
  };
}

export async function approvalsOf(deps: Deps, campaign: Pick<CampaignRecord, 'id' | 'version'>): Promise<Approval[]> {
  const rows = await runSql<{ manager_id: string; version: number; content_hash: string }>(
    deps.em,
    "select manager_id, version, content_hash from approvals where campaign_id = $1 and version = $2 and decision = 'approve'",
    [campaign.id, campaign.version],
  );
  return rows.map((row) => ({ managerId: row.manager_id, version: row.version, hash: row.content_hash }));
}

export const staleVersion = (campaign: CampaignRecord): CampaignRefusal => ({
  kind: 'STALE_VERSION',
  message: `The campaign is at version ${campaign.version} now; read it again.`,
  field: ['expectedVersion'],
});

/** A revision that nobody approved ends with the campaign: what is told and measured from then on is what was served. */
export async function setStatus(deps: Deps, id: string, status: CampaignStatus): Promise<void> {
  await runSql(
    deps.em,
    `update campaigns set status = $2, current_version = case when $2 = 'ended' then coalesce(live_version, current_version) else current_version end,
       lock_version = lock_version + 1, updated_at = now() where id = $1`,
    [id, status],
  );
}
