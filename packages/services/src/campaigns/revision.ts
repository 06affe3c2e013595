import { openCounter, runSql } from '@promolift/db';
import type { CampaignContent } from '@promolift/domain';
import { appendAudit } from '../shared/audit.ts';
import type { Deps } from '../shared/deps.ts';
import type { CampaignRecord, CampaignRefusal } from './campaign-record.ts';
import { insertCodes, startLocked } from './run-campaign.ts';

/** Lets a newer version wait beside the approved one. */
export async function keepRevision(deps: Deps, id: string, version: number): Promise<void> {
  await runSql(deps.em, 'update campaigns set current_version = $2, lock_version = lock_version + 1, updated_at = now() where id = $1', [
    id,
    version,
  ]);
}

/** Back to the version that is served or will be. */
export async function dropRevision(deps: Deps, id: string): Promise<void> {
  await runSql(
    deps.em,
    'update campaigns set current_version = live_version, lock_version = lock_version + 1, updated_at = now() where id = $1',
    [id],
  );
}

/**
 * What a version may not change while shoppers see the campaign; null where nothing stands against it, and for campaigns that have
 * not started. Its start is past, and another holdout would move shoppers between the groups that its result compares.
 */
export async function revisionObstacle(deps: Deps, campaign: CampaignRecord, content: CampaignContent): Promise<CampaignRefusal | null> {
  const [served] = await runSql<{ holdout: number }>(
    deps.em,
    `select (v.content ->> 'holdoutBasisPoints')::int holdout from campaigns c join campaign_versions v on v.campaign_id = c.id and v.version = c.live_version
     where c.id = $1 and c.status in ('live', 'paused')`,
    [campaign.id],
  );
  if (!served) return null;
  if (served.holdout !== content.holdoutBasisPoints)
    return {
      kind: 'HOLDOUT_FIXED',
      message: `The holdout of a running campaign stays ${served.holdout / 100}%: its result compares the groups as they were split.`,
      field: ['content', 'holdoutBasisPoints'],
    };
  const now = deps.clock.now().getTime();
  if (Date.parse(content.schedule.startsAt) > now)
    return { kind: 'ALREADY_STARTED', message: 'The campaign runs already; its start cannot be moved.', field: ['content', 'startsAt'] };
  if (Date.parse(content.schedule.endsAt) <= now)
    return { kind: 'WINDOW_PASSED', message: 'The campaign would be over at once; end it instead.', field: ['content', 'endsAt'] };
  return null;
}

/**
 * Serves the approved revision from now on, with what was used so far counted; of a scheduled campaign from its start on, which it
 * may move, also to now. The database refuses a version without its approval.
 */
export async function publishRevision(deps: Deps, campaign: CampaignRecord): Promise<void> {
  const { budget, schedule, name, priority } = campaign.content;
  await openCounter(deps.em, { ...budget, id: campaign.id, redemptionLimit: budget.maxRedemptions });
  await insertCodes(deps, campaign);
  await runSql(
    deps.em,
    `update campaigns set live_version = $2, name = $3, ends_at = $4, priority = $5, lock_version = lock_version + 1, updated_at = now(),
       starts_at = case when status = 'scheduled' then $6 else starts_at end where id = $1`,
    [campaign.id, campaign.version, name, new Date(schedule.endsAt), priority, new Date(schedule.startsAt)],
  );
  await appendAudit(deps, {
    action: 'campaign.revision-published',
    subjectKind: 'campaign',
    subjectId: campaign.id,
    details: { version: campaign.version, replaced: campaign.liveVersion },
  });
  if (campaign.status === 'scheduled' && Date.parse(schedule.startsAt) <= deps.clock.now().getTime())
    await startLocked(deps, { ...campaign, liveVersion: campaign.version });
}
